"""Faults around a node and in what was published. Which of them a launch survives, and how the node comes out."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from lab import slurm
from lab.cluster import Lab
from lab.logins import people_come_in, stays_in_service
from lab.machine import Result, wait_for
from lab.node import LOG, STAGED, Node
from lab.people import BIND_ACCOUNTS
from lab.report import Report
from lab.role_agent import answers


@dataclass(frozen=True)
class Around:
    """A fault around the nodes: what begins it, what ends it, the code by which a run names it."""

    begin: Callable[[Lab], None]
    end: Callable[[Lab], None]
    code: str


FAULTS = {
    "AWS cannot be reached": Around(lambda lab: lab.vpc.unreachable(), lambda lab: lab.vpc.reachable(), "PLN-AWS"),
    "the parameter is denied": Around(
        lambda lab: lab.vpc.deny("AmazonSSM.GetParameter"), lambda lab: lab.vpc.allow_all(), "PLN-AWS"
    ),
    "the secret is denied": Around(
        lambda lab: lab.vpc.deny("secretsmanager.GetSecretValue"), lambda lab: lab.vpc.allow_all(), "PLN-AWS"
    ),
    "the secret contains a wrong password": Around(
        lambda lab: lab.bind_as(BIND_ACCOUNTS[0], "wrong"), lambda lab: lab.bind_as_first(), "PLN-BIND"
    ),
    "the load balancer is away": Around(
        lambda lab: lab.switch.cable_out("lb"), lambda lab: lab.balancer_back(), "PLN-TCP"
    ),
    "the load balancer's name is unknown": Around(
        lambda lab: lab.forget_name(), lambda lab: lab.start_names(), "PLN-NAME"
    ),
    "no name can be resolved": Around(lambda lab: lab.vpc.stop_names(), lambda lab: lab.start_names(), "PLN-AWS"),
    "both controllers take connections and say that they are busy": Around(
        lambda lab: lab.balancer.serve_busy(lab.leaf, 51), lambda lab: lab.balancer.serve_again(lab.leaf), "PLN-BIND"
    ),
    "both controllers are away behind the load balancer": Around(
        lambda lab: lab.controllers_away(), lambda lab: lab.controllers_back(), "PLN-BIND"
    ),
}

BY_THE_TIMER = "the load balancer is away"
"""After this one the timer is waited for; after the others its service is started at once."""
TIMER = "podlaunch-refresh.timer"
SOON = "[Timer]\nOnActiveSec=\nOnActiveSec=5\nOnUnitInactiveSec=5\nRandomizedDelaySec=0\n"
"""What makes of the timer's minute five seconds. The first line takes its own times away."""

CLOCK_OF_TIMER = "/run/systemd/system/podlaunch-refresh.service.d/lab.conf"
REFRESH = "/usr/local/bin/podlaunch-node refresh"
"""What the timer runs: where a clock is off, it has the same clock."""

SLOW = ("AWS cannot be reached", "no name can be resolved")
"""A run waits for AWS for a minute. What follows is as with a parameter that is denied."""

ROOT = "/etc /opt /usr /var"
"""What a read-only root file system makes read-only; nothing has a file open for writing there but the root itself."""
READ_ONLY = f"for d in {ROOT}; do mount --bind $d $d && mount -o remount,bind,ro $d || exit 1; done"
FILL = "dd if=/dev/zero of=/filler bs=64k 2>/dev/null; echo x >/etc/full 2>/dev/null && exit 1; true"


