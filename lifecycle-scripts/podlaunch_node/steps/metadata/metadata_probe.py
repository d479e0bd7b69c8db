"""Asks the metadata service, as root and as an account that may not."""

from __future__ import annotations

from collections.abc import Sequence

from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.steps.metadata.metadata_addresses import Address

# One line for each address: how connecting to it ended.
CONNECT = """
import errno, socket, sys
for host, port in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
        print("CONNECTED")
    except OSError as error:
        print(errno.errorcode.get(error.errno, "TIMEOUT"))
"""
PYTHON = ("/usr/bin/python3", "-IB", "-c", CONNECT)
AS_NOBODY = ("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--")

# What the kernel says for a packet that our rules reject, for IPv4 and IPv6; and where there is no way there at all.
REJECTED = ("EHOSTUNREACH", "EACCES", "EPERM")
NO_WAY = ("ENETUNREACH", "EAFNOSUPPORT", "EADDRNOTAVAIL")
TRIES = 3
PAUSE = 1.0


def why_not_refused(node: Node, addresses: Sequence[Address]) -> str | None:
    """What happens instead where `nobody` is not refused at once at one of the addresses; None where it is at all.

    A closed port or silence is not a refusal by a rule: it would be open as soon as somebody listens.
    """
    try:
        said = _ask(node, addresses, AS_NOBODY)
    except CommandError as error:
        return str(error)
    for address, ended in zip(addresses, said, strict=False):
        if ended not in (*REJECTED, *NO_WAY):
            return f"{address.host} port {address.port}, asked as nobody: {ended}"
    return None if len(said) == len(addresses) else "asking as nobody ended early"


def why_not_answered(node: Node, address: Address) -> str | None:
    """How connecting as root failed, each of three times; None where it did not."""
    ended = ""
    for again in range(TRIES):
        if again:
            node.sleep(PAUSE)
        try:
            ended = " ".join(_ask(node, [address], ()))
        except CommandError as error:
            ended = str(error)
        if ended == "CONNECTED":
            return None
    return f"{address.host} port {address.port}, asked as root: {ended}"


def _ask(node: Node, addresses: Sequence[Address], become: Sequence[str]) -> list[str]:
    arguments = [word for one in addresses for word in (one.host, str(one.port))]
    return node.run([*become, *PYTHON, *arguments], timeout=30).stdout.split()
