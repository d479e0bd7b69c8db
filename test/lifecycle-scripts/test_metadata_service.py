"""The metadata service is closed first, kept closed, and opened by the settings only."""

from pathlib import Path

import pytest
from metadata_world import ABSENT, OPEN_TO_NOBODY, kernel
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError
from podlaunch_node.steps.metadata import metadata_service
from podlaunch_node.system import files
from support import make_node, plan

FILES = (metadata_service.RULES, metadata_service.UNIT, metadata_service.BESIDE, metadata_service.MOTD)


def test_closed_is_written_checked_enabled_and_started(tmp_path: Path) -> None:
    run = kernel(listed=ABSENT)
    node = make_node(tmp_path, run)
    assert "the metadata service is open to users: the rules are not in the kernel" in metadata_service.check(
        node, plan()
    )
    metadata_service.apply(node, plan())
    assert run.ran("/usr/sbin/nft --check --file")
    assert run.lines[-2:] == [
        "systemctl enable podlaunch-metadata.service",
        "systemctl reload-or-restart podlaunch-metadata.service",
    ]
    with pytest.raises(Fault, match="PLN-METADATA"):
        metadata_service.verify(node, plan())
    run.answers["/usr/sbin/nft list table"] = ""
    metadata_service.verify(node, plan())
    assert metadata_service.check(node, plan()) == []


def test_rules_that_refuse_nobody_are_not_in_force(tmp_path: Path) -> None:
    run = kernel()
    node = make_node(tmp_path, run)
    metadata_service.apply(node, plan())
    assert metadata_service.is_as_wanted(node, plan().settings)
    run.answers["setpriv"] = OPEN_TO_NOBODY
    assert metadata_service.check(node, plan()) == [
        "the metadata service is open to users: 169.254.169.254 port 80, asked as nobody: CONNECTED"
    ]
    assert not metadata_service.is_as_wanted(node, plan().settings)
    with pytest.raises(Fault, match="PLN-METADATA") as caught:
        metadata_service.verify(node, plan())
    assert not caught.value.ours


def test_rules_that_shut_root_out_too_are_a_fault_but_not_open(tmp_path: Path) -> None:
    run = kernel()
    node = make_node(tmp_path, run)
    run.answers["/usr/bin/python3 -IB"] = "EHOSTUNREACH"
    with pytest.raises(Fault, match=r"cannot reach .* asked as root: EHOSTUNREACH"):
        metadata_service.verify(node, plan())
    assert metadata_service.is_as_wanted(node, plan().settings)


def test_the_first_act_loads_rules_without_a_file_unless_the_kept_settings_open_it(tmp_path: Path) -> None:
    run = kernel(listed=ABSENT)
    node = make_node(tmp_path, run)
    metadata_service.close_at_once(node, plan(userMetadataAccess="open").settings)
    assert not run.ran("/usr/sbin/nft --file")
    metadata_service.close_at_once(node, None)
    assert run.lines[-1] == "/usr/sbin/nft --file -"
    assert [files.read(node, path) for path in FILES] == [None] * len(FILES)
    run.answers["/usr/sbin/nft list table"] = ""
    run.lines.clear()
    metadata_service.close_at_once(node, plan().settings)
    assert not run.ran("/usr/sbin/nft --file")


def test_it_is_kept_closed_before_anything_is_asked_for(tmp_path: Path) -> None:
    node = make_node(tmp_path, kernel())
    assert metadata_service.keep_closed(node, plan(userMetadataAccess="open").settings) == []
    assert metadata_service.keep_closed(node, None)
    assert all(files.read(node, path) for path in FILES)
    assert metadata_service.keep_closed(node, plan().settings) == []


def test_rules_that_do_not_take_effect_are_said_early(tmp_path: Path) -> None:
    run = kernel()
    run.answers["setpriv"] = OPEN_TO_NOBODY
    with pytest.raises(Fault, match="PLN-METADATA"):
        metadata_service.keep_closed(make_node(tmp_path, run), None)


def test_settings_that_are_not_known_open_nothing(tmp_path: Path) -> None:
    run = kernel(listed=ABSENT)
    node = make_node(tmp_path, run)
    assert not metadata_service.is_as_wanted(node, None)
    assert metadata_service.is_as_wanted(node, plan(userMetadataAccess="open").settings)
    with pytest.raises(Fault, match="PLN-METADATA"):
        metadata_service.require(node, None)


def test_open_takes_everything_away(tmp_path: Path) -> None:
    run = kernel()
    node = make_node(tmp_path, run)
    metadata_service.apply(node, plan())
    wanted = plan(userMetadataAccess="open")
    assert metadata_service.check(node, wanted)
    with pytest.raises(Fault, match="still there"):
        metadata_service.verify(node, wanted)
    metadata_service.apply(node, wanted)
    assert "/usr/sbin/nft delete table inet podlaunch_metadata" in run.lines
    assert [files.read(node, path) for path in FILES] == [None] * len(FILES)
    run.answers["/usr/sbin/nft list table"] = ABSENT
    assert metadata_service.check(node, wanted) == []
    metadata_service.verify(node, wanted)


def test_a_kernel_without_nftables_keeps_directory_users_out(tmp_path: Path) -> None:
    run = kernel(listed=ABSENT)
    run.answers["/usr/sbin/nft --check"] = CommandError(["nft"], 1, "Protocol not supported")
    with pytest.raises(Fault, match="PLN-METADATA") as caught:
        metadata_service.apply(make_node(tmp_path, run), plan())
    assert not caught.value.ours
