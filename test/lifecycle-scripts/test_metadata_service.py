"""The rules that close the instance metadata service."""

from pathlib import Path

import pytest
from podlaunch_node import files, metadata_service
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError, Done
from support import Commands, make_node, plan

UBUNTU = "ubuntu:x:1000:1000::/home/ubuntu:/bin/bash\n"
IN_FORCE = "table inet podlaunch_metadata { ip daddr 169.254.169.254 reject … ip daddr 169.254.169.254 reject }"
ABSENT = Done(1, "", "No such file or directory")


def commands(listed: Done | str) -> Commands:
    """A node with `ubuntu`, whose kernel holds these rules."""
    return Commands(
        {
            "getent -s files passwd ubuntu": UBUNTU,
            "/usr/sbin/nft list": listed,
            "systemctl is-enabled": "enabled",
        }
    )


def test_only_root_and_ubuntu_pass_and_nothing_forwarded_does() -> None:
    text = metadata_service.render([1000, 0])
    lines = [line.strip() for line in text.splitlines()]
    for family, address in (("ip", "169.254.169.254"), ("ip6", "fd00:ec2::254")):
        first = lines.index(f"{family} daddr {address} meta skuid {{ 0, 1000 }} accept")
        assert lines[first + 1] == f"{family} daddr {address} reject with icmpx type admin-prohibited"
    assert "hook forward" in text
    assert text.index("delete table") < text.index("chain output"), "loaded again, the rules are not doubled"


def test_closed_is_written_checked_enabled_and_started(tmp_path: Path) -> None:
    run = commands(ABSENT)
    node = make_node(tmp_path, run)
    assert "the metadata service is open to users" in metadata_service.check(node, plan())
    metadata_service.apply(node, plan())
    assert run.ran("/usr/sbin/nft --check --file")
    assert run.lines[-2:] == [
        "systemctl enable podlaunch-metadata.service",
        "systemctl reload-or-restart podlaunch-metadata.service",
    ]
    with pytest.raises(Fault, match="PLN-METADATA"):
        metadata_service.verify(node, plan())
    run.answers["/usr/sbin/nft list"] = IN_FORCE
    metadata_service.verify(node, plan())
    assert metadata_service.check(node, plan()) == []


def test_before_anything_is_asked_for_emptied_rules_are_put_back(tmp_path: Path) -> None:
    run = commands(IN_FORCE)
    node = make_node(tmp_path, run)
    metadata_service.apply(node, plan())
    metadata_service.close_again(node, plan().settings)
    assert not run.ran("/usr/sbin/nft --file")
    run.answers["/usr/sbin/nft list"] = ABSENT
    metadata_service.close_again(node, plan(userMetadataAccess="open").settings)
    assert not run.ran("/usr/sbin/nft --file")
    metadata_service.close_again(node, plan().settings)
    assert run.ran("/usr/sbin/nft --file")


def test_rules_that_somebody_flushed_are_noticed(tmp_path: Path) -> None:
    run = commands(IN_FORCE)
    node = make_node(tmp_path, run)
    metadata_service.apply(node, plan())
    run.answers["/usr/sbin/nft list"] = ABSENT
    assert metadata_service.check(node, plan()) == ["the metadata service is open to users"]


def test_open_takes_everything_away(tmp_path: Path) -> None:
    run = commands(IN_FORCE)
    node = make_node(tmp_path, run)
    metadata_service.apply(node, plan())
    wanted = plan(userMetadataAccess="open")
    assert metadata_service.check(node, wanted)
    metadata_service.apply(node, wanted)
    assert "/usr/sbin/nft delete table inet podlaunch_metadata" in run.lines
    assert [files.read(node, path) for path in (metadata_service.UNIT, metadata_service.BESIDE)] == [None, None]
    run.answers["/usr/sbin/nft list"] = ABSENT
    assert metadata_service.check(node, wanted) == []
    metadata_service.verify(node, wanted)


def test_a_kernel_without_nftables_keeps_directory_users_out(tmp_path: Path) -> None:
    run = commands(ABSENT)
    run.answers["/usr/sbin/nft --check"] = CommandError(["nft"], 1, "Protocol not supported")
    with pytest.raises(Fault, match="PLN-METADATA") as caught:
        metadata_service.apply(make_node(tmp_path, run), plan())
    assert not caught.value.ours


def test_a_node_without_ubuntu_lets_only_root_pass(tmp_path: Path) -> None:
    assert metadata_service.allowed(make_node(tmp_path)) == [0]
