"""AWS, through the `aws` command that every node has."""

from __future__ import annotations

import json
from typing import Any

from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.system import aws_advice

# Adaptive: the command slows down when many nodes ask at once. Nothing is written to its history.
# By itself it gives the metadata service one second for a token, and asks for the role once.
ENV = {
    "AWS_RETRY_MODE": "adaptive",
    "AWS_MAX_ATTEMPTS": "6",
    "AWS_METADATA_SERVICE_TIMEOUT": "5",
    "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "3",
    "AWS_PAGER": "",
    "AWS_CLI_HISTORY_FILE": "/dev/null",
}


def call(node: Node, region: str, service: str, operation: str, *arguments: str) -> dict[str, Any]:
    """One API call; returns its answer. The answer is captured and never logged: it may be a secret.

    Throws Fault PLN-AWS with AWS's reason.
    """
    argv = ["aws", service, operation, *arguments, "--region", region, "--output", "json"]
    argv += ["--cli-connect-timeout", "5", "--cli-read-timeout", "20"]
    try:
        answer = json.loads(node.run(argv, env=ENV, timeout=180, secret=True).stdout)
    except CommandError as error:
        raise _fault(f"{service} {operation}", arguments, error) from error
    except ValueError as error:
        raise Fault("PLN-AWS", f"aws {service} {operation} did not answer in JSON", "Run it by hand.") from error
    return dict(answer)


def spread(node: Node, nodes: int) -> float:
    """Seconds to wait before the first call, so that a whole cluster does not ask in one second.

    ACM answers 10 requests a second in an account: a random moment of nodes/8 seconds.
    """
    return node.chance() * nodes / 8


def _fault(what: str, arguments: tuple[str, ...], error: CommandError) -> Fault:
    said = error.stderr.splitlines()[-1] if error.stderr else str(error)
    return Fault("PLN-AWS", f"aws {what} {' '.join(arguments)}: {said}", aws_advice.next_step(said))
