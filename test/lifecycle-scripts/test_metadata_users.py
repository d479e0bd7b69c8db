"""Who may use the node's role."""

from pathlib import Path

import pytest
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.metadata import metadata_users
from support import Answer, Commands, make_node, plan, put

ROOT = "root:x:0:0::/root:/bin/bash\n"
FREE = Done(2, "", "")


def node(root: Path, passwd: str, of_10001: Answer | str = FREE) -> Node:
    """A node with these accounts."""
    return make_node(root, Commands({"getent -s files passwd": ROOT + passwd, "getent passwd 10001": of_10001}))


def test_root_ubuntu_and_what_runs_without_an_account_pass(tmp_path: Path) -> None:
    passwd = "ubuntu:x:1000:1000::/home/ubuntu:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"
    assert metadata_users.allowed(node(tmp_path, passwd)) == [0, 1000, 10001]


def test_the_settings_add_services_of_the_node_s_own_and_never_somebody_who_logs_in(tmp_path: Path) -> None:
    rows = "telegraf:x:998:998::/:/bin/false\nme:x:1200:1200::/home/me:/bin/bash\n"
    made, wanted = node(tmp_path, rows), plan(metadataAccounts=["telegraf", "me", "not-here"]).settings
    assert metadata_users.allowed(made, wanted) == [0, 998, 10001]
    assert metadata_users.allowed(made, plan().settings) == [0, 10001]


@pytest.mark.parametrize("name", metadata_users.SERVICES)
def test_a_service_passes_by_its_low_number_or_because_nobody_can_log_in_as_it(tmp_path: Path, name: str) -> None:
    for row in (f"{name}:x:120:120::/:/bin/bash\n", f"{name}:x:1200:1200::/:/usr/sbin/nologin\n"):
        assert int(row.split(":")[2]) in metadata_users.allowed(node(tmp_path, row))


@pytest.mark.parametrize("name", metadata_users.SERVICES)
def test_a_person_with_the_name_of_a_service_does_not(tmp_path: Path, name: str) -> None:
    assert 1200 not in metadata_users.allowed(node(tmp_path, f"{name}:x:1200:1200::/home/{name}:/bin/bash\n"))


@pytest.mark.parametrize("name", ["nobody", "munge", "messagebus", "alice"])
def test_no_other_account_does(tmp_path: Path, name: str) -> None:
    assert metadata_users.allowed(node(tmp_path, f"{name}:x:120:120::/:/usr/sbin/nologin\n")) == [0, 10001]


def test_systems_manager_s_account_passes_while_it_is_an_administrator_s(tmp_path: Path) -> None:
    made = node(tmp_path, "ssm-user:x:1001:1001::/home/ssm-user:/bin/sh\n")
    assert 1001 not in metadata_users.allowed(made)
    put(made, metadata_users.SSM_SUDO, "# User rules for ssm-user\nssm-user ALL=(ALL) NOPASSWD:ALL\n")
    assert 1001 in metadata_users.allowed(made)
    put(made, metadata_users.SSM_SUDO, "# ssm-user ALL=(ALL) NOPASSWD:ALL\n")
    assert 1001 not in metadata_users.allowed(made)


@pytest.mark.parametrize(
    "somebody", ["carol:*:10001:10001::/home/carol:/bin/bash\n", CommandError(["getent"], None, "no end after 10 s")]
)
def test_a_container_s_number_passes_only_while_it_is_nobody_s(tmp_path: Path, somebody: Answer | str) -> None:
    assert metadata_users.allowed(node(tmp_path, "", somebody)) == [0]


def test_a_container_s_number_never_passes_where_people_s_containers_may_use_it(tmp_path: Path) -> None:
    made = node(tmp_path, "")
    put(made, metadata_users.SUBORDINATE, "bob:100000:65536\n")
    assert 10001 in metadata_users.allowed(made)
    put(made, metadata_users.SUBORDINATE, "bob:100000:65536\ncarol:10000:65536\n")
    assert 10001 not in metadata_users.allowed(made)
