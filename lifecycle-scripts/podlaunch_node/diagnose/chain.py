"""Walks the chain from this node to a login and says of each link whether it is complete."""

from __future__ import annotations

from podlaunch_node.diagnose import node_links, person_links
from podlaunch_node.diagnose.link import Link, broken, unreached, until, whole
from podlaunch_node.diagnose.member import Member, kept
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import bind_account, directory_link, ends
from podlaunch_node.ldap.client import Ldap
from podlaunch_node.node import Node
from podlaunch_node.steps.directory import resolver

CHAIN = ("name", "tcp", "tls", "bind", "search")


def walk(node: Node, person: str | None) -> list[Link]:
    """Every link, in order; those behind a broken one of the network are not reached."""
    try:
        member = kept(node)
    except Fault as fault:
        return [broken("settings", fault)]
    links = [whole("settings", f"cluster {member.settings.cluster_name}, directory {member.directory.domain}")]
    try:
        ldap = directory_link.open_tls(member.directory, member.anchor)
    except Fault as fault:
        host = member.directory.ldaps_host
        withheld = fault.code == "PLN-NAME" and resolver.is_withheld(node, host)
        links += _chain_up_to(resolver.fault(host) if withheld else fault)
        return links + node_links.links(node, member)
    with ldap:
        links += [
            whole("name", f"{member.directory.ldaps_host} is {ldap.tls.getpeername()[0]}"),
            whole("tcp", f"port {member.directory.ldaps_port} answers"),
            until(
                "tls",
                f"{ldap.tls.version()}, the certificate is trusted",
                ends.of_certificates(ldap.tls, member.anchor),
                node.clock(),
            ),
        ]
        links += _bind_and_search(ldap, member, node.clock())
        links += node_links.links(node, member)
        if person and all(link.is_whole for link in links if link.name in CHAIN):
            links += person_links.links(node, member, ldap, person)
    return links


def _bind_and_search(ldap: Ldap, member: Member, now: float) -> list[Link]:
    try:
        directory_link.bind(ldap, member.directory, member.secret)
    except Fault as fault:
        return [broken("bind", fault), unreached("search")]
    message = f"as {member.secret.bind_dn}"
    try:
        own = bind_account.look(ldap, member.settings, member.secret.bind_dn)
    except Fault as fault:
        return [whole("bind", message), broken("search", fault)]
    return [until("bind", message, own.ends, now), whole("search", f"finds itself as {own.name}")]


def _chain_up_to(fault: Fault) -> list[Link]:
    """The network's links where connecting failed: whole, broken, not reached."""
    at = CHAIN.index(fault.code.removeprefix("PLN-").lower())
    before = [whole(name, "works") for name in CHAIN[:at]]
    return [*before, broken(CHAIN[at], fault), *(unreached(name) for name in CHAIN[at + 1 :])]
