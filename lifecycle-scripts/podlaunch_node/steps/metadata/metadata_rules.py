"""The rules that close the metadata service: what they say, and whether the kernel keeps to them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.steps.metadata import metadata_probe
from podlaunch_node.steps.metadata.metadata_addresses import AGENT, AGENT_PORT, ALWAYS, IPV4, IPV6, SERVICE, Address

TABLE = ("inet", "podlaunch_metadata")
NFT = "/usr/sbin/nft"
REFUSE = "reject with icmpx type admin-prohibited"


def render(users: Iterable[int], redirects: Iterable[Address]) -> str:
    """The rules, for the numbers of the users that may pass and where the nat tables send requests.

    Who may pass is named and the rest refused, not the other way round: a packet that the kernel sends for a socket
    without an owner matches no `skuid` at all. The hooks come before nat (-100), or they would only see where a
    request was redirected to. What comes in by an interface is a container's with a network of its own.
    """
    table, passing = " ".join(TABLE), ", ".join(map(str, sorted(users)))
    matches = [*_matches(redirects)]
    asked = "\n".join(f"        {match} jump asked" for match in matches)
    refused = "\n".join(f"        {match} {REFUSE}" for match in matches)
    return f"""\
# Written by podlaunch-node.
table {table} {{}}
delete table {table}
table {table} {{
    chain asked {{
        meta skuid {{ {passing} }} accept
        {REFUSE}
    }}
    chain output {{
        type filter hook output priority raw; policy accept;
{asked}
    }}
    chain prerouting {{
        type filter hook prerouting priority raw; policy accept;
        iif lo accept
        # The agent itself, should it ask through the node.
        ip saddr {AGENT} accept
{refused}
    }}
}}
"""


def load(node: Node, text: str) -> None:
    """Put rules in force, all or none. Throws CommandError."""
    node.run([NFT, "--file", "-"], stdin=text)


def is_loaded(node: Node) -> bool:
    """Whether the kernel has a table of ours."""
    try:
        return node.run([NFT, "list", "table", *TABLE], check=False).code == 0
    except CommandError:
        return False


def delete(node: Node) -> None:
    """Take the rules out of the kernel. Throws CommandError."""
    node.run([NFT, "delete", "table", *TABLE])


def why_open(node: Node, redirects: Iterable[Address]) -> str | None:
    """Why somebody could use the node's role, or None: an account that may not is refused at every address."""
    if not is_loaded(node):
        return "the rules are not in the kernel"
    asked = [Address(one.host, one.port or _port(one)) for one in (*ALWAYS, *redirects)]
    return metadata_probe.why_not_refused(node, asked)


def why_useless(node: Node) -> str | None:
    """Why root itself does not reach the service, or None."""
    return metadata_probe.why_not_answered(node, Address(SERVICE, 80))


def _port(address: Address) -> int:
    return AGENT_PORT if address.host == AGENT else 80


def _matches(redirects: Iterable[Address]) -> Iterable[str]:
    """The left side of a rule for each address. The agent's port is closed on any link-local address."""
    yield f"ip daddr {{ {', '.join(IPV4)} }}"
    yield f"ip6 daddr {{ {', '.join(IPV6)} }}"
    yield f"ip daddr 169.254.0.0/16 tcp dport {AGENT_PORT}"
    for host, ports in groupby(sorted(redirects, key=lambda one: one.host), key=lambda one: one.host):
        family = "ip6" if ":" in host else "ip"
        for port in sorted({one.port or 0 for one in ports}):
            yield f"{family} daddr {host}" + (f" tcp dport {port}" if port else "")
