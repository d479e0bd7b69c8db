"""What AWS adds to a directory that it manages: its Admin, and policies of passwords."""

from lab import people
from lab.directory import DATABASE, Directory
from lab.people import OU

ADMIN = f"CN=Admin,OU=Users,{OU}"
CONTAINER = f"CN=Password Settings Container,CN=System,{people.BASE_DN}"
POLICY = """dn: CN=CustomerPSO-0{number},{container}
objectClass: msDS-PasswordSettings
msDS-PasswordSettingsPrecedence: {number}0
msDS-PasswordReversibleEncryptionEnabled: FALSE
msDS-PasswordHistoryLength: 24
msDS-PasswordComplexityEnabled: TRUE
msDS-MinimumPasswordLength: 7
msDS-MinimumPasswordAge: -864000000000
msDS-MaximumPasswordAge: -36288000000000
msDS-LockoutThreshold: 0
msDS-LockoutObservationWindow: -18000000000
msDS-LockoutDuration: -18000000000
"""


def make_admin(directory: Directory, password: str) -> None:
    """Makes an Admin who administers the unit of the short name and nothing else."""
    value = f"unicodePwd:: {people.unicode_password(password)}\n"
    entry = f"dn: {ADMIN}\nobjectClass: user\nsAMAccountName: Admin\nuserAccountControl: 512\n{value}"
    directory.dc1.must("ldbadd", "-H", DATABASE, stdin=entry)
    _let_admin_change(directory, OU)
    directory.replicate()


def make_policies(directory: Directory) -> None:
    """Makes the five fine-grained password policies, which Admin may change."""
    _let_admin_change(directory, CONTAINER)
    entries = [POLICY.format(number=number, container=CONTAINER) for number in range(1, 6)]
    directory.dc1.must("ldbadd", "-H", DATABASE, stdin="\n".join(entries))
    directory.replicate()


def remove_policies(directory: Directory) -> None:
    """Undoes make_policies()."""
    names = [f"CN=CustomerPSO-0{number},{CONTAINER}" for number in range(1, 6)]
    directory.dc1.run("ldbdel", "-H", DATABASE, *names)


def _let_admin_change(directory: Directory, dn: str) -> None:
    """Gives Admin all rights on an entry and on what is below it, on the first controller."""
    # Not by wbinfo, which remembers the Admin of before for some minutes.
    found = directory.dc1.must("ldbsearch", "-H", DATABASE, "-s", "base", "-b", ADMIN, "objectSid")
    sid = next(line.removeprefix("objectSid: ") for line in found.splitlines() if line.startswith("objectSid: "))
    rights = f"--sddl=(A;CI;GA;;;{sid})"
    directory.dc1.must("samba-tool", "dsacl", "set", "-H", DATABASE, f"--objectdn={dn}", rights)
