"""What a cluster's nodes ask of AWS, second by second, against the rates that AWS publishes for an account.

A service is a token bucket of one second's requests. A refused request is tried again as the AWS CLI does it: after a
random part of 2, 4, 8 … seconds, at most 20, six tries in all (podlaunch_node/system/aws.py).
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from podlaunch_node.node import Node
from podlaunch_node.steps.node import refresh_timer
from podlaunch_node.system import aws

SSM, SECRETS, ACM = "Parameter Store", "Secrets Manager", "ACM"
RATES = {SSM: 40, SECRETS: 10_000, ACM: 10}
"""Requests a second in an account and region: GetParameter, GetSecretValue, GetCertificate (AWS's default quotas)."""
TRIES = int(aws.ENV["AWS_MAX_ATTEMPTS"])
LONGEST_WAIT = 20.0


@dataclass(frozen=True)
class Answered:
    """What became of one service's requests."""

    sent: int
    peak: int
    """Most requests in one second, repeated ones included."""
    refused: int
    lost: int
    """Requests that were refused six times: the node's run ends with PLN-AWS and is repeated by its timer."""
    last: float
    """When the last request was answered, in seconds."""


def first_boot(nodes: int, chance: random.Random) -> dict[str, Answered]:
    """Every node boots in the same second, waits as aws.spread says, and asks all three services."""
    machine = Node(chance=chance.random)
    return _each(((name, (aws.spread(machine, nodes) for _ in range(nodes))) for name in RATES), chance)


def steady(nodes: int, refresh_seconds: int, hours: int, chance: random.Random) -> dict[str, Answered]:
    """Refreshes for some hours: settings and bind secret at each; the certificate is kept."""
    return _each(((name, _timer(nodes, refresh_seconds, hours, chance)) for name in (SSM, SECRETS)), chance)


def outage(nodes: int, minutes: int, chance: random.Random, pace: int | None = None) -> dict[str, Answered]:
    """Every node has the same fault for some minutes, and tries again at `pace` (as they do, where it is None)."""
    seconds = refresh_timer.retry_seconds(nodes) if pace is None else pace
    return _each(((name, _timer(nodes, seconds, minutes / 60, chance)) for name in (SSM, SECRETS)), chance)


def new_certificate(nodes: int, refresh_seconds: int, chance: random.Random, wait: bool = True) -> Answered:
    """Another authority's certificate: at its next refresh each node asks ACM, after a wait of its own."""
    machine = Node(chance=chance.random)
    times = (
        _gap(refresh_seconds, chance) * chance.random() + (aws.spread(machine, nodes) if wait else 0.0)
        for _ in range(nodes)
    )
    return _serve(ACM, times, chance)


def _timer(nodes: int, seconds: int, hours: float, chance: random.Random) -> Iterable[float]:
    """The moments at which the nodes' timers fire: half of `seconds` and a random part of the other half apart."""
    for _ in range(nodes):
        at = chance.random() * seconds
        while at < hours * 3600:
            yield at
            at += _gap(seconds, chance)


def _gap(seconds: int, chance: random.Random) -> float:
    return seconds / 2 + chance.random() * seconds / 2


def _each(asked: Iterable[tuple[str, Iterable[float]]], chance: random.Random) -> dict[str, Answered]:
    return {name: _serve(name, times, chance) for name, times in asked}


def _serve(name: str, times: Iterable[float], chance: random.Random) -> Answered:
    """Plays the requests that are first sent at these times."""
    rate = RATES[name]
    ahead = [(at, 1) for at in times]
    heapq.heapify(ahead)
    sent = len(ahead)
    tokens, before, refused, lost, last = float(rate), 0.0, 0, 0, 0.0
    seconds: Counter[int] = Counter()
    while ahead:
        at, attempt = heapq.heappop(ahead)
        seconds[int(at)] += 1
        tokens = min(float(rate), tokens + (at - before) * rate)
        before = at
        if tokens >= 1:
            tokens -= 1
            last = at
            continue
        refused += 1
        if attempt == TRIES:
            lost += 1
        else:
            heapq.heappush(ahead, (at + chance.random() * min(LONGEST_WAIT, 2.0**attempt), attempt + 1))
    return Answered(sent, max(seconds.values(), default=0), refused, lost, last)
