"""The node settings: one JSON document in SSM that the cluster stack wrote."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from podlaunch_node import schema
from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.settings_document import Document, Group, NodeType
from podlaunch_node.system import files

KEPT = f"{STATE}/settings.json"
SCHEMA = Path(__file__).resolve().parent.parent / "node-settings.schema.json"


@dataclass(frozen=True)
class Settings(Document):
    """The document, and what follows from it."""

    @property
    def node_types(self) -> dict[str, NodeType]:
        """The node type of each instance group."""
        return {one.name: one.node_type for one in self.instance_groups}

    def keys_need_password(self) -> bool:
        """Whether an expired password stops logins by key too."""
        return self.expired_password == "refuse-all"  # noqa: S105 (a choice, not a password)

    def groups_on(self, node_type: NodeType) -> tuple[Group, ...]:
        """The groups whose members may log in on this type of node."""
        return tuple(group for group in self.groups if node_type in group.log_in)


@functools.cache
def contract() -> dict[str, Any]:
    """The schema that every document keeps to."""
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def parameter_name(cluster_name: str) -> str:
    """The name of the SSM parameter with a cluster's settings."""
    return f"/podlaunch/{cluster_name}/node-settings"


def parse(text: str, where: str) -> Settings:
    """Read the document. Throws Fault PLN-SETTINGS (ours) with every violation in it."""
    try:
        document: Any = json.loads(text)
    except ValueError as error:
        raise _broken(where, [f"is not JSON: {error}"]) from error
    if found := schema.violations(contract(), document):
        raise _broken(where, found)
    full = schema.with_defaults(contract(), document)
    full["homeRoot"] = full["homeRoot"].rstrip("/") or "/"
    settings: Settings = _read(Settings, full)
    return settings


def json_name(field: str) -> str:
    """The name that a field has in the document: `home_root` is `homeRoot`."""
    first, *others = field.split("_")
    return first + "".join(other.title() for other in others)


def _read(kind: Any, value: Any) -> Any:
    """A valid value of the document as the type that a field says."""
    if is_dataclass(kind):
        make: Any = kind
        hints = get_type_hints(kind)
        return make(**{field: _read(hint, value[json_name(field)]) for field, hint in hints.items()})
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    return value


def kept(node: Node) -> str | None:
    """The document as it was last read and found valid, or None."""
    return files.read(node, KEPT)


def keep(node: Node, text: str) -> bool:
    """Remember a valid document; says whether it is a new one."""
    if files.matches(node, KEPT, text, 0o600):
        return False
    files.write(node, KEPT, text, mode=0o600)
    return True


def _broken(where: str, found: list[str]) -> Fault:
    return Fault(
        "PLN-SETTINGS",
        f"the node settings in {where} are not valid: {'; '.join(found)}",
        "Correct podlaunch.yaml (or the parameter) and update the cluster stack.",
        ours=True,
    )
