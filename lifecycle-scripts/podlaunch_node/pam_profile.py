"""The text of our PAM profiles, for Debian's pam-auth-update.

Numbers in brackets are lines to jump over. The node's own accounts jump over everything of ours,
so nothing that happens to SSSD or to the directory can touch `ubuntu`.
"""

from __future__ import annotations

from podlaunch_node.node import ETC, LIBEXEC
from podlaunch_node.plan import Plan

WORDS = f"{ETC}/password.txt"

HEAD = """\
Name: podlaunch: people of the directory
Default: yes
Priority: 1100
Conflicts: sss
"""

# pam-auth-update can only follow one number or one `end` in a pair of brackets.
# A login waits while SSSD is given a new bind account; a try that fails around that time is made once more.
AUTH = f"""\
	[success=6 default=ignore]	pam_localuser.so
	[default=ignore]	pam_exec.so quiet {LIBEXEC}/wait-for-sssd
	[success=end default=ignore]	pam_sss.so forward_pass FIRST
	[success=ignore default=1]	pam_exec.so quiet {LIBEXEC}/sssd-was-changed
	[success=end default=ignore]	pam_sss.so use_first_pass
	[default=ignore]	pam_exec.so quiet seteuid expose_authtok stdout {LIBEXEC}/password-state
	[default=die]	pam_deny.so
"""

# The gate's file must be there (wait-for-sssd looks): pam_access lets everybody in without one.
# A home is made here and not with the session: sshd goes on with a session that PAM refuses.
ACCOUNT = f"""\
	[success=JUMP default=ignore]	pam_localuser.so
	[success=ignore default=die]	pam_exec.so quiet {LIBEXEC}/wait-for-sssd
	[success=2 authinfo_unavail=ignore system_err=ignore default=die]	pam_sss.so
	[success=ignore default=die]	pam_exec.so quiet {LIBEXEC}/sssd-was-changed
	[success=ok default=die]	pam_sss.so
	[success=2 default=ignore]	pam_access.so accessfile={ETC}/access.conf listsep=, nodefgroup noaudit
	[default=ignore]	pam_echo.so file={ETC}/refused.txt
	[default=die]	pam_deny.so
"""

STRICT = f"	[success=ok default=die]	pam_exec.so quiet seteuid stdout {LIBEXEC}/password-state\n"
HOME = f"	[success=ok default=die]	pam_exec.so quiet seteuid stdout {LIBEXEC}/make-home\n"

SESSION = """\
	[success=1 default=ignore]	pam_localuser.so
	[default=ignore]	pam_sss.so
	optional	pam_permit.so
"""

# After pam_unix, which does not know people of the directory and says so without asking anything.
PASSWORD_PROFILE = f"""\
Name: podlaunch: words for people of the directory who change their password
Default: yes
Priority: 200
Conflicts: sss
Password-Type: Primary
Password:
	[success=2 default=ignore]	pam_localuser.so
	[default=ignore]	pam_echo.so file={WORDS}
	[default=die]	pam_deny.so
"""

CHANGE_WORDS = """\
Your password is kept in the directory and cannot be changed from a cluster node.
Ask the cluster's administrator for a new one (AWS Directory Service: Reset user password), or
change it on a Windows computer that is joined to the domain. A key in the directory works meanwhile.
"""


def render(plan: Plan) -> str:
    """The main profile. With `expiredPassword: refuse-all` the account part asks for the password's age too."""
    strict = plan.settings.keys_need_password()
    account = ACCOUNT.replace("JUMP", "9" if strict else "8") + (STRICT if strict else "") + HOME
    first, later = AUTH.replace(" FIRST", ""), AUTH.replace("FIRST", "use_first_pass")
    return (
        f"{HEAD}Auth-Type: Primary\nAuth:\n{later}Auth-Initial:\n{first}"
        f"Account-Type: Additional\nAccount:\n{account}	required	pam_permit.so\n"
        f"Session-Type: Additional\nSession:\n{SESSION}"
    )
