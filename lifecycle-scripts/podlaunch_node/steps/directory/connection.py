"""Proves the way to the directory, and mends the one link of it that a node can: a name that its resolver withholds."""

from __future__ import annotations

from podlaunch_node.faults import Fault
from podlaunch_node.ldap import directory_link
from podlaunch_node.ldap.bind_account import BindAccount
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.steps.directory import resolver


def prove(node: Node, wanted: Settings, anchor: str, secret: BindSecret, patient: bool = False) -> BindAccount:
    """Walk the whole chain once and return the bind account, with the dates of everything on the way that ends.

    A name that only the node's own resolver withholds is made known first. Throws the Fault of the link that broke.
    """
    host = wanted.directory.ldaps_host
    try:
        return directory_link.walk(node, wanted, anchor, secret, patient)
    except Fault as fault:
        if fault.code != "PLN-NAME" or not resolver.is_withheld(node, host):
            raise
        if not resolver.teach(node, host):
            raise resolver.fault(host) from fault
    node.say(f"systemd-resolved asks DNS for {host} from now on ({resolver.DROP_IN})")
    return directory_link.walk(node, wanted, anchor, secret, patient)