def last_words(result: Result) -> str:
    """The last lines of a run."""
    return "\n".join((result.out + result.err).strip().splitlines()[-8:])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_around_a_new_node_leaves_it_in_service_and_it_joins_later_by_itself(
    lab: Lab, new_worker: Node, report: Report, fault: str
) -> None:
    around = FAULTS[fault]
    if fault == BY_THE_TIMER:
        new_worker.machine.write(f"/run/systemd/system/{TIMER}.d/lab.conf", SOON)
    around.begin(lab)
    try:
        joined = new_worker.entry()
        assert joined.ok, f"the launch would be lost: {last_words(joined)}"
        assert f"{around.code}: " in last_words(joined)
        assert "Traceback" not in joined.out + joined.err
        stays_in_service(lab, new_worker)
        assert not lab.laptop.key("carol", "worker-1").ok, "closed to directory users"
        assert not answers(new_worker.machine, "20001"), "and so is the node's role, to jobs"
        assert new_worker.machine.run("systemctl", "is-enabled", "podlaunch-metadata").ok, "after a reboot too"
        status = new_worker.podlaunch("status")
        assert status.code == 1
        assert around.code in status.out
        assert "podlaunch-member" in new_worker.machine.must("systemctl", "--failed", "--no-legend", "--plain")
        timer = new_worker.machine.read(f"/etc/systemd/system/{TIMER}")
        assert "OnUnitInactiveSec=30\nRandomizedDelaySec=30\n" in timer, "within a minute"
    finally:
        around.end(lab)
    if fault != BY_THE_TIMER:
        new_worker.machine.run("systemctl", "start", "podlaunch-refresh.service")
    wait_for(lambda: lab.laptop.key("carol", "worker-1").ok, 180, "joined by itself", pause=1)
    report.figure(f"first boot, {fault}: the scripts end after", joined.seconds, "s")
    closed = "`ubuntu` and `ssm-user` come in, directory users do not"
    report.fault(f"first boot: {fault}", closed, "until the timer's next minute")
    wait_for(lambda: new_worker.podlaunch("status").ok, 60, "the status is well again")
    failed = ("systemctl", "--failed", "--no-legend")
    wait_for(lambda: new_worker.machine.must(*failed) == "", 60, "no unit is failed any more")


@pytest.fixture
def broken_settings(lab: Lab) -> Iterator[None]:
    """Settings that break their schema; afterwards the right ones."""
    lab.put_parameter(groups="everybody")
    yield
    lab.publish_settings()


def fails_the_launch(node: Node, word: str) -> None:
    """The entry says what is wrong and fails, as it may on a controller."""
    refused = node.entry()
    assert not refused.ok, last_words(refused)
    assert word in last_words(refused)
    assert "Traceback" not in refused.out + refused.err


def does_not_fail_the_launch(lab: Lab, node: Node, word: str) -> None:
    """The entry says what is wrong, and the node stays in service: HyperPod launches one that fails again and again."""
    ended = node.entry()
    assert ended.ok, last_words(ended)
    assert word in last_words(ended)
    assert "stays in service" in last_words(ended)
    assert "Traceback" not in ended.out + ended.err
    stays_in_service(lab, node)
    assert not lab.laptop.key("carol", node.name).ok, "closed to directory users"


ON_A_CONTROLLER = "the launch fails and says why; a login node or worker stays in service, closed"


def test_settings_that_break_their_schema_fail_a_controller_s_launch_only_and_in_words(
    lab: Lab, broken_settings: None, new_worker: Node, controller: Node, report: Report
) -> None:
    does_not_fail_the_launch(lab, new_worker, "groups")
    fails_the_launch(controller, "groups")
    report.fault("settings that break their schema, at first boot", ON_A_CONTROLLER, "until republished", "the launch")
    lab.publish_settings()
    assert controller.podlaunch("refresh").ok
    assert new_worker.podlaunch("refresh").ok
    assert lab.laptop.key("carol", "worker-1").ok, "it joins by itself"


def test_a_damaged_bundle_fails_a_controller_s_launch_only_and_in_words(
    lab: Lab, new_worker: Node, controller: Node, report: Report
) -> None:
    slurm.set_up(new_worker)
    damage = "rm /tmp/sagemaker-lifecycle-scripts/podlaunch_node/s*.py"
    controller.download()
    for node in (new_worker, controller):
        node.machine.sh(damage)
    try:
        does_not_fail_the_launch(lab, new_worker, "PLN-BUNDLE")
        assert "PLN-BUNDLE" in new_worker.machine.read(LOG)
        assert not answers(new_worker.machine, "20001"), "a job that runs already has the node's role no more"
        assert "DRAIN" in slurm.run(controller, "scontrol", "show", "node", "worker-1").out, "nothing keeps jobs off it"
        fails_the_launch(controller, "PLN-BUNDLE")
    finally:
        slurm.run(controller, "scontrol", "update", "nodename=worker-1", "state=resume")
        controller.download()
    report.fault("the bundle is not complete", ON_A_CONTROLLER, "until republished", "the launch")


