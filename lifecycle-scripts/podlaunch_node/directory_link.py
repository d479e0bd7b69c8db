"""The chain from this node to the directory: name, TCP, TLS, bind, search.

Each link that breaks has its own code, so that whoever reads it knows where to look.
"""

from __future__ import annotations

import socket
import ssl

from podlaunch_node import ldap_client
from podlaunch_node.bind_secret import BindSecret
from podlaunch_node.faults import Fault
from podlaunch_node.ldap_client import Entry, Ldap, LdapError
from podlaunch_node.node import Node
from podlaunch_node.settings import Directory

TIMEOUT = 8.0
FIRST_BOOT_TRIES = 7
BETWEEN_TRIES = 5.0


def prove(node: Node, directory: Directory, anchor: str | None, secret: BindSecret, patient: bool = False) -> str:
    """Walk the whole chain once and return the bind account's own sAMAccountName.

    With `patient` (first boot) a name or an address that does not answer is tried again for half a
    minute: the node's resolver restarts at that time. Throws the Fault of the link that broke.
    """
    for attempt in range(FIRST_BOOT_TRIES if patient else 1):
        try:
            with open_bound(directory, anchor, secret) as ldap:
                return own_name(ldap, secret.bind_dn)
        except Fault as fault:
            last = fault
            if fault.code not in ("PLN-NAME", "PLN-TCP") or not patient:
                break
            if attempt + 1 < FIRST_BOOT_TRIES:
                node.say(f"{fault}; trying again in {BETWEEN_TRIES:g} s")
                node.sleep(BETWEEN_TRIES)
    raise last


def open_bound(directory: Directory, anchor: str | None, secret: BindSecret, timeout: float = TIMEOUT) -> Ldap:
    """A connection that is bound with the bind secret. Throws PLN-NAME, -TCP, -TLS or -BIND."""
    ldap = open_tls(directory, anchor, timeout)
    try:
        bind(ldap, directory, secret)
    except Fault:
        ldap.tls.close()
        raise
    return ldap


def bind(ldap: Ldap, directory: Directory, secret: BindSecret) -> None:
    """Bind an open connection. Throws PLN-BIND."""
    try:
        ldap.bind(secret.bind_dn, secret.password)
    except LdapError as error:
        raise bind_fault(secret.bind_dn, error) from error
    except (OSError, ValueError) as error:
        raise Fault(
            "PLN-BIND",
            f"{directory.ldaps_host} took the connection and did not answer the bind ({error})",
            "No controller behind the load balancer answers: look at the target group's health and the directory.",
        ) from error


def open_tls(directory: Directory, anchor: str | None, timeout: float = TIMEOUT) -> Ldap:
    """A connection with TLS checked. Throws PLN-NAME, PLN-TCP or PLN-TLS."""
    host, port = directory.ldaps_host, directory.ldaps_port
    try:
        return ldap_client.connect(host, port, anchor, timeout)
    except socket.gaierror as error:
        raise Fault(
            "PLN-NAME",
            f"{host} has no address ({error.strerror})",
            "Check the private hosted zone and that it is associated with this VPC.",
        ) from error
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or str(error)
        raise Fault(
            "PLN-TLS",
            f"{host}:{port} has no certificate that this node trusts: {why}",
            "Compare the listener's certificate with directory.certificateArn: its name, its dates, its chain; "
            "and the node's clock (timedatectl).",
        ) from error
    except OSError as error:
        raise Fault(
            "PLN-TCP",
            f"{host}:{port} does not answer ({error.strerror or error})",
            "Check the load balancer, its listener and that its security group admits this node.",
        ) from error


def bind_fault(dn: str, error: LdapError) -> Fault:
    """Active Directory's reason for refusing a bind, in words. Rule: result codes of RFC 4511, MS-ADTS."""
    reasons = {
        "52e": "the password is wrong",
        "525": "there is no such account",
        "532": "its password has expired",
        "533": "the account is disabled",
        "701": "the account has expired",
        "773": "its password must be changed",
        "775": "the account is locked",
    }
    why = reasons.get(error.data, error.message or f"LDAP result {error.code}")
    step = "Renew the bind secret: its bindDn and password must be those of the read-only account."
    if error.code == 8:
        why = "the directory demands signing, and the load balancer hands on plain LDAP"
        step = "Allow simple binds on port 389 in the directory's settings."
    if error.code in (51, 52):
        why, step = "the directory is not available", "Look at the directory's status."
    return Fault("PLN-BIND", f"the directory refuses {dn}: {why}", step)


def own_name(ldap: Ldap, dn: str) -> str:
    """The sAMAccountName of the entry that is bound. Throws PLN-SEARCH."""
    entry = read_entry(ldap, dn, ["sAMAccountName"])
    names = entry.get("sAMAccountName") if entry else None
    if not names:
        raise Fault(
            "PLN-SEARCH",
            f"the directory shows nothing at {dn}",
            "The bind account must be able to read the domain; compare bindDn with the account's place.",
        )
    return names[0].decode(errors="replace")


def read_entry(ldap: Ldap, dn: str, attributes: list[str]) -> Entry | None:
    """One entry by its DN, or None. Throws PLN-SEARCH where the search itself fails."""
    try:
        found = ldap.search(dn, ldap_client.present("objectClass"), attributes, scope=0)
    except LdapError as error:
        if error.code == 32:
            return None
        raise search_fault(error) from error
    except (OSError, ValueError) as error:
        raise search_fault(error) from error
    return found[0] if found else None


def search_fault(error: Exception) -> Fault:
    """A search that broke off."""
    return Fault("PLN-SEARCH", f"the directory does not answer a search: {error}", "Look at the directory's status.")
