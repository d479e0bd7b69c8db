"""What a node is in Slurm, by the cluster's settings."""

import json
from pathlib import Path

import pytest
from podlaunch_node import identity, node_type
from podlaunch_node.run import CommandError
from support import Commands, document, make_node, put

CONFIG = {
    "ClusterConfig": {"ClusterArn": "arn:aws:sagemaker:us-west-2:123456789012:cluster/abc", "ClusterName": "lab"},
    "InstanceGroups": [
        {"Name": name, "Instances": [{"CustomerIpAddress": f"10.1.0.{number}"}]}
        for number, name in enumerate(("controller", "login", "worker", "other"))
    ],
}


def found(root: Path, number: int, answer: str | CommandError | None = None) -> str:
    """The type of the node with this number, where SSM answers so."""
    if not isinstance(answer, CommandError):
        answer = json.dumps({"Parameter": {"Value": answer or document()}})
    links = json.dumps([{"addr_info": [{"local": f"10.1.0.{number}"}]}])
    node = make_node(root, Commands({"ip -json address": links, "aws ssm": answer}))
    put(node, identity.DEFAULT, json.dumps(CONFIG))
    return node_type.of(node)


@pytest.mark.parametrize(("number", "kind"), [(0, "Controller"), (1, "Login"), (2, "Compute"), (3, "unknown")])
def test_it_is_that_of_the_node_s_group(tmp_path: Path, number: int, kind: str) -> None:
    assert found(tmp_path, number) == kind


def test_it_is_unknown_where_the_settings_cannot_be_read(tmp_path: Path) -> None:
    assert found(tmp_path, 0, CommandError(["aws"], 255, "denied")) == "unknown"
    assert found(tmp_path, 0, "{}") == "unknown"
    assert found(tmp_path, 9) == "unknown", "no instance has this address"
