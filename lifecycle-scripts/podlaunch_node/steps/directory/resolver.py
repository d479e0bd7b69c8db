"""Names that the VPC's resolver knows and the node's own does not ask for: systemd-resolved keeps some for itself.

Names under `local` belong to multicast DNS: systemd-resolved (since 247) asks no DNS server for them unless a routing
domain says so (systemd.resolved.service(8), resolved.conf(5), `Domains=`).
"""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import files, services

BEHIND = "/run/systemd/resolve/resolv.conf"
DROP_IN = "/etc/systemd/resolved.conf.d/podlaunch.conf"
TIMEOUT = 2.0
PORT = 53


def servers(node: Node) -> list[str]:
    """The DNS servers that systemd-resolved asks; none where the node does not use it."""
    text = files.read(node, BEHIND) or ""
    return re.findall(r"^nameserver (\d+\.\d+\.\d+\.\d+)$", text, re.MULTILINE)


def is_withheld(node: Node, host: str) -> bool:
    """Whether a server behind systemd-resolved knows an address of a name that the node could not resolve."""
    return any(knows(server, host) for server in servers(node))


def teach(node: Node, host: str) -> bool:
    """Let systemd-resolved ask its servers for the host's domain; says whether that is new. Throws PLN-DISK."""
    domain = host.partition(".")[2] or host
    text = (
        f"# Written by podlaunch-node: {host} is asked for in DNS like any other name.\n"
        f"[Resolve]\nDNS={' '.join(servers(node))}\nDomains=~{domain}\n"
    )
    if files.matches(node, DROP_IN, text, 0o644):
        return False
    files.write(node, DROP_IN, text)
    try:
        services.systemctl(node, "restart", "systemd-resolved")
    except CommandError as error:
        node.say(f"systemd-resolved does not restart: {error}")
    return True


def fault(host: str) -> Fault:
    """The name is in order, and the node does not ask for it."""
    return Fault(
        "PLN-NAME",
        f"{host} has no address for this node, though the DNS server behind systemd-resolved knows it",
        f"Run `podlaunch-node apply`, which routes its domain there ({DROP_IN}); if it stays, `resolvectl query "
        f"{host}` says why: names under .local belong to multicast DNS.",
    )


def knows(server: str, host: str, timeout: float = TIMEOUT, port: int = PORT) -> bool:
    """Whether a DNS server has an address for a name. Rule: RFC 1035, 4.1."""
    number = secrets.token_bytes(2)
    try:
        labels = b"".join(bytes([len(label)]) + label.encode() for label in host.split("."))
        question = number + b"\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + labels + b"\x00\x00\x01\x00\x01"
        kind = socket.AF_INET6 if ipaddress.ip_address(server).version == 6 else socket.AF_INET
        with socket.socket(kind, socket.SOCK_DGRAM) as asking:
            asking.settimeout(timeout)
            asking.connect((server, port))
            asking.send(question)
            answer = asking.recv(4096)
    except (OSError, ValueError):
        return False
    is_well = len(answer) >= 12 and answer[:2] == number and answer[3] & 0x0F == 0
    return is_well and int.from_bytes(answer[6:8], "big") > 0
