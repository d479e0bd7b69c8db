"""The bind password as it is on a node, and where it must not be."""

from lab.cluster import Lab
from lab.machine import Machine, wait_for
from lab.node import Node
from lab.people import BIND_PASSWORD

SSSD_LOG = "/var/log/sssd/sssd.log"


def token(node: Node) -> str:
    """The bind password, obfuscated: anyone who has it has the password."""
    line = node.machine.must("grep", "^ldap_default_authtok = ", "/etc/sssd/sssd.conf")
    return line.partition(" = ")[2].strip()


def let_sssd_log_errors(lab: Lab, node: Node) -> None:
    """One error of SSSD's monitor and one of its back end: with an error SSSD may log what led to it."""
    machine = node.machine
    killed = machine.must("pgrep", "sssd_ssh").strip()
    machine.must("kill", "-KILL", killed)
    wait_for(lambda: machine.run("grep", "-qF", f"Child [{killed}] ", SSSD_LOG).ok, 30, "the monitor logs an error")
    lab.switch.cable_out("lb")
    try:
        machine.must("systemctl", "restart", "sssd")
        wait_for(lambda: not machine.run("getent", "passwd", "user0999").ok, 30, "the back end meets an error")
    finally:
        lab.balancer_back()
    node.wait_online()
    wait_for(lambda: lab.laptop.key("carol", node.name).ok, 30, "keys are looked up again")


def secrets_logged(node: Node) -> list[str]:
    """The files of log with the bind password, clear or obfuscated, or one that was there before."""
    journal = "/var/log/journal.txt"
    node.machine.sh(f"journalctl --no-pager >{journal}")
    found = holding(node.machine, "/var/log", BIND_PASSWORD, token(node), "ldap_default_authtok: ")
    node.machine.must("rm", journal)
    return found


def holding(machine: Machine, where: str, *words: str) -> list[str]:
    """The files with one of the words. `where` is what grep takes: folders, and options that leave some out.

    The words go by standard input: an argument would show them.
    """
    search = f"grep -rlF -f /dev/stdin {where} 2>/dev/null; true"
    return machine.sh(search, stdin="".join(f"{word}\n" for word in words)).split()
