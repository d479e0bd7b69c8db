"""Every address that gives the node's role to anyone who asks it.

On HyperPod the role's credentials come from an agent of SageMaker in a network namespace of its own. A rule in the nat
table sends requests for the metadata service there, and the agent also answers at its own address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import files

SERVICE = "169.254.169.254"
AGENT = "169.254.0.2"
AGENT_PORT = 9081
# EC2's service, SageMaker's agent, and where containers of ECS and EKS get their roles from.
IPV4 = (SERVICE, AGENT, "169.254.170.2", "169.254.170.23")
IPV6 = ("fd00:ec2::254", "fd00:ec2::23")
LINK_LOCAL = "169.254."

# The rules as nft prints them, and as iptables does: nft shows those of iptables-legacy not at all.
TO = re.compile(r"(?:\bdnat (?:ip6? )?to|--to-destination) \[?([0-9a-fA-F.:]+?)\]?(?::(\d+))?(?=[\s,-]|$)")
TO_PORT = re.compile(r"(?:\bredirect to :|--to-ports )(\d+)")
LISTINGS = (["/usr/sbin/nft", "list", "ruleset"], ["iptables-save", "-t", "nat"], ["ip6tables-save", "-t", "nat"])
LEGACY = (["iptables-legacy-save", "-t", "nat"],)
LEGACY_TABLES = "/proc/net/ip_tables_names"


@dataclass(frozen=True, order=True)
class Address:
    """An address and port; `port` is None for every port."""

    host: str
    port: int | None = None


ALWAYS = tuple(Address(host) for host in (*IPV4, *IPV6))


def redirects(node: Node) -> list[Address]:
    """Where the node's nat tables send requests for the metadata service, as they are now; ALWAYS is left out.

    A rule in a chain of its own may not name the service: every link-local target counts.
    """
    found = {target for listing in _listings(node) for line in listing.splitlines() for target in _targets(line)}
    return sorted(target for target in found if Address(target.host) not in ALWAYS)


def _listings(node: Node) -> list[str]:
    is_legacy = "nat" in (files.read(node, LEGACY_TABLES) or "").split()
    return [_said(node, argv) for argv in (*LISTINGS, *(LEGACY if is_legacy else ()))]


def _said(node: Node, argv: list[str]) -> str:
    try:
        return node.run(argv, check=False).stdout
    except CommandError:
        return ""  # A node without iptables has no rules of it.


def _targets(line: str) -> list[Address]:
    names_service = any(address in line for address in (*IPV4, *IPV6))
    found = [Address(host, int(port) if port else None) for host, port in TO.findall(line)]
    found = [target for target in found if names_service or target.host.startswith(LINK_LOCAL)]
    if names_service:
        found += [Address("127.0.0.1", int(port)) for port in TO_PORT.findall(line)]
    return found
