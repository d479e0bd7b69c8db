"""What this node is in Slurm, by the cluster's settings: for the entry, which fails a launch on a controller only."""

from __future__ import annotations

from podlaunch_node import identity, learn, settings
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError

UNKNOWN = "unknown"


def of(node: Node) -> str:
    """Controller, Login or Compute; `unknown` where the settings cannot be read or do not name the node's group."""
    try:
        own = identity.find(node, patient=False)
        found = settings.parse(learn.fetch_settings(node, own), settings.parameter_name(own.cluster_name))
    except (Fault, CommandError):
        return UNKNOWN
    return found.node_types.get(own.group, UNKNOWN)


def main() -> None:
    """Print it."""
    print(of(Node()))
