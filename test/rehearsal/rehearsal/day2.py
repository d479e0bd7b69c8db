"""What changes on a cluster that is in use, and nobody notices."""

import json
from pathlib import Path

from lab.balancer import ADDRESS
from lab.cluster import Lab
from lab.directory import ADDRESSES, stop_serving
from lab.machine import wait_for
from rehearsal import cloud
from rehearsal.emulators import Refused
from rehearsal.world import World

NEW_ADDRESS = "10.192.10.13"
LOGINS = 50
"""How many people log in meanwhile, at least."""


def renew(world: World, stack: str) -> None:
    """The certificate is old enough, and its schedule's run renews it: the same ARN, the same authority."""
    with world.times.phase("the certificate is renewed, by what its schedule asks"):
        before = shown(world)
        fire(world, stack, "Certificate")
        wait_for(lambda: shown(world) != before, 30, "the load balancer shows another certificate")
        assert world.lab.nodes["login-1"].podlaunch("check").ok


def replace_controller(world: World, stack: str) -> None:
    """A controller fails, and AWS makes another with another address: the schedule's run makes that one a target."""
    with world.times.phase("a controller is replaced by one with another address, by what its schedule asks"):
        move_controller(world.lab)
        world.behind.controllers[1] = NEW_ADDRESS
        fire(world, stack, "AlignTargets")
        assert targets(world, stack) == {ADDRESSES["dc1"], NEW_ADDRESS}


def move_controller(lab: Lab) -> None:
    """Stops the second controller, and starts it with another address; the two find each other again."""
    machine, old = lab.directory.dc2, ADDRESSES["dc2"]
    stop_serving(machine)
    machine.sh(f"ip address delete {old}/24 dev eth0; ip address add {NEW_ADDRESS}/24 dev eth0")
    for each in lab.directory.controllers():
        each.must("sed", "-i", f"s/{old}/{NEW_ADDRESS}/", "/etc/hosts")
    machine.must("samba", "-D")
    answers = lambda: lab.balancer.machine.run("nc", "-z", NEW_ADDRESS, "389").ok  # noqa: E731
    wait_for(answers, 60, "the controller answers at its new address")


def fire(world: World, stack: str, function: str) -> None:
    """Invokes a function as its schedule does, with the schedule's input. Raises Refused with the function's words."""
    group = cloud.resources(world.cloud, stack)[f"{function}ScheduleGroup"]
    (schedule,) = world.cloud.aws("scheduler", "list-schedules", "--group-name", group)["Schedules"]
    which = ("--name", schedule["Name"], "--group-name", group)
    target = world.cloud.aws("scheduler", "get-schedule", *which)["Target"]
    answer = Path(world.cloud.folder) / "answer.json"
    asked = ("--function-name", target["Arn"], "--payload", target["Input"])
    done = world.cloud.aws("lambda", "invoke", *asked, str(answer))
    if "FunctionError" in done:
        raise Refused(f"{function}: {json.loads(answer.read_text())}")


def targets(world: World, stack: str) -> set[str]:
    """The addresses of the load balancer's targets."""
    group = cloud.resources(world.cloud, stack)["LdapsTargets"]
    described = world.cloud.aws("elbv2", "describe-target-health", "--target-group-arn", group)
    return {one["Target"]["Id"] for one in described["TargetHealthDescriptions"]}


def shown(world: World) -> str:
    """The serial number of the certificate that a node is shown."""
    ask = f"openssl s_client -connect {ADDRESS}:636 </dev/null 2>/dev/null | openssl x509 -noout -serial"
    return world.lab.nodes["login-1"].machine.sh(ask).strip()
