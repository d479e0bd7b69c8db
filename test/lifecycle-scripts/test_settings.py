"""The settings document becomes Settings, or a fault with every violation."""

import json
from pathlib import Path

import pytest
from podlaunch_node import settings
from podlaunch_node.faults import Fault
from support import document, make_node


def test_fields_and_defaults() -> None:
    found = settings.parse(document(), "a test")
    assert found.directory.ldaps_host == "ldaps.corp.example.com"
    assert found.node_types == {"controller": "Controller", "login": "Login", "worker": "Compute"}
    assert (found.home_root, found.ssh_key_pair) == ("/fsx/home", True)
    assert (found.join_failure, found.expired_password) == ("retry", "refuse-password")
    assert found.refresh_seconds == 600


@pytest.mark.parametrize(("given", "root"), [("/home/", "/home"), ("/", "/"), ("/fsx//home", "/fsx//home")])
def test_the_home_root_has_no_slash_at_its_end(given: str, root: str) -> None:
    assert settings.parse(document(homeRoot=given), "a test").home_root == root


def test_only_the_groups_of_a_node_type_may_log_in_there() -> None:
    found = settings.parse(document(), "a test")
    assert [group.name for group in found.groups_on("Login")] == ["ClusterAdmin", "Data Science"]
    assert [group.name for group in found.groups_on("Compute")] == ["ClusterAdmin"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", document(groups="everybody"), document(schemaVersion=2)])
def test_what_is_not_valid_is_a_fault_of_ours_that_names_the_place(text: str) -> None:
    with pytest.raises(Fault) as caught:
        settings.parse(text, "/podlaunch/lab/node-settings")
    assert caught.value.code == "PLN-SETTINGS"
    assert caught.value.ours
    assert "/podlaunch/lab/node-settings" in caught.value.message


def test_the_document_is_kept_for_root_only_and_once(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    assert settings.kept(node) is None
    assert settings.keep(node, document())
    assert not settings.keep(node, document())
    assert json.loads(settings.kept(node) or "")["clusterName"] == "lab"
    assert node.path(settings.KEPT).stat().st_mode & 0o777 == 0o600
