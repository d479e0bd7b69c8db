"""What the tests share: a node in a temporary folder, commands that answer from a table, a directory's answers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from podlaunch_node import settings
from podlaunch_node.identity import Identity
from podlaunch_node.ldap.bind_secret import BindSecret
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError, Done

SECRET_ARN = "arn:aws:secretsmanager:us-west-2:123456789012:secret:bind-AbCdEf"
CERTIFICATE_ARN = "arn:aws:acm:us-west-2:123456789012:certificate/0a1b2c"
PASSWORD = "R3ad.0nly-Passw0rd"
BIND_DN = "CN=ReadOnly,OU=Users,OU=corp,DC=corp,DC=example,DC=com"

DOCUMENT: dict[str, Any] = {
    "schemaVersion": 1,
    "clusterName": "lab",
    "directory": {
        "domain": "corp.example.com",
        "searchBase": "DC=corp,DC=example,DC=com",
        "ldapsHost": "ldaps.corp.example.com",
        "bindSecretArn": SECRET_ARN,
        "certificateArn": CERTIFICATE_ARN,
    },
    "groups": [
        {"name": "ClusterAdmin", "logIn": ["Controller", "Login", "Compute"], "sudo": True},
        {"name": "Data Science", "logIn": ["Login"], "sudo": False},
    ],
    "instanceGroups": [
        {"name": "controller", "nodeType": "Controller"},
        {"name": "login", "nodeType": "Login"},
        {"name": "worker", "nodeType": "Compute"},
    ],
    "homeRoot": "/fsx/home",
}


def document(**changes: Any) -> str:
    """The settings document with changes, as text."""
    return json.dumps({**DOCUMENT, **changes})


def plan(group: str = "login", anchor: str = "PEM\n", **changes: Any) -> Plan:
    """The plan for a node of the group."""
    wanted = settings.parse(document(**changes), "a test")
    identity = Identity("lab", "us-west-2", group, 3)
    return Plan(wanted, identity, wanted.node_types[group], BindSecret(BIND_DN, PASSWORD), anchor, False, "ReadOnly")


Answer = Done | CommandError | Callable[[list[str], str], Done]


class Commands:
    """Stands in for `run`: the longest entry of `answers` that begins a command line answers it.

    Every command line is kept in `lines`. One without an answer succeeds and says nothing.
    """

    def __init__(self, answers: Mapping[str, Answer | str] | None = None) -> None:
        self.answers: dict[str, Answer | str] = dict(answers or {})
        self.lines: list[str] = []
        self.envs: list[dict[str, str]] = []

    def __call__(
        self,
        argv: Sequence[str],
        *,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
        timeout: float = 60,
        check: bool = True,
        secret: bool = False,
    ) -> Done:
        line = " ".join(argv)
        self.lines.append(line)
        self.envs.append(dict(env or {}))
        known = max((key for key in self.answers if line.startswith(key)), key=len, default=None)
        answer = self.answers[known] if known is not None else Done(0, "", "")
        if isinstance(answer, str):
            answer = Done(0, answer, "")
        if isinstance(answer, CommandError):
            raise answer
        done = answer(list(argv), stdin) if callable(answer) else answer
        if check and done.code != 0:
            raise CommandError(argv, done.code, done.stderr or ("" if secret else done.stdout))
        return done

    def ran(self, start: str) -> list[str]:
        """The command lines that begin so."""
        return [line for line in self.lines if line.startswith(start)]


class Clock:
    """Time that only passes when somebody sleeps."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


def make_node(
    root: Path, commands: Commands | None = None, clock: Clock | None = None, said: list[str] | None = None
) -> Node:
    """A node whose files are below root and belong to anyone who runs the tests."""
    clock = clock or Clock()
    root.mkdir(parents=True, exist_ok=True)
    return Node(
        root=root,
        owner=(os.getuid(), os.getgid()),
        run=commands or Commands(),
        say=(said if said is not None else []).append,
        sleep=clock.sleep,
        clock=clock,
        chance=lambda: 0.5,
    )


def put(node: Node, path: str, text: str, mode: int = 0o644) -> None:
    """Put a file on the node as somebody else would."""
    target = node.path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    target.chmod(mode)
