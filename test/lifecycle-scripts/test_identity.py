"""A node finds its cluster and group by its own address."""

import json
from pathlib import Path
from typing import Any

import pytest
from podlaunch_node import identity
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from support import Clock, Commands, make_node, put

ARN = "arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:cluster/abc"


def config(*addresses: str) -> dict[str, Any]:
    """resource_config.json with one group an address."""
    groups = [
        {"Name": f"group-{number}", "InstanceType": "ml.c5.large", "Instances": [{"CustomerIpAddress": address}]}
        for number, address in enumerate(addresses)
    ]
    return {"ClusterConfig": {"ClusterArn": ARN, "ClusterName": "lab"}, "InstanceGroups": groups}


def node_at(root: Path, address: str, clock: Clock | None = None) -> Node:
    """A node with this address."""
    links = json.dumps([{"addr_info": [{"local": "127.0.0.1"}]}, {"addr_info": [{"local": address}]}, {}])
    return make_node(root, Commands({"ip -json address": links}), clock)


def test_the_group_is_that_of_its_address(tmp_path: Path) -> None:
    node = node_at(tmp_path, "10.1.0.2")
    put(node, identity.DEFAULT, json.dumps(config("10.1.0.1", "10.1.0.2", "10.1.0.3")))
    found = identity.find(node, patient=False)
    assert (found.cluster_name, found.region) == ("lab", "us-gov-west-1")
    assert (found.group, found.nodes) == ("group-1", 3)


def test_the_path_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGEMAKER_RESOURCE_CONFIG_PATH", "/elsewhere.json")
    node = node_at(tmp_path, "10.1.0.1")
    put(node, "/elsewhere.json", json.dumps(config("10.1.0.1")))
    assert identity.find(node, patient=False).group == "group-0"


def test_what_was_found_once_serves_when_the_file_is_stale(tmp_path: Path) -> None:
    node = node_at(tmp_path, "10.1.0.1")
    put(node, identity.DEFAULT, json.dumps(config("10.1.0.1")))
    first = identity.find(node, patient=False)
    identity.keep(node, first)
    put(node, identity.DEFAULT, json.dumps(config("10.9.9.9")))
    assert identity.find(node, patient=True) == first


def test_at_first_boot_a_stale_file_is_read_again_for_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    node = node_at(tmp_path, "10.1.0.1", clock)
    with pytest.raises(Fault) as caught:
        identity.find(node, patient=True)
    assert caught.value.code == "PLN-IDENTITY"
    assert not caught.value.ours
    assert "10.1.0.1" in caught.value.message
    assert sum(clock.slept) == 55


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", json.dumps({"ClusterConfig": {}, "InstanceGroups": [{}]})])
def test_a_broken_file_is_no_match(text: str | None) -> None:
    assert identity.match(text, {"10.1.0.1"}) is None


def test_a_group_without_instances_is_passed_over() -> None:
    text = config("10.1.0.1")
    text["InstanceGroups"].insert(0, {"Name": "empty", "Instances": None})
    found = identity.match(json.dumps(text), {"10.1.0.1"})
    assert found and found.group == "group-0"


def test_what_another_version_kept_in_another_form_is_passed_over(tmp_path: Path) -> None:
    node = node_at(tmp_path, "10.1.0.1")
    put(node, identity.KEPT, '{"cluster": "old form"}')
    with pytest.raises(Fault, match="PLN-IDENTITY"):
        identity.find(node, patient=False)
