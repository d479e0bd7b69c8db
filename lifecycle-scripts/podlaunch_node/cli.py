"""The command `podlaunch-node`: parse, call, render."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.system import core_files
from podlaunch_node.system.log import Log

USES = {
    "apply": "make this node a member of the directory; changes only what differs",
    "check": "say what `apply` would change; exit 1 if there is something",
    "refresh": "the same as `apply`, as the timer calls it: exit 1 unless all is well",
    "status": "say whether this node is a member; exit 1 unless all is well",
    "diagnose": "walk the chain from this node to a login and say which link is broken",
}


WHOLE = "Publish them again, and compare the cluster's SourceS3Uri with what is there."


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code: 0 well, 1 a fault or a difference, 2 wrong usage."""
    chosen = _parser().parse_args(argv)
    os.umask(0o022)
    core_files.forbid()
    if chosen.use != "status" and os.geteuid() != 0:
        print("podlaunch: this must run as root: sudo podlaunch-node", chosen.use, file=sys.stderr)
        return 1
    log = Log(to_file=chosen.use in ("apply", "refresh"), to_stderr=chosen.json)
    node = Node(say=log.say)
    try:
        return _call(node, chosen)
    except Fault as fault:
        return _report(node, [fault])
    except ImportError as error:
        return _report(node, [Fault("PLN-BUNDLE", f"the lifecycle scripts are not complete: {error}", WHOLE, True)])
    except Exception as error:
        log.note(traceback.format_exc())
        return _report(node, [Fault("PLN-BUG", f"{type(error).__name__}: {error}", "Report this with the log.", True)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="podlaunch-node", description="Keeps this node a member of the directory.")
    uses = parser.add_subparsers(dest="use", required=True, metavar="COMMAND")
    for name, text in USES.items():
        one = uses.add_parser(name, help=text, description=text)
        one.add_argument("--json", action="store_true", help="print the result as JSON")
        if name == "apply":
            one.add_argument("--first-boot", action="store_true", help=argparse.SUPPRESS)
        if name == "diagnose":
            one.add_argument("person", nargs="?", help="also follow this person's login")
    return parser


def _call(node: Node, chosen: argparse.Namespace) -> int:
    if chosen.use in ("apply", "refresh"):
        return _apply(node, chosen)
    if chosen.use == "check":
        return _check(node, chosen.json)
    if chosen.use == "status":
        return _status(node, chosen.json)
    return _diagnose(node, chosen.person, chosen.json)


def _apply(node: Node, chosen: argparse.Namespace) -> int:
    from podlaunch_node import engine

    first = bool(getattr(chosen, "first_boot", False))
    outcome = engine.apply(node, patient=first)
    if chosen.json:
        _print(
            {
                "changes": outcome.changes,
                "faults": [fault.as_dict() for fault in outcome.faults],
                "warnings": [fault.as_dict() for fault in (*outcome.warnings, *outcome.notices)],
            }
        )
    _report(node, [*outcome.warnings, *outcome.notices])
    if outcome.faults:
        must_fail = outcome.settings is not None and outcome.settings.join_failure == "fail"
        stays = first and not must_fail and not any(fault.ours for fault in outcome.faults)
        if stays:
            node.say("this node stays in service for its own users and tries again every minute")
        code = _report(node, outcome.faults)
        return 0 if stays else code
    if outcome.changes:
        node.say(f"{len(outcome.changes)} changes made; this node is a member of the directory")
    else:
        node.say("nothing to change, nothing restarted; this node is a member of the directory")
    return 0


def _check(node: Node, as_json: bool) -> int:
    from podlaunch_node import engine, identity, install, learn

    found = {"install": list(install.check(node))}
    own = identity.find(node, patient=False)
    doubts: list[str] = []
    asked = learn.ask(node, own, lambda news: doubts.extend([str(news.doubt)] if news.doubt else []))
    plan = learn.plan(own, *asked, patient=False)
    found["settings"] = doubts
    found |= {step.NAME: list(step.check(node, plan)) for step in engine.ALL_STEPS}
    differences = {name: changes for name, changes in found.items() if changes}
    if as_json:
        _print({"differences": differences})
    for name, changes in differences.items():
        node.say(f"{name}: {'; '.join(changes)}")
    if not differences:
        node.say("nothing to change")
    return 1 if differences else 0


def _status(node: Node, as_json: bool) -> int:
    from podlaunch_node.diagnose import status

    now = status.read(node)
    if as_json:
        _print(now)
    else:
        print("\n".join(status.summary(now)))
    return 0 if status.is_well(now) else 1


def _diagnose(node: Node, person: str | None, as_json: bool) -> int:
    from podlaunch_node.diagnose import chain

    links = chain.walk(node, person)
    if as_json:
        _print({"links": [link.as_dict() for link in links]})
    else:
        print("\n".join(line for link in links for line in link.summary()))
    return 0 if all(link.is_whole for link in links) else 1


def _report(node: Node, faults: list[Fault]) -> int:
    for fault in faults:
        node.say(str(fault))
        node.say(f"  what to do: {fault.next_step}")
    return 1


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value, indent=2, sort_keys=True))
