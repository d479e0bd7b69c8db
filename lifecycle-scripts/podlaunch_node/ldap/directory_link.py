"""The chain from this node to the directory: name, TCP, TLS, bind, search.

Each link that breaks has its own code, so that anyone who reads it knows where to look.
"""

from __future__ import annotations

import socket
import ssl

from podlaunch_node.faults import Fault
from podlaunch_node.ldap import bind_account, client, directory_faults, ends
from podlaunch_node.ldap.bind_account import BindAccount
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.ldap.client import Ldap, LdapError
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.settings_document import Directory

TIMEOUT = 8.0
FIRST_BOOT_TRIES = 7
BETWEEN_TRIES = 5.0


def walk(node: Node, wanted: Settings, anchor: str, secret: BindSecret, patient: bool = False) -> BindAccount:
    """Walk the whole chain once and return the bind account, with the dates of everything on the way that ends.

    With `patient` (first boot) a name or an address that does not answer is tried again for half a
    minute: the node's resolver restarts at that time. Throws the Fault of the link that broke.
    """
    for attempt in range(FIRST_BOOT_TRIES if patient else 1):
        try:
            with open_bound(wanted.directory, anchor, secret) as ldap:
                account = bind_account.look(ldap, wanted, secret.bind_dn)
                return BindAccount(account.name, (*account.ends, *ends.of_certificates(ldap.tls, anchor)))
        except Fault as fault:
            last = fault
            if fault.code not in ("PLN-NAME", "PLN-TCP") or not patient:
                break
            if attempt + 1 < FIRST_BOOT_TRIES:
                node.say(f"{fault}; trying again in {BETWEEN_TRIES:g} s")
                node.sleep(BETWEEN_TRIES)
    raise last


def open_bound(directory: Directory, anchor: str, secret: BindSecret, timeout: float = TIMEOUT) -> Ldap:
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
        raise directory_faults.of_bind(secret.bind_dn, error) from error
    except (OSError, ValueError) as error:
        raise Fault(
            "PLN-BIND",
            f"{directory.ldaps_host} took the connection and did not answer the bind ({error})",
            "No controller behind the load balancer answers: look at the target group's health and the directory.",
        ) from error


def open_tls(directory: Directory, anchor: str, timeout: float = TIMEOUT) -> Ldap:
    """A connection with TLS checked. Throws PLN-NAME, PLN-TCP or PLN-TLS."""
    host, port = directory.ldaps_host, directory.ldaps_port
    try:
        return client.connect(host, port, anchor, timeout)
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
