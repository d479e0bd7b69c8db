"""Which cluster and which instance group this node belongs to."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import files

KEPT = f"{STATE}/identity.json"
DEFAULT = "/opt/ml/config/resource_config.json"
STALE_SECONDS = 60


@dataclass(frozen=True)
class Identity:
    """Cluster, region, instance group, and how many nodes the cluster has (for the jitter)."""

    cluster_name: str
    region: str
    group: str
    nodes: int


def resource_config() -> str:
    """Where HyperPod writes resource_config.json."""
    return os.environ.get("SAGEMAKER_RESOURCE_CONFIG_PATH", DEFAULT)


def find(node: Node, patient: bool) -> Identity:
    """Match the node's own addresses with resource_config.json.

    The file may be stale for a while after a node was replaced: with `patient` it is read again
    for a minute. A node never changes its group, so what was kept once serves when the file no
    longer does. Throws Fault PLN-IDENTITY.
    """
    path = resource_config()
    mine = addresses(node)
    tries = STALE_SECONDS // 5 if patient else 1
    for attempt in range(tries):
        found = match(files.read(node, path), mine)
        if found:
            return found
        before = _kept(node)
        if before:
            return before
        if attempt + 1 < tries:
            node.sleep(5)
    raise Fault(
        "PLN-IDENTITY",
        f"{path} has no instance with one of this node's addresses ({', '.join(sorted(mine)) or 'none'})",
        "HyperPod writes this file; if it stays like this, replace the node.",
    )


def match(text: str | None, mine: set[str]) -> Identity | None:
    """The identity that resource_config.json gives a node with these addresses, or None."""
    try:
        config: Any = json.loads(text or "")
        cluster = config["ClusterConfig"]
        groups = config["InstanceGroups"]
        instances = [(group, one) for group in groups for one in group.get("Instances") or []]
        arn = cluster["ClusterArn"].split(":")
        for group, one in instances:
            if one.get("CustomerIpAddress") in mine:
                return Identity(cluster["ClusterName"], arn[3], group["Name"], len(instances))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
    return None


def addresses(node: Node) -> set[str]:
    """The node's own addresses. Throws Fault PLN-IDENTITY where they cannot be read."""
    try:
        links = json.loads(node.run(["ip", "-json", "address"]).stdout or "[]")
    except (CommandError, ValueError) as error:
        raise Fault("PLN-IDENTITY", f"the node's addresses cannot be read: {error}", "Run `ip address`.") from error
    return {one["local"] for link in links for one in link.get("addr_info", []) if "local" in one}


def _kept(node: Node) -> Identity | None:
    """What was found earlier; None where another version wrote it in another form."""
    try:
        return Identity(**json.loads(files.read(node, KEPT) or ""))
    except (ValueError, TypeError):
        return None


def keep(node: Node, found: Identity) -> None:
    """Remember it for the day when the file is stale."""
    text = json.dumps(found.__dict__, sort_keys=True)
    if not files.matches(node, KEPT, text, 0o600):
        files.write(node, KEPT, text, mode=0o600)
