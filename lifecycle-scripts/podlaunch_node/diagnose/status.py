"""What the node knows about itself: joined or not, since when, and the fault if there is one."""

from __future__ import annotations

import json
import time
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.identity import Identity
from podlaunch_node.node import STATE, Node
from podlaunch_node.steps.login import access
from podlaunch_node.system import files

FILE = f"{STATE}/status.json"


def read(node: Node) -> dict[str, Any]:
    """The last run's status, or one that says that there was none."""
    try:
        found: Any = json.loads(files.read(node, FILE) or "{}")
    except ValueError:
        found = {}
    return dict(found) or {"joined": access.is_open(node), "faults": [], "lastRun": None}


def write(
    node: Node,
    identity: Identity | None,
    node_type: str | None,
    faults: list[Fault],
    warnings: list[Fault],
    version: str,
) -> None:
    """Record how a run ended. There is no secret in it: anyone on the node may read it."""
    before = read(node)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(node.clock()))
    joined = access.is_open(node)
    kept = [fault.as_dict() for fault in faults]
    same = before.get("joined") == joined and before.get("faults") == kept
    status = {
        "joined": joined,
        "since": before.get("since") or now if same else now,
        "faults": kept,
        "warnings": [fault.as_dict() for fault in warnings],
        "cluster": identity.cluster_name if identity else before.get("cluster"),
        "instanceGroup": identity.group if identity else before.get("instanceGroup"),
        "nodeType": node_type or before.get("nodeType"),
        "version": version,
        "lastRun": now,
    }
    files.write(node, FILE, json.dumps(status, indent=2, sort_keys=True) + "\n")


def is_well(status: dict[str, Any]) -> bool:
    """Joined, and the last run found nothing wrong."""
    return bool(status.get("joined")) and not status.get("faults")


def summary(status: dict[str, Any]) -> list[str]:
    """The status for people."""
    if status.get("lastRun") is None:
        return ["podlaunch-node has not run here yet."]
    place = f"{status.get('nodeType') or 'node'} of cluster {status.get('cluster') or '(unknown)'}"
    state = (
        "joined: people of the directory may log in" if status["joined"] else "not joined: closed to directory users"
    )
    lines = [f"{place}, {state}", f"since {status['since']}, last run {status['lastRun']}, version {status['version']}"]
    for fault in (*status["faults"], *status.get("warnings", [])):
        lines += [f"{fault['code']}: {fault['message']}", f"  what to do: {fault['nextStep']}"]
    return lines
