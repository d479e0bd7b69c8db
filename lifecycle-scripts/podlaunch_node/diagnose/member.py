"""What a node that has been joined knows without asking AWS: settings, bind secret, certificate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from podlaunch_node import settings
from podlaunch_node.faults import Fault
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.settings_document import Directory
from podlaunch_node.steps.directory import certificate, sssd_conf
from podlaunch_node.steps.directory.obfuscate import reveal
from podlaunch_node.system import files

BIND_DN = re.compile(r"^ldap_default_bind_dn = (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Member:
    """Settings, bind secret and anchor as they are in use."""

    settings: Settings
    secret: BindSecret
    anchor: str

    @property
    def directory(self) -> Directory:
        """The directory of the settings."""
        return self.settings.directory


def kept(node: Node) -> Member:
    """Read them from the node's own files, as root. Throws Fault PLN-NEVER where there are none."""
    text, conf, anchor = settings.kept(node), files.read(node, sssd_conf.FILE), files.read(node, certificate.ANCHOR)
    account, token = BIND_DN.search(conf or ""), sssd_conf.token_in(conf)
    if text is None or conf is None or not anchor or account is None or token is None:
        raise Fault(
            "PLN-NEVER",
            "this node has never been joined to the directory",
            "Run `podlaunch-node apply` and read its last lines.",
        )
    return Member(settings.parse(text, settings.KEPT), BindSecret(account.group(1).strip(), reveal(token)), anchor)
