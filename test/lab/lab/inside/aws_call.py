"""Calls operations of the lab's AWS endpoint, one for each line of standard input.

A line is {"service", "operation", "arguments", "binary"}; the answer is a line with {"answer"} or {"error"}. One
process for all of them: loading boto3 takes longer than a hundred calls.
"""

import json
import sys
from typing import Any

import boto3

clients: dict[str, Any] = {}


def client(service: str) -> Any:  # noqa: ANN401
    """The client of a service, made once."""
    if service not in clients:
        clients[service] = boto3.client(
            service,
            region_name=sys.argv[1],
            endpoint_url="http://127.0.0.1:5000",
            aws_access_key_id="lab",
            aws_secret_access_key="lab",
        )
    return clients[service]


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What the operation gave back, or why it failed."""
    arguments = {k: v.encode() if k in asked["binary"] else v for k, v in asked["arguments"].items()}
    try:
        return {"answer": getattr(client(asked["service"]), asked["operation"])(**arguments)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), flush=True)
