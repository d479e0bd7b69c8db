"""The bind secret: which read-only account the node uses, and its password."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.system import aws


@dataclass(frozen=True)
class BindSecret:
    """Account and password. The password is left out of every printed form."""

    bind_dn: str
    password: str = field(repr=False)


def fetch(node: Node, region: str, arn: str) -> BindSecret:
    """Read the secret from Secrets Manager. Throws PLN-AWS, or PLN-SECRET where it has another form."""
    arguments = ("--secret-id", arn, "--version-stage", "AWSCURRENT")
    answer = aws.call(node, region, "secretsmanager", "get-secret-value", *arguments)
    return parse(answer.get("SecretString"), arn)


def parse(text: object, arn: str) -> BindSecret:
    """Read {"bindDn", "password"}. Throws Fault PLN-SECRET; no message ever shows the text itself."""
    try:
        value: Any = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise _fault(arn, "is not a JSON object")
    for name in ("bindDn", "password"):
        part = value.get(name)
        if not isinstance(part, str) or not part:
            raise _fault(arn, f"has no {name}")
        if any(ord(character) < 32 or ord(character) == 127 for character in part):
            raise _fault(arn, f"has a control character in {name}")
    return BindSecret(value["bindDn"], value["password"])


def _fault(arn: str, why: str) -> Fault:
    return Fault("PLN-SECRET", f"the bind secret {arn} {why}", 'Write it as {"bindDn": "CN=…", "password": "…"}.')
