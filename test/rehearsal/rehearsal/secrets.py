"""The stack's secrets, and where they must not be."""

import json

from lab.machine import Machine
from lab.secrets import holding
from rehearsal import cloud
from rehearsal.world import World

SECRETS = ("AdminSecret", "BindSecret")


def passwords(world: World, stack: str) -> list[str]:
    """The passwords that the stack has generated."""
    made = cloud.resources(world.cloud, stack)
    return [cloud.secret(world.cloud, made[name])["password"] for name in SECRETS]


def are_nowhere(world: World, stack: str, secrets: list[str]) -> None:
    """Fails where one is in an event, an output, a parameter, a log of a function, or a log of a machine."""
    with world.times.phase("no secret of the stack is in an event, output, parameter or log"):
        places = told(world, stack)
        assert any("put ada into ClusterAdmin" in text for text in places.values()), "the logs have nothing to look at"
        for place, text in places.items():
            assert not any(secret in text for secret in secrets), f"a secret is in {place}"
        for machine in logging(world):
            found = holding(machine, "/var/log", *secrets)
            assert not found, f"a secret is in {machine.name}: {found}"


def told(world: World, stack: str) -> dict[str, str]:
    """All that AWS says of the stack, by place."""
    places = {
        "the events": ("cloudformation", "describe-stack-events", "--stack-name", stack),
        "outputs and parameters": ("cloudformation", "describe-stacks", "--stack-name", stack),
        "the template": ("cloudformation", "get-template", "--stack-name", stack),
        "parameters of Systems Manager": ("ssm", "get-parameters-by-path", "--path", "/podlaunch", "--recursive"),
        "the functions' settings": ("lambda", "list-functions"),
    }
    found = {place: json.dumps(world.cloud.aws(*words)) for place, words in places.items()}
    for group in world.cloud.aws("logs", "describe-log-groups")["logGroups"]:
        name = group["logGroupName"]
        found[f"the log {name}"] = json.dumps(world.cloud.aws("logs", "filter-log-events", "--log-group-name", name))
    return found


def logging(world: World) -> list[Machine]:
    """The machines whose logs are looked through."""
    return [node.machine for node in world.lab.nodes.values()]
