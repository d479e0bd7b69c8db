"""ssh from one node of the cluster to another asks no question about host keys, also after a node was replaced."""

from __future__ import annotations

from ipaddress import ip_address

from podlaunch_node import identity
from podlaunch_node.faults import Fault
from podlaunch_node.node import ETC, LIBEXEC, Node
from podlaunch_node.plan import Plan
from podlaunch_node.steps.node import cluster_nodes
from podlaunch_node.system import files

NAME = "cluster_ssh"
FILE = "/etc/ssh/ssh_config.d/10-podlaunch.conf"
LIST = f"{ETC}/cluster-nodes"
MAIN = "/etc/ssh/ssh_config"
COMMAND = f"{LIBEXEC}/cluster-host-key"
TEXT = f"""\
# Written by podlaunch-node: of the cluster's own nodes ssh takes the host key that they show.
KnownHostsCommand {COMMAND} %H %t %K
"""


def wanted_files(node: Node) -> dict[str, str]:
    """Path and text of each file; none where this ssh does not know KnownHostsCommand (OpenSSH before 8.5)."""
    if node.run(["ssh", "-F", "none", "-G", "-o", "KnownHostsCommand=none", "localhost"], check=False).code != 0:
        return {}
    cluster = cluster_nodes.addresses(node)
    if not cluster:
        return {FILE: TEXT, LIST: files.read(node, LIST) or ""}
    # Its own name may lead to another address of this node than the cluster's. IPv6's come and go by themselves.
    own = [one for one in identity.addresses(node) if ":" not in one and not ip_address(one).is_link_local]
    known = sorted({*cluster, *own} - {"127.0.0.1"})
    return {FILE: TEXT, LIST: "".join(f"{address}\n" for address in known)}


def check(node: Node, _plan: Plan) -> list[str]:
    """What differs from what is wanted."""
    wanted = wanted_files(node).items()
    return [f"{path} differs" for path, text in wanted if not files.matches(node, path, text, 0o644)]


def apply(node: Node, _plan: Plan) -> None:
    """Write both. Throws PLN-DISK."""
    for path, text in wanted_files(node).items():
        files.write(node, path, text)


def verify(node: Node, plan: Plan) -> None:
    """Throws PLN-SSH where ssh does not read the drop-in, or another file comes before it."""
    if check(node, plan):
        raise Fault("PLN-SSH", f"{FILE} is not as it was written", "Run `podlaunch-node apply`.", ours=True)
    if not files.read(node, FILE):
        return
    shown = node.run(["ssh", "-F", MAIN, "-G", "localhost"], check=False).stdout
    if COMMAND not in shown:
        raise Fault(
            "PLN-SSH",
            f"ssh does not take {FILE}: between nodes it will ask about host keys",
            f"{MAIN} must begin with `Include /etc/ssh/ssh_config.d/*.conf`, and set no other KnownHostsCommand.",
        )
