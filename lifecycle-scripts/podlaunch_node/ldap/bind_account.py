"""The account that nodes search with, as the directory shows it: its own entry, its dates, and what it can read."""

from __future__ import annotations

from dataclasses import dataclass

from podlaunch_node.faults import Fault
from podlaunch_node.ldap import client, directory_faults, ends
from podlaunch_node.ldap.client import Entry, Ldap, LdapError
from podlaunch_node.ldap.ends import End
from podlaunch_node.settings import Settings

PERSON = client.equals("sAMAccountType", "805306368")
# Without them SSSD and `diagnose` take everybody for enabled, and for an account without an end.
MUST_BE_READABLE = ("userAccountControl", "accountExpires")
SAMPLE = 20


@dataclass(frozen=True)
class BindAccount:
    """Its name in the directory (sAMAccountName), and when its password and the account end."""

    name: str
    ends: tuple[End, ...] = ()


def look(ldap: Ldap, wanted: Settings, dn: str) -> BindAccount:
    """What the account sees of itself. Throws PLN-SEARCH; PLN-RIGHTS where it would take disabled people for enabled.

    The connection is bound.
    """
    entry = read_entry(ldap, dn, ["sAMAccountName", *ends.ACCOUNT_ATTRIBUTES])
    names = entry.get("sAMAccountName") if entry else None
    if not entry or not names:
        raise Fault(
            "PLN-SEARCH",
            f"the directory shows nothing at {dn}",
            "The bind account must be able to read the domain; compare bindDn with the account's place.",
        )
    try:
        require_rights(ldap, wanted, dn)
    except (LdapError, OSError, ValueError) as error:
        raise directory_faults.of_search(error) from error
    name = names[0].decode(errors="replace")
    dates = ends.of_password(entry, f"the password of the bind account {name}", ends.RENEW_ACCOUNT)
    return BindAccount(name, (*dates, *ends.of_account(entry, f"the bind account {name}", ends.EXTEND)))


def require_rights(ldap: Ldap, wanted: Settings, dn: str) -> None:
    """Throws PLN-RIGHTS where a few members of the settings' groups do not show MUST_BE_READABLE.

    Others are looked at, not the account's own entry: everybody may read that. Throws LdapError, OSError, ValueError.
    """
    base = wanted.directory.search_base
    named = [client.equals("sAMAccountName", group.name) for group in wanted.groups]
    group = client.all_of(client.equals("objectClass", "group"), client.any_of(*named))
    dns = [entry["dn"][0] for entry in ldap.search(base, group, ["cn"])]
    if not dns:
        return
    member = client.any_of(*(client.equals("memberOf", one) for one in dns))
    shown = ldap.search(base, client.all_of(PERSON, member), list(MUST_BE_READABLE), limit=SAMPLE)
    others = [entry for entry in shown if entry["dn"][0].decode(errors="replace").lower() != dn.lower()]
    hidden = [name for name in MUST_BE_READABLE if not all(name in entry for entry in others)]
    if hidden:
        raise Fault(
            "PLN-RIGHTS",
            f"{dn} cannot read {' and '.join(hidden)} of other accounts: disabled or expired people would come in",
            "Let the bind account read the property set Account Restrictions of all users: by default the group "
            "Pre-Windows 2000 Compatible Access, with Authenticated Users in it, gives this right.",
        )


def read_entry(ldap: Ldap, dn: str, attributes: list[str]) -> Entry | None:
    """One entry by its DN, or None. Throws PLN-SEARCH where the search itself fails."""
    try:
        found = ldap.search(dn, client.present("objectClass"), attributes, scope=0)
    except LdapError as error:
        if error.code == 32:
            return None
        raise directory_faults.of_search(error) from error
    except (OSError, ValueError) as error:
        raise directory_faults.of_search(error) from error
    return found[0] if found else None