def test_what_somebody_else_put_into_the_node_bucket_does_not_run(lab: Lab, new_worker: Node, report: Report) -> None:
    mark = "import os; open('/tmp/somebody-was-root', 'w').close()\n"
    new = {f"{STAGED}/{path}": mark for path in ("argparse.py", "podlaunch_node/cli/__init__.py")}
    changed = {f"{STAGED}/podlaunch_node/engine.py": mark, f"{STAGED}/.assets.json": '{"files": []}'}
    for path, text in {**new, **changed}.items():
        before = new_worker.machine.run("cat", path)
        new_worker.machine.write(path, text)
        refused = new_worker.entry()
        assert "PLN-BUNDLE" in last_words(refused)
        assert path.removeprefix(f"{STAGED}/") in last_words(refused)
        if before.ok:
            new_worker.machine.write(path, before.out)
        else:
            new_worker.machine.sh(f"rm {path}; rmdir --ignore-fail-on-non-empty $(dirname {path})")
    assert not new_worker.machine.run("test", "-e", "/tmp/somebody-was-root").ok
    stays_in_service(lab, new_worker)
    report.fault("an object in the node bucket that was not published", ON_A_CONTROLLER, "until removed", "the launch")


def test_join_failure_fail_loses_the_controller_s_launch_on_purpose(
    lab: Lab, new_worker: Node, controller: Node, report: Report
) -> None:
    asked = "`joinFailure: fail`, and the directory refuses the bind account at first boot"
    report.fault(asked, ON_A_CONTROLLER, "until it takes it", "the launch, as asked for")
    lab.publish_settings(joinFailure="fail")
    lab.bind_as(BIND_ACCOUNTS[0], "wrong")
    try:
        does_not_fail_the_launch(lab, new_worker, "PLN-BIND")
        fails_the_launch(controller, "PLN-BIND")
    finally:
        lab.bind_as_first()
        lab.publish_settings()
    assert controller.podlaunch("refresh").ok


def half_written(node: Node) -> list[str]:
    """Files that a run was about to write, and files of ours that are empty."""
    ours = "/etc/podlaunch /etc/sssd /etc/ssh/sshd_config.d /etc/sudoers.d /var/lib/podlaunch /opt/podlaunch"
    empty = f"find {ours} -type f -size 0 ! -name .placeholder ! -name __init__.py"
    return node.machine.sh(f"find / -xdev -name '.*.podlaunch-*'; {empty}; true").split()


def test_a_read_only_file_system_is_said_in_words_and_nothing_is_half_written(
    lab: Lab, new_worker: Node, report: Report
) -> None:
    new_worker.machine.sh(READ_ONLY)
    refused = new_worker.entry()
    new_worker.machine.sh(f"umount --lazy {ROOT}")
    assert refused.ok, "HyperPod would launch it again and again"
    assert "Traceback" not in refused.out + refused.err, last_words(refused)
    assert "read-only" in last_words(refused).lower()
    assert half_written(new_worker) == []
    stays_in_service(lab, new_worker)
    assert new_worker.entry().ok
    assert lab.laptop.key("carol", "worker-1").ok
    report.fault("the file system is read-only at first boot", ON_A_CONTROLLER, "until it is not", "the launch")


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(lab: Lab, new_worker: Node, report: Report) -> None:
    new_worker.replace(disk="256m")
    new_worker.download()
    new_worker.machine.sh(FILL)
    refused = new_worker.entry()
    assert refused.ok, "HyperPod would launch it again and again"
    assert "Traceback" not in refused.out + refused.err, last_words(refused)
    assert "space" in last_words(refused).lower()
    new_worker.machine.must("rm", "/filler")
    assert half_written(new_worker) == []
    stays_in_service(lab, new_worker)
    assert new_worker.entry().ok
    assert people_come_in(lab, new_worker)
    report.fault("the disk is full at first boot", ON_A_CONTROLLER, "until there is space", "the launch")

    lab.publish_settings(passwordLogin=False)
    new_worker.machine.sh(FILL)
    try:
        assert "space" in last_words(new_worker.podlaunch("refresh")).lower()
        assert people_come_in(lab, new_worker)
        stays_in_service(lab, new_worker)
    finally:
        new_worker.machine.must("rm", "/filler")
        lab.publish_settings()
    report.fault("the disk is full on day 2", "nothing", "until there is space")
    assert new_worker.podlaunch("refresh").ok
    assert half_written(new_worker) == []


