"""Who is to come in whatever goes on around a node."""

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
    return (
        lab.laptop.key("carol", node.name).ok
        and lab.laptop.password("bob", node.name).ok
        and lab.laptop.key("alice", node.name, "sudo", "-n", "true").ok
        and not lab.laptop.password("bob", node.name, password="wrong").ok
    )
