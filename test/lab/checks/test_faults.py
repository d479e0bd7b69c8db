"""Faults around a node and in what was published. Which of them a launch survives, and how the node comes out."""

import json
from collections.abc import Callable, Iterator

import pytest

from lab.cluster import SETTINGS_PARAMETER, Lab
from lab.machine import Result, wait_for
from lab.node import Node
from lab.report import Report

FAULTS: dict[str, tuple[Callable[[Lab], None], Callable[[Lab], None]]] = {
    "SSM and all of AWS unreachable": (lambda lab: lab.vpc.unreachable(), lambda lab: lab.vpc.reachable()),
    "the parameter denied": (lambda lab: lab.vpc.deny("AmazonSSM.GetParameter"), lambda lab: lab.vpc.allow_all()),
    "the secret denied": (lambda lab: lab.vpc.deny("secretsmanager.GetSecretValue"), lambda lab: lab.vpc.allow_all()),
    "a wrong bind password": (lambda lab: lab.bind_as("ReadOnly", "wrong"), lambda lab: lab.bind_as_first()),
    "the directory down": (lambda lab: lab.switch.cable_out("lb"), lambda lab: lab.switch.cable_in("lb")),
    "no name resolution": (lambda lab: lab.vpc.stop_names(), lambda lab: lab.start_names()),
}
"""Faults around the node: what begins each, what ends it."""

BY_THE_TIMER = "the directory down"
"""After this one the timer's own minute is waited for; after the others its service is started at once."""

ROOT = "/etc /opt /usr /var"
"""What a read-only root file system makes read-only; nothing has a file open for writing there but the root itself."""


def still_ubuntu_s(lab: Lab, node: Node) -> bool:
    """Whether ubuntu gets in with sudo."""
    return lab.laptop.key("ubuntu", node.name, "sudo", "-n", "true").ok


def last_words(result: Result) -> str:
    """The last lines of a run."""
    return "\n".join((result.out + result.err).strip().splitlines()[-8:])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_around_a_new_node_leaves_it_in_service_and_it_joins_later_by_itself(
    lab: Lab, new_worker: Node, report: Report, fault: str
) -> None:
    begin, end = FAULTS[fault]
    begin(lab)
    try:
        joined = new_worker.entry()
        assert joined.ok, f"the launch would be lost: {last_words(joined)}"
        assert "Traceback" not in joined.out + joined.err
        assert still_ubuntu_s(lab, new_worker)
        assert not lab.laptop.key("carol", "worker-1").ok, "closed to directory users"
        assert new_worker.podlaunch("status").code == 1
        assert "podlaunch" in new_worker.machine.must("systemctl", "--failed", "--no-legend", "--plain")
    finally:
        end(lab)
    if fault != BY_THE_TIMER:
        new_worker.machine.run("systemctl", "start", "podlaunch-refresh.service")
    took = wait_for(lambda: lab.laptop.key("carol", "worker-1").ok, 180, "joined by itself", pause=1)
    report.figure(f"first boot, {fault}: the scripts end after", joined.seconds, "s")
    lasts = f"{took:.0f} s after its end by the timer" if fault == BY_THE_TIMER else "until the timer's next minute"
    report.fault(f"first boot: {fault}", "ubuntu and SSM get in, directory users do not", lasts)
    wait_for(lambda: new_worker.podlaunch("status").ok, 60, "the status is well again")
    assert new_worker.machine.must("systemctl", "--failed", "--no-legend") == ""


@pytest.fixture
def broken_settings(lab: Lab) -> Iterator[None]:
    """Settings that break their schema; afterwards the right ones."""
    value = json.dumps({**lab.settings(), "groups": "everybody"})
    lab.vpc.call("ssm", "put_parameter", Name=SETTINGS_PARAMETER, Value=value, Type="String", Overwrite=True)
    yield
    lab.publish_settings()