@pytest.mark.parametrize("offset", ["+400d"])
def test_a_clock_that_is_far_off_at_first_boot_is_named_and_the_node_joins_once_it_is_right(
    lab: Lab, new_worker: Node, report: Report, offset: str
) -> None:
    new_worker.machine.write(CLOCK_OF_TIMER, f"[Service]\nExecStart=\nExecStart=faketime -f {offset} {REFRESH}\n")
    joined = new_worker.entry(under=("faketime", "-f", offset))
    assert joined.ok, last_words(joined)
    assert "clock" in last_words(joined)
    stays_in_service(lab, new_worker)
    assert not lab.laptop.key("carol", "worker-1").ok
    new_worker.machine.sh(f"rm {CLOCK_OF_TIMER}; systemctl daemon-reload")
    new_worker.at_rest()
    new_worker.machine.run("systemctl", "start", "podlaunch-refresh.service")
    assert lab.laptop.key("carol", "worker-1").ok
    report.fault(
        f"first boot: the clock is off by {offset}",
        "`ubuntu` and `ssm-user` come in, directory users do not",
        "until the timer's next minute",
    )


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in SLOW])
def test_a_fault_around_a_node_that_has_joined_is_named_and_costs_nobody_a_login(
    lab: Lab, login: Node, report: Report, fault: str
) -> None:
    around = FAULTS[fault]
    assert people_come_in(lab, login)
    conf = login.machine.read("/etc/sssd/sssd.conf")
    around.begin(lab)
    try:
        refreshed = login.podlaunch("refresh")
        assert refreshed.code == 1
        assert f"{around.code}: " in last_words(refreshed)
        assert around.code in login.podlaunch("status").out
        assert "podlaunch-member" in login.machine.must("systemctl", "--failed", "--no-legend", "--plain")
        assert login.machine.read("/etc/sssd/sssd.conf") == conf, "what the directory refuses is not given to SSSD"
        stays_in_service(lab, login)
        assert people_come_in(lab, login)
        if around.code in ("PLN-TCP", "PLN-NAME"):
            links = json.loads(login.podlaunch("diagnose", "--json").out)["links"]
            assert next(link["code"] for link in links if link["state"] == "broken") == around.code
    finally:
        around.end(lab)
    report.fault(f"on a joined node: {fault}", "nothing", "until its end; `podlaunch-node status` shows it")
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert login.machine.must("systemctl", "--failed", "--no-legend") == ""


def test_settings_that_break_on_day_2_leave_the_node_as_it_is(
    lab: Lab, login: Node, broken_settings: None, report: Report
) -> None:
    assert not login.podlaunch("refresh").ok
    assert people_come_in(lab, login)
    stays_in_service(lab, login)
    report.fault("settings that break their schema, on day 2", "nothing", "until republished")
    lab.publish_settings()
    assert login.podlaunch("refresh").ok


def test_a_read_only_file_system_on_day_2_is_named_and_costs_nobody_a_login(
    lab: Lab, login: Node, report: Report
) -> None:
    lab.publish_settings(passwordLogin=False)
    login.machine.sh(READ_ONLY)
    try:
        refused = login.podlaunch("refresh")
        assert "read-only" in last_words(refused).lower()
        assert people_come_in(lab, login)
        stays_in_service(lab, login)
    finally:
        login.machine.sh(f"umount --lazy {ROOT}")
        lab.publish_settings()
    report.fault("the file system is read-only on day 2", "nothing", "until it is not")
    assert login.podlaunch("refresh").ok
    assert half_written(login) == []


@pytest.mark.parametrize("offset", ["-30d", "+100d", "-20m", "+20m"])
def test_a_clock_that_is_off_is_named(lab: Lab, login: Node, offset: str) -> None:
    said = login.machine.run("faketime", "-f", offset, "podlaunch-node", "diagnose")
    far = offset.endswith("d")
    assert said.ok is not far, said
    if far:
        assert "clock" in (said.out + said.err).lower(), said


def test_the_directory_away_for_long_costs_cached_people_nothing(
    lab: Lab, login: Node, report: Report, pytestconfig: pytest.Config
) -> None:
    away = 900 if pytestconfig.getoption("--real-time") else 40
    assert people_come_in(lab, login)
    lab.switch.cable_out("lb")
    slowest, began = 0.0, time.monotonic()
    try:
        while time.monotonic() - began < away:
            login.forget_cache()
            by_key = lab.laptop.key("carol", "login-1")
            assert by_key.ok
            slowest = max(slowest, by_key.seconds)
        assert people_come_in(lab, login)
    finally:
        lab.balancer_back()
    report.figure(f"slowest login by key while the directory is black-holed for {away} s", slowest, "s")
    report.fault("the directory is away for long", f"logins by key take up to {slowest:.1f} s", "until it is back")
    login.wait_online()
