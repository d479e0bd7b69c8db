"""Groups of the settings whose names sudo, PAM or sshd would take for others."""

from pathlib import Path

import pytest
from podlaunch_node import settings
from podlaunch_node.faults import Fault
from podlaunch_node.steps.login import group_names
from support import Commands, document, make_node

LOCAL = ["root", "docker", "sudo", "zo11", "nogroup"]


def wanted(*names: str) -> settings.Settings:
    """Settings with these groups."""
    return settings.parse(
        document(groups=[{"name": name, "logIn": ["Login"], "sudo": True} for name in names]), "a test"
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("#0", "a number to sudo"),
        ("1000", "taken for a number"),
        ("10.4", "taken for a number"),
        (" ClusterDev", "begins or ends with a blank"),
        ("ClusterDev ", "begins or ends with a blank"),
        ("docker", "cannot be told from the node's own group docker"),
        ("Docker", "cannot be told from the node's own group docker"),
        ("zoë", "cannot be told from the node's own group zo11"),
    ],
)
def test_a_name_that_means_something_else_on_the_node_is_refused(name: str, why: str) -> None:
    (found,) = group_names.mistakable(wanted("ClusterAdmin", name).groups, LOCAL)
    assert why in found


def test_other_names_are_not() -> None:
    names = (
        "ClusterAdmin",
        "Data Science",
        "Domain Users",
        "dev-ops_2.0",
        "Ärzte",
        "a#b",
        "sudoers",
        "2024-cohort",
        "物理学の研究者たち",
    )
    assert group_names.mistakable(wanted(*names).groups, LOCAL) == []


def test_the_launch_fails_and_every_such_group_is_named(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"getent -s files group": "root:x:0:\nadm:x:4:syslog,ubuntu\n"}))
    group_names.require_unmistakable(node, wanted("ClusterAdmin"))
    with pytest.raises(Fault, match=r"PLN-SETTINGS.*#27.*adm") as caught:
        group_names.require_unmistakable(node, wanted("#27", "ClusterAdmin", "adm"))
    assert caught.value.ours