def test_settings_that_break_their_schema_fail_the_launch_in_words(
    lab: Lab, broken_settings: None, new_worker: Node, report: Report
) -> None:
    refused = new_worker.entry()
    assert not refused.ok
    assert "groups" in last_words(refused)
    assert "Traceback" not in refused.out + refused.err
    assert still_ubuntu_s(lab, new_worker)
    report.fault(
        "settings that break their schema", "the launch fails and says which setting", "until republished", "the launch"
    )


def test_settings_that_break_on_day_2_leave_the_node_as_it_is(lab: Lab, login: Node, broken_settings: None) -> None:
    assert not login.podlaunch("refresh").ok
    assert lab.laptop.key("carol", "login-1").ok
    assert still_ubuntu_s(lab, login)


def test_a_damaged_bundle_fails_the_launch_in_words(lab: Lab, new_worker: Node) -> None:
    new_worker.machine.sh("rm /tmp/sagemaker-lifecycle-scripts/podlaunch_node/s*.py")
    refused = new_worker.entry()
    assert not refused.ok
    assert "Traceback" not in refused.out + refused.err, last_words(refused)
    assert still_ubuntu_s(lab, new_worker)


def test_join_failure_fail_loses_the_launch_on_purpose(lab: Lab, new_worker: Node) -> None:
    lab.publish_settings(joinFailure="fail")
    lab.switch.cable_out("lb")
    try:
        assert not new_worker.entry().ok
        assert still_ubuntu_s(lab, new_worker)
    finally:
        lab.switch.cable_in("lb")
        lab.publish_settings()


def test_a_read_only_file_system_is_said_in_words_and_nothing_is_half_written(lab: Lab, new_worker: Node) -> None:
    new_worker.machine.sh(f"for d in {ROOT}; do mount --bind $d $d && mount -o remount,bind,ro $d || exit 1; done")
    refused = new_worker.entry()
    new_worker.machine.sh(f"umount --lazy {ROOT}")
    assert not refused.ok
    assert "Traceback" not in refused.out + refused.err, last_words(refused)
    assert "read-only" in last_words(refused).lower()
    assert still_ubuntu_s(lab, new_worker)
    assert new_worker.entry().ok
    assert lab.laptop.key("carol", "worker-1").ok


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(lab: Lab, new_worker: Node, report: Report) -> None:
    new_worker.replace(disk="256m")
    new_worker.download()
    new_worker.machine.sh(
        "dd if=/dev/zero of=/filler bs=64k 2>/dev/null; echo x >/etc/full 2>/dev/null && exit 1; true"
    )
    refused = new_worker.entry()
    assert not refused.ok
    assert "Traceback" not in refused.out + refused.err, last_words(refused)
    assert "space" in last_words(refused).lower()
    new_worker.machine.must("rm", "/filler")
    assert still_ubuntu_s(lab, new_worker)
    assert new_worker.entry().ok
    assert lab.laptop.key("carol", "worker-1").ok
    report.fault(
        "the disk is full", "the run fails and says so; run again it ends as a clean one", "until there is space"
    )


@pytest.mark.parametrize("offset", ["-30d", "+30d", "-20m", "+20m"])
def test_a_clock_that_is_off_is_named(lab: Lab, login: Node, offset: str) -> None:
    said = login.machine.run("faketime", "-f", offset, "podlaunch-node", "diagnose")
    far = offset.endswith("d")
    assert said.ok is not far, said
    if far:
        assert "clock" in (said.out + said.err).lower(), said


def test_the_directory_away_for_long_costs_cached_people_nothing(lab: Lab, login: Node, report: Report) -> None:
    assert lab.laptop.password("carol", "login-1").ok
    lab.switch.cable_out("lb")
    try:
        slowest = max(lab.laptop.key("carol", "login-1").seconds for _ in range(12))
        for _ in range(3):
            assert lab.laptop.key("carol", "login-1").ok
            login.forget_cache()
        assert lab.laptop.password("carol", "login-1").ok
    finally:
        lab.switch.cable_in("lb")
    report.figure("slowest login by key while the directory is black-holed", slowest, "s")
    login.wait_online()
