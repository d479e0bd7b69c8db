"""The addresses of the cluster's own nodes, from resource_config.json, and the networks that they are in."""

from __future__ import annotations

import json
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_interface
from typing import Any

from podlaunch_node import identity
from podlaunch_node.node import Node
from podlaunch_node.system import files


def addresses(node: Node) -> list[str]:
    """The address of each node of the cluster, this one too, sorted; none where HyperPod's file cannot be read."""
    try:
        groups: Any = json.loads(files.read(node, identity.resource_config()) or "")["InstanceGroups"]
        found = {one.get("CustomerIpAddress") for group in groups for one in group.get("Instances") or []}
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    return sorted(one for one in found if isinstance(one, str) and one)


def networks(node: Node) -> list[str]:
    """The networks of all nodes, such as 10.0.32.0/19: each node's address with the length that this node's own has.

    None where this node's address is not among the cluster's. Throws CommandError.
    """
    cluster = addresses(node)
    links = json.loads(node.run(["ip", "-json", "address"]).stdout or "[]")
    lengths = {one["prefixlen"] for link in links for one in link.get("addr_info", []) if one.get("local") in cluster}
    if not lengths:
        return []
    found = {ip_interface(f"{address}/{min(lengths)}").network for address in cluster}
    four = [one for one in found if isinstance(one, IPv4Network)]
    six = [one for one in found if isinstance(one, IPv6Network)]
    return [str(one) for one in (*collapse_addresses(four), *collapse_addresses(six))]
