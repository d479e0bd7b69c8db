"""Who becomes root, and who comes in."""

from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError
from podlaunch_node.steps.login import access, sudoers
from podlaunch_node.system import files
from support import Commands, make_node, plan

GROUPS = [
    {"name": "Cluster Admin", "logIn": ["Controller"], "sudo": True},
    {"name": "Zoë (50%)", "logIn": ["Login", "Compute"], "sudo": True},
    {"name": "Readers", "logIn": ["Login"], "sudo": False},
    {"name": "Nowhere", "logIn": [], "sudo": True},
]


def test_sudo_is_for_groups_that_may_log_in_here() -> None:
    text = sudoers.render(plan("login", groups=GROUPS))
    assert '"%Zoë (50%)" ALL=(ALL:ALL) NOPASSWD: ALL\n' in text
    assert "Cluster Admin" not in text
    assert "Readers" not in text
    assert "Nowhere" not in text
    assert "Defaults match_group_by_gid\n" in text


def test_visudo_reads_it_first(tmp_path: Path) -> None:
    commands = Commands()
    node = make_node(tmp_path, commands)
    assert sudoers.check(node, plan())
    sudoers.apply(node, plan())
    sudoers.verify(node, plan())
    assert sudoers.check(node, plan()) == []
    assert node.path(sudoers.FILE).stat().st_mode & 0o777 == 0o440
    assert commands.ran("visudo --check --quiet --file")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Set group_source dynamic\n"),
        ("# comment\n", "# comment\nSet group_source dynamic\n"),
        ("Set group_source static\nSet x y\n", "Set group_source dynamic\nSet x y\n"),
        ("Set group_source dynamic\n", "Set group_source dynamic\n"),
        ("# Set group_source static\n", "# Set group_source static\nSet group_source dynamic\n"),
    ],
)
def test_sudo_asks_for_groups_anew_and_nothing_else_of_its_file_changes(before: str, after: str) -> None:
    assert sudoers.with_group_source(before) == after
    assert sudoers.with_group_source(after) == after


def test_what_visudo_refuses_is_not_written(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"visudo": CommandError(["visudo"], 1, "syntax error")}))
    with pytest.raises(Fault, match="PLN-SUDO") as caught:
        sudoers.apply(node, plan())
    assert caught.value.ours
    assert files.read(node, sudoers.FILE) is None
    with pytest.raises(Fault, match="PLN-SUDO"):
        sudoers.verify(node, plan())


def test_the_gate_names_the_groups_of_this_node_type_and_nobody_else() -> None:
    lines = access.render(plan("login", groups=GROUPS)).splitlines()
    assert lines[1:] == ["+:(Zoë (50%)):ALL", "+:(Readers):ALL", "-:ALL:ALL"]


def test_the_gate_is_closed_until_it_is_opened(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    assert not access.is_open(node)
    access.close_unless_open(node)
    assert files.read(node, access.FILE) == access.CLOSED
    assert not access.is_open(node)
    access.apply(node, plan())
    access.verify(node, plan())
    assert access.is_open(node)
    access.close_unless_open(node)
    assert access.is_open(node), "a member stays one"


def test_whoever_is_refused_reads_why() -> None:
    assert "Readers" in access.render_refused(plan("login", groups=GROUPS))
    assert "(50%%)" in access.render_refused(plan("login", groups=GROUPS)), "pam_echo's escape"
    assert "No group" in access.render_refused(plan("worker", groups=[GROUPS[0]]))


def test_a_gate_that_was_edited_is_put_back(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    access.apply(node, plan())
    files.write(node, access.FILE, "+:ALL:ALL\n")
    assert access.check(node, plan())
    with pytest.raises(Fault, match="PLN-ACCESS"):
        access.verify(node, plan())
