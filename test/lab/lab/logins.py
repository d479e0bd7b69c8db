"""Who is to come in whatever goes on around a node."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lab.cluster import Lab
from lab.node import Node


def stays_in_service(lab: Lab, node: Node) -> None:
    """ubuntu gets in with sudo, and Systems Manager has its shell with sudo."""
    ssm = node.through_ssm("sudo", "-n", "true")
    assert ssm.ok, ssm
    ubuntu = lab.laptop.key("ubuntu", node.name, "sudo", "-n", "true")
    assert ubuntu.ok, ubuntu


def people_come_in(lab: Lab, node: Node) -> bool:
    """What "nothing" means in the fault table: people who have logged in before come in by key and by password, sudo
    works, and a wrong password is refused.
    """
    name = node.name
    logins: list[Callable[[], bool]] = [
        lambda: lab.laptop.key("carol", name).ok,
        lambda: lab.laptop.password("bob", name).ok,
        lambda: lab.laptop.key("alice", name, "sudo", "-n", "true").ok,
        lambda: not lab.laptop.password("bob", name, password="wrong").ok,
    ]
    with ThreadPoolExecutor() as pool:
        return all(pool.map(lambda login: login(), logins))
