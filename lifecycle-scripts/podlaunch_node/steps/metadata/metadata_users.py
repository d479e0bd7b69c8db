"""Who may use the node's role: root, administrators, and services of the node. People and their jobs never may."""

from __future__ import annotations

from dataclasses import dataclass

from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.settings import Settings
from podlaunch_node.system import files

ADMINISTRATOR = "ubuntu"
SSM_USER = "ssm-user"
SSM_SUDO = "/etc/sudoers.d/ssm-agent-users"
"""The agent of Systems Manager makes its account with this file, by which the account is root. Without the file the
account has become one for people.
"""

SERVICES = (
    "slurm",  # hooks of the controller; it decides which jobs run where, and as whom
    "cwagent",  # the CloudWatch agent with run_as_user
    "aoc",  # AWS's distribution of the OpenTelemetry collector
    "otelcol",
    "otelcol-contrib",
    "prometheus",  # writes to Amazon Managed Service for Prometheus
)
"""Accounts of services that call AWS with the node's role. `metadataAccounts` adds more."""

CONTAINERS = (10001,)
"""Numbers that no account has, under which containers of HyperPod's observability run on the node's own network: the
OpenTelemetry collector's image."""

SYSTEM_BELOW = 1000
NO_SHELLS = ("nologin", "false")
SUBORDINATE = "/etc/subuid"


@dataclass(frozen=True)
class Account:
    """An account of /etc/passwd."""

    name: str
    uid: int
    shell: str

    @property
    def is_service(self) -> bool:
        """Whether nobody can log in as it, or its number is one that people do not get."""
        return self.uid < SYSTEM_BELOW or self.shell.rpartition("/")[2] in NO_SHELLS


def allowed(node: Node, wanted: Settings | None = None) -> list[int]:
    """Numbers of the users that may reach the metadata service, root first: by this list and by
    the settings, where they are known.

    Only accounts of the node's own files count, never one that the directory has: a person could have that name.
    """
    known = {account.name: account for account in _accounts(node)}
    administrators = (ADMINISTRATOR, *([SSM_USER] if _is_root(node, SSM_USER) else []))
    named = [known[name] for name in administrators if name in known]
    services = (*SERVICES, *(wanted.metadata_accounts if wanted else ()))
    named += [known[name] for name in services if name in known and known[name].is_service]
    nobodys = [number for number in CONTAINERS if _is_nobodys(node, number)]
    return sorted({0, *(account.uid for account in named), *nobodys})


def _accounts(node: Node) -> list[Account]:
    listed = node.run(["getent", "-s", "files", "passwd"], check=False).stdout
    rows = [line.split(":") for line in listed.splitlines()]
    return [Account(row[0], int(row[2]), row[6]) for row in rows if len(row) == 7 and row[2].isdigit()]


def _is_root(node: Node, name: str) -> bool:
    text = files.read(node, SSM_SUDO) or ""
    return any(line.split()[:1] == [name] for line in text.splitlines())


def _is_nobodys(node: Node, number: int) -> bool:
    """Whether no account has this number, here or in the directory, and nobody's containers may use it."""
    try:
        known = node.run(["getent", "passwd", str(number)], check=False, timeout=10)
    except CommandError:
        return False
    return known.code == 2 and not any(number in given for given in _subordinate(node))


def _subordinate(node: Node) -> list[range]:
    rows = [line.split(":") for line in (files.read(node, SUBORDINATE) or "").splitlines()]
    return [
        range(int(row[1]), int(row[1]) + int(row[2]))
        for row in rows
        if len(row) == 3 and row[1].isdigit() and row[2].isdigit()
    ]
