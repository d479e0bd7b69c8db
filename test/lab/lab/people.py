"""Who is in the lab's directory: plain data, and the LDIF that makes it.

The shape is AWS Managed Microsoft AD's: everything below OU=<NetBIOS name>. The passwords are the lab's own and open
nothing else.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace

DOMAIN = "hyperpod.abc123.com"
BASE_DN = "DC=hyperpod,DC=abc123,DC=com"
OU = f"OU=hyperpod,{BASE_DN}"
PASSWORD = "Lab.Passw0rd!7"
BIND_PASSWORD = "R3ad.0nly-Passw0rd"

NORMAL = 512 | 65536
DISABLED = 2
NO_PASSWORD = 32
LONG_AGO = 116444736000000000
"""1970-01-01, as the directory writes times."""


@dataclass(frozen=True)
class Person:
    """One user of the directory. `key` says whose lab key is in altSecurityIdentities."""

    name: str
    key: str = ""
    password: str = ""
    flags: int = NORMAL
    account_expires: int = 0
    must_change: bool = False
    other_identities: tuple[str, ...] = ()

    @property
    def dn(self) -> str:
        """The user's distinguished name."""
        return f"CN={self.name},OU=Users,{OU}"


@dataclass(frozen=True)
class Group:
    """One group and the names of the people and groups in it."""

    name: str
    members: tuple[str, ...] = ()

    @property
    def dn(self) -> str:
        """The group's distinguished name."""
        return f"CN={self.name},OU=Groups,{OU}"


MAPPINGS = ("Kerberos:alice@EXAMPLE.COM", "X509:<I>DC=com,CN=Some CA<S>CN=alice")
CROWD = tuple(f"guest{number:02}" for number in range(1, 31))
BIND_ACCOUNTS = ("ReadOnly", "ReadOnly2")
LATE = tuple(f"late{number:02}" for number in range(1, 21))
"""People who have never logged in anywhere until a check lets one of them."""
NODES_OWN = ("ubuntu", "slurm")
"""Accounts that a node has itself: in the directory they are traps."""
ODD_NAMES = ("anna maria", "j.doe", "zoë", "abcdefghijklmnopqrst", "UPPER")


def _with_key(name: str, **more: object) -> Person:
    return replace(Person(name, key=name if name not in ODD_NAMES else "odd", password=PASSWORD), **more)  # type: ignore[arg-type]


NAMED = (
    *(Person(name, password=BIND_PASSWORD) for name in BIND_ACCOUNTS),
    _with_key("alice", other_identities=MAPPINGS),
    Person("bob", password=PASSWORD),
    _with_key("carol"),
    _with_key("eve"),
    _with_key("ida"),
    _with_key("dave", flags=NORMAL | DISABLED),
    _with_key("erin", account_expires=LONG_AGO),
    _with_key("frank", flags=512, must_change=True),
    _with_key("grace", flags=512),
    _with_key("max"),
    _with_key("heidi"),
    *(Person(name, key="trap", password=PASSWORD) for name in NODES_OWN),
    *(Person(name, key="crowd", password=PASSWORD) for name in LATE),
    *(_with_key(name) for name in ODD_NAMES),
    *(Person(name, key="crowd", password=PASSWORD) for name in CROWD),
)

MASS = tuple(Person(f"user{number:04}", flags=NORMAL | NO_PASSWORD) for number in range(1, 5001))

GROUPS = (
    Group("ClusterAdmin", ("alice",)),
    Group("TeamX", ("carol",)),
    Group(
        "ClusterDev", ("bob", "TeamX", "dave", "erin", "frank", "grace", "max", *ODD_NAMES, *CROWD, *LATE, *NODES_OWN)
    ),
    Group("sudo", ("bob",)),
    Group("Ärzte", ("heidi",)),
    Group("Data Science", ("ida",)),
    Group("Big", ("max", *(person.name for person in MASS[:1999]))),
    *(Group(f"team{number:03}", tuple(p.name for p in MASS[number * 25 : number * 25 + 25])) for number in range(195)),
)

OLD_PASSWORD = f"dn: CN=grace,OU=Users,{OU}\nchangetype: modify\nreplace: pwdLastSet\npwdLastSet: {LONG_AGO}\n"
"""Makes grace's password older than the 42 days that a password may have."""


def ldif(keys: dict[str, str]) -> str:
    """The whole directory as LDIF. `keys` maps the name of a lab key to its public part."""
    units = (f"dn: {dn}\nobjectClass: organizationalUnit\n" for dn in (OU, f"OU=Users,{OU}", f"OU=Groups,{OU}"))
    people = (_person(person, keys) for person in (*NAMED, *MASS))
    known = {person.name: person.dn for person in (*NAMED, *MASS)} | {group.name: group.dn for group in GROUPS}
    groups = (_group(group, known) for group in GROUPS)
    return "\n".join((*units, *people, *groups))


def unicode_password(password: str) -> str:
    """A password as the attribute unicodePwd takes it, in base64."""
    return base64.b64encode(f'"{password}"'.encode("utf-16-le")).decode()


def attribute(name: str, value: str) -> str:
    """One attribute line of LDIF; in base64 when the value is not plain."""
    plain = value.isascii() and not value.startswith((" ", ":", "<"))
    return f"{name}: {value}\n" if plain else f"{name}:: {base64.b64encode(value.encode()).decode()}\n"


def key_names() -> set[str]:
    """The names of the SSH keys that the directory has."""
    return {person.key for person in NAMED if person.key}


def _person(person: Person, keys: dict[str, str]) -> str:
    return "".join(_person_lines(person, keys))


def _person_lines(person: Person, keys: dict[str, str]) -> Iterator[str]:
    yield attribute("dn", person.dn)
    yield "objectClass: user\n"
    yield attribute("sAMAccountName", person.name)
    yield f"userAccountControl: {person.flags}\n"
    if person.password:
        yield f"unicodePwd:: {unicode_password(person.password)}\n"
    if person.account_expires:
        yield f"accountExpires: {person.account_expires}\n"
    if person.must_change:
        yield "pwdLastSet: 0\n"
    for identity in (*person.other_identities, *([keys[person.key]] if person.key else [])):
        yield attribute("altSecurityIdentities", identity)


def _group(group: Group, known: dict[str, str]) -> str:
    head = f"{attribute('dn', group.dn)}objectClass: group\n{attribute('sAMAccountName', group.name)}"
    return head + "".join(attribute("member", known[name]) for name in group.members)
