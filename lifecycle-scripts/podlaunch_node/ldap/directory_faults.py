"""What the directory's refusals mean, and what to do about each."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.ldap.client import LdapError

# Active Directory's reason behind LDAP result 49. Rule: MS-ADTS, Win32 codes in hexadecimal.
REASONS = {
    "52e": "the password is wrong",
    "525": "there is no such account",
    "530": "the account may not log in at this hour",
    "531": "the account may not log in from here (userWorkstations)",
    "532": "its password has expired",
    "533": "the account is disabled",
    "701": "the account has expired",
    "773": "its password must be changed",
    "775": "the account is locked",
}
RENEW = "Renew the bind secret: its bindDn and password must be those of the read-only account."
SIGNING = (
    "On domain controllers of your own set the policy `Domain controller: LDAP server signing requirements` to None. "
    "AWS Managed Microsoft AD has no such setting: open a case with AWS Support and name this result."
)
WAIT = (
    "A controller that is starting or overloaded answers so: nodes try again every minute, and people who have logged "
    "in before come in meanwhile. If it lasts, look at each controller: aws ds describe-domain-controllers."
)

# Other results. Rule: RFC 4511, 4.1.9. (why, what to do)
RESULTS = {
    8: ("it demands signing, and the load balancer hands on plain LDAP (result 8, strongerAuthRequired)", SIGNING),
    13: ("it demands encryption, and the load balancer hands on plain LDAP (result 13)", SIGNING),
    3: ("it took too long (result 3, timeLimitExceeded)", WAIT),
    11: ("it came to a limit of its own (result 11, adminLimitExceeded)", WAIT),
    51: ("the controller is busy (result 51, busy)", WAIT),
    52: ("the controller is not available (result 52, unavailable)", WAIT),
}


def of_bind(dn: str, error: LdapError) -> Fault:
    """Why the directory refuses a bind."""
    why, step = RESULTS.get(error.code, (error.message or f"LDAP result {error.code}", RENEW))
    return Fault("PLN-BIND", f"the directory refuses {dn}: {REASONS.get(error.data, why)}", step)


def of_search(error: Exception) -> Fault:
    """Why a search broke off."""
    known = RESULTS.get(error.code) if isinstance(error, LdapError) else None
    why, step = known or (str(error), "Look at the directory's status.")
    return Fault("PLN-SEARCH", f"the directory does not answer a search: {why}", step)
