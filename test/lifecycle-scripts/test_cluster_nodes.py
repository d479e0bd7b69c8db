"""The cluster's own nodes: their addresses and networks."""

import json
from pathlib import Path

import pytest
from podlaunch_node import identity
from podlaunch_node.node import Node
from podlaunch_node.steps.node import cluster_nodes
from support import Commands, make_node, put


def node_at(root: Path, address: str, length: int, *others: str) -> Node:
    """A node with this address, in a cluster with others."""
    links = [
        {"addr_info": [{"local": "127.0.0.1", "prefixlen": 8}]},
        {"addr_info": [{"local": "169.254.7.1", "prefixlen": 22}, {"local": address, "prefixlen": length}]},
        {},
    ]
    made = make_node(root, Commands({"ip -json address": json.dumps(links)}))
    groups = [{"Name": "a", "Instances": None}, {"Name": "b"}]
    groups += [{"Name": one, "Instances": [{"CustomerIpAddress": one}, {}]} for one in (address, *others)]
    put(made, identity.DEFAULT, json.dumps({"ClusterConfig": {}, "InstanceGroups": groups}))
    return made


def test_addresses_are_those_of_all_groups(tmp_path: Path) -> None:
    node = node_at(tmp_path, "10.1.0.2", 16, "10.1.7.9", "10.1.0.3")
    assert cluster_nodes.addresses(node) == ["10.1.0.2", "10.1.0.3", "10.1.7.9"]


@pytest.mark.parametrize(
    ("address", "length", "others", "found"),
    [
        ("10.1.0.2", 16, ("10.1.7.9",), ["10.1.0.0/16"]),
        ("10.1.32.2", 19, ("10.1.40.1", "10.1.64.1"), ["10.1.32.0/19", "10.1.64.0/19"]),
        ("10.1.0.2", 24, ("10.1.1.2",), ["10.1.0.0/23"]),
        ("fd00::2", 64, ("fd00::9",), ["fd00::/64"]),
    ],
)
def test_networks_are_those_of_the_nodes(
    tmp_path: Path, address: str, length: int, others: tuple[str, ...], found: list[str]
) -> None:
    assert cluster_nodes.networks(node_at(tmp_path, address, length, *others)) == found


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"InstanceGroups": [1]}', '{"InstanceGroups": null}'])
def test_a_file_that_cannot_be_read_has_none(tmp_path: Path, text: str) -> None:
    node = make_node(tmp_path)
    assert cluster_nodes.addresses(node) == []
    put(node, identity.DEFAULT, text)
    assert cluster_nodes.addresses(node) == []
    assert cluster_nodes.networks(node) == []


def test_a_node_that_is_not_in_the_file_knows_no_network(tmp_path: Path) -> None:
    node = node_at(tmp_path, "10.1.0.2", 16)
    put(node, identity.DEFAULT, json.dumps({"InstanceGroups": [{"Instances": [{"CustomerIpAddress": "10.1.0.9"}]}]}))
    assert cluster_nodes.networks(node) == []
