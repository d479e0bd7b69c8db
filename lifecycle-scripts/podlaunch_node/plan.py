"""What one run is to bring about: settings, this node's place in them, secret and certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from podlaunch_node.identity import Identity
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.ldap.ends import End
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.settings_document import NodeType


@dataclass(frozen=True)
class Plan:
    """`anchor` is the PEM text to trust; `patient` is a first boot.

    Once the link to the directory has been proved: `bind_name` is the bind account's name there, `ends` are the dates
    on which something on the way ends.
    """

    settings: Settings
    identity: Identity
    node_type: NodeType
    secret: BindSecret
    anchor: str
    patient: bool
    bind_name: str = ""
    ends: tuple[End, ...] = ()


class Step(Protocol):
    """A module that brings one concern about."""

    NAME: str

    def check(self, node: Node, plan: Plan) -> Sequence[str]:
        """What differs from the plan, in words; nothing if it is already so."""

    def apply(self, node: Node, plan: Plan) -> None:
        """Make it so. Throws Fault."""

    def verify(self, node: Node, plan: Plan) -> None:
        """Throws Fault unless it is so and works."""
