"""Settings widen only where the cluster stack vouches for it.

The stack writes the same document twice: to the SSM parameter, and to a secret that `ssm:PutParameter` does not reach.
The parameter may say less than the secret (an administrator takes a group out at once), never more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from podlaunch_node import settings, settings_changes
from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.node import Node
from podlaunch_node.settings import Settings
from podlaunch_node.system import aws

CODE = "PLN-VOUCH"


@dataclass(frozen=True)
class Heard:
    """The settings that count, their text, and what speaks against the parameter, if anything."""

    text: str
    settings: Settings
    doubt: Fault | None = None


def secret_name(cluster_name: str) -> str:
    """The name of the secret with the stack's own copy. It is fixed: a parameter cannot point elsewhere."""
    return f"podlaunch/{cluster_name}/node-settings"


def fetch(node: Node, identity: Identity) -> str:
    """The text that the stack vouches for. Throws PLN-AWS."""
    arguments = ("--secret-id", secret_name(identity.cluster_name), "--version-stage", "AWSCURRENT")
    return str(aws.call(node, identity.region, "secretsmanager", "get-secret-value", *arguments).get("SecretString"))


def decide(identity: Identity, text: str, ask_stack: Callable[[], str], kept: str | None) -> Heard:
    """Which settings count: the parameter's, or those of the stack where the parameter says more.

    While the stack's copy cannot be read, what an earlier run took counts in its place. Throws PLN-SETTINGS, and
    PLN-AWS on a node that has neither.
    """
    asked = settings.parse(text, settings.parameter_name(identity.cluster_name))
    unread: Fault | None = None
    try:
        base, place = ask_stack(), f"the secret {secret_name(identity.cluster_name)}"
    except Fault as fault:
        if kept is None:
            raise
        base, place, unread = kept, settings.KEPT, fault
    vouched = settings.parse(base, place)
    more = [change.message for change in settings_changes.between(vouched, asked) if change.widens]
    if not more:
        return Heard(text, asked, unread)
    return Heard(base, vouched, _refusal(identity, more))


def _refusal(identity: Identity, more: list[str]) -> Fault:
    return Fault(
        CODE,
        f"the parameter {settings.parameter_name(identity.cluster_name)} says more than the cluster stack vouches for, "
        f"and this has no effect: {'; '.join(more)}",
        "If you want it, update the cluster stack. Else look in CloudTrail who called PutParameter, and put it back.",
    )
