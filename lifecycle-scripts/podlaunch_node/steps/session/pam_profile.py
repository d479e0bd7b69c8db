"""The text of our PAM profiles, for Debian's pam-auth-update.

Numbers in brackets are lines to jump over. The node's own accounts jump over everything of ours,
so nothing that happens to SSSD or to the directory can touch `ubuntu`.
"""

from __future__ import annotations

from podlaunch_node.node import ETC, LIBEXEC
from podlaunch_node.plan import Plan
from podlaunch_node.steps.directory.sssd_back_end import CHANGING
from podlaunch_node.steps.session import own_job

WORDS = f"{ETC}/password.txt"

HEAD = """\
Name: podlaunch: people of the directory
Default: yes
Priority: 1100
Conflicts: sss
"""

# A login waits while SSSD is given a new bind account (pam_nologin fails, and shows the words in the mark, as long as
# it is there); a try that fails around that time is made once more.
WAIT = f"""\
	[success=1 default=ignore]	pam_nologin.so file={CHANGING} successok
	[default=ignore]	pam_exec.so quiet {LIBEXEC}/wait-for-sssd
"""

# A wrong password costs the one who tries it this long, and nobody else anything (docs/decisions/0019).
FAILURE_MICROSECONDS = 2_000_000

# pam-auth-update can only follow one number or one `end` in a pair of brackets. What is said after a password was
# taken (with `refuse-all` the account part says it) decides nothing.
AUTH = f"""\
	[success=9 default=ignore]	pam_localuser.so
{WAIT}\
	[success=5 default=ignore]	pam_sss.so forward_pass FIRST
	[success=ignore default=1]	pam_exec.so quiet {LIBEXEC}/sssd-was-changed
	[success=3 default=ignore]	pam_sss.so use_first_pass
	[default=ignore]	pam_exec.so quiet seteuid expose_authtok stdout {LIBEXEC}/password-state refused
	[default=ignore]	pam_faildelay.so delay={FAILURE_MICROSECONDS}
	[default=die]	pam_deny.so
	[default=end]	TAKEN
"""
TAKEN = f"pam_exec.so quiet seteuid stdout {LIBEXEC}/password-state taken"

# The gate's file must be there (make-home looks): pam_access lets everybody in without one.
# A home is made here and not with the session: sshd goes on with a session that PAM refuses.
ACCOUNT = f"""\
	[success=JUMP default=ignore]	pam_localuser.so
{WAIT}\
	[success=2 authinfo_unavail=ignore system_err=ignore default=die]	pam_sss.so
	[success=ignore default=die]	pam_exec.so quiet {LIBEXEC}/sssd-was-changed
	[success=ok default=die]	pam_sss.so
	[success=2 default=ignore]	pam_access.so accessfile={ETC}/access.conf listsep=, nodefgroup noaudit
	[default=ignore]	pam_echo.so file={ETC}/refused.txt
	[default=die]	pam_deny.so
"""

STRICT = f"	[success=ok default=die]	pam_exec.so quiet seteuid stdout {LIBEXEC}/password-state strict\n"
JOB = f"	[success=ok default=die]	pam_exec.so quiet seteuid stdout {LIBEXEC}/own-job\n"
HOME = f"	[success=ok default=die]	pam_exec.so quiet seteuid stdout {LIBEXEC}/make-home\n"

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
    """The main profile. With `expiredPassword: refuse-all` the account part asks for the password's age too, with
    `workerLogin: with-job` on a worker for a job.

    It has no session part: a directory reached by LDAP has nothing to do there, and SSSD would be asked twice a login.
    """
    strict = plan.settings.keys_need_password()
    more = [*([STRICT] if strict else []), *([JOB] if own_job.is_needed(plan.settings, plan.node_type) else []), HOME]
    account = ACCOUNT.replace("JUMP", str(8 + len(more))) + "".join(more)
    auth = AUTH.replace("TAKEN", "pam_permit.so" if strict else TAKEN)
    first, later = auth.replace(" FIRST", ""), auth.replace("FIRST", "use_first_pass")
    return (
        f"{HEAD}Auth-Type: Primary\nAuth:\n{later}Auth-Initial:\n{first}"
        f"Account-Type: Additional\nAccount:\n{account}	required	pam_permit.so\n"
    )
