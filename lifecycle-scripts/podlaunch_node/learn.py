"""Finds out what is wanted of this node: asks AWS for settings, bind secret and certificate."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from podlaunch_node import settings, vouched
from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.ldap import bind_secret
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.settings import Settings
from podlaunch_node.settings_document import Directory
from podlaunch_node.steps.directory import certificate
from podlaunch_node.steps.login import group_names
from podlaunch_node.system import aws
from podlaunch_node.vouched import Heard


def ask(
    node: Node, identity: Identity, on_change: Callable[[Heard], None] | None = None
) -> tuple[Settings, BindSecret, str]:
    """Read settings, secret and certificate at the same time. Throws Fault.

    An earlier run left the settings, and with them the names of the other two; where these names
    turn out to have changed, they are asked for again. The certificate is only read once: as long
    as the directory shows one that it vouches for, nothing is gained by asking again. `on_change` is
    called as soon as it is known which settings count.
    """
    guess = kept_settings(node)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(fetch_settings, node, identity)
        stack = pool.submit(vouched.fetch, node, identity)
        early = _ask_for(pool, node, identity, guess.directory) if guess else None
        found = vouched.decide(identity, asked.result(), stack.result, settings.kept(node) if guess else None)
        wanted = found.settings
        _check_place(wanted, identity)
        group_names.require_unmistakable(node, wanted)
        if on_change:
            on_change(found)
        if early is None or guess is None or guess.directory != wanted.directory:
            early = _ask_for(pool, node, identity, wanted.directory)
        return wanted, early[0].result(), early[1].result()


def plan(identity: Identity, wanted: Settings, secret: BindSecret, anchor: str, patient: bool) -> Plan:
    """The plan for a node with this identity."""
    return Plan(wanted, identity, wanted.node_types[identity.group], secret, anchor, patient)


def fetch_settings(node: Node, identity: Identity) -> str:
    """The settings document's text from SSM. Throws PLN-AWS."""
    name = settings.parameter_name(identity.cluster_name)
    answer = aws.call(node, identity.region, "ssm", "get-parameter", "--name", name)
    return str(answer["Parameter"]["Value"])


def kept_settings(node: Node) -> Settings | None:
    """The settings that an earlier run read, where this version can still read them."""
    text = settings.kept(node)
    try:
        return settings.parse(text, settings.KEPT) if text else None
    except Fault:
        return None


def _ask_for(
    pool: ThreadPoolExecutor, node: Node, identity: Identity, directory: Directory
) -> tuple[Future[BindSecret], Future[str]]:
    return (
        pool.submit(bind_secret.fetch, node, identity.region, directory.bind_secret_arn),
        pool.submit(certificate.known_or_fetch, node, identity.region, directory),
    )


def _check_place(wanted: Settings, identity: Identity) -> None:
    """Throws PLN-SETTINGS where the document is of another cluster or lacks the node's group."""
    if wanted.cluster_name != identity.cluster_name or identity.group not in wanted.node_types:
        raise Fault(
            "PLN-SETTINGS",
            f"the node settings do not know the instance group {identity.group} of cluster {identity.cluster_name}",
            "Add it to podlaunch.yaml and update the cluster stack.",
            ours=True,
        )
