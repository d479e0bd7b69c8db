"""A load balancer that forgets an idle connection in silence, and answers the next packet with RST."""

import time
from collections.abc import Iterator

import pytest

from lab import balancer
from lab.cluster import Lab
from lab.machine import Result, wait_for
from lab.node import Node
from lab.report import Report

IDLE = 6
EXPIRE = 4

PROBE = """
import os, select, socket, ssl, sys, time
context = ssl.create_default_context()
context.maximum_version = ssl.TLSVersion.TLSv1_2  # 1.3 sends tickets, which would be read as a goodbye
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
link = context.wrap_socket(socket.create_connection((sys.argv[1], 636)))
time.sleep(float(sys.argv[2]))
below = socket.socket(fileno=os.dup(link.fileno()))
print("goodbye" if select.select([below], [], [], 0)[0] else "silent")
below.send(b"x")
try:
    print(below.recv(1))
except ConnectionResetError:
    print("reset")
"""


@pytest.fixture(scope="module")
def nlb(lab: Lab, first_joins: dict[str, Result]) -> Iterator[Node]:
    """The login node behind the model of an NLB; afterwards behind haproxy again."""
    login = lab.nodes["login-1"]
    try:
        # A node that has once gone offline stays so for a minute: the checks see it.
        lab.publish_settings(connectionExpireSeconds=EXPIRE, offlineSeconds=60)
        lab.balancer.serve_as_nlb(lab.leaf, IDLE)
        assert login.podlaunch("refresh").ok
        login.wait_online()
        yield login
    finally:
        lab.publish_settings()
        lab.balancer.serve(lab.leaf)
        assert login.podlaunch("refresh").ok
        login.wait_online()


def test_the_model_is_silent_and_then_resets(lab: Lab, nlb: Node) -> None:
    said = lab.laptop.machine.must("python3", "-c", PROBE, balancer.ADDRESS, str(IDLE + 6))
    assert said.split() == ["silent", "reset"]


def test_the_first_look_up_after_the_idle_time_never_fails(lab: Lab, nlb: Node, report: Report) -> None:
    slowest = 0.0
    for _ in range(4):
        nlb.machine.must("id", "max")
        time.sleep(IDLE + 2)
        nlb.forget_cache()
        said = nlb.machine.run("id", "max")
        assert said.ok
        wait_for(lambda: nlb.online("max"), 20, "the directory answered, not the cache")
        slowest = max(slowest, said.seconds)
    report.figure("slowest first look-up after the load balancer forgot the connection", slowest * 1000)
    report.fault(
        "the load balancer forgets an idle connection", f"the next look-up takes {slowest:.2f} s", "one look-up"
    )


@pytest.mark.real_time
def test_at_350_seconds_with_the_default_settings_too(lab: Lab, login: Node, report: Report) -> None:
    lab.balancer.serve_as_nlb(lab.leaf, 350)
    try:
        login.wait_online()
        for _ in range(3):
            time.sleep(360)
            login.forget_cache()
            said = login.machine.run("id", "max")
            assert said.ok
            assert login.online("max")
            report.figure("first look-up after 360 idle seconds", said.seconds * 1000)
    finally:
        lab.balancer.serve(lab.leaf)
