"""Killed at any moment, and run again: the same end as one clean run."""

import random
import time
from dataclasses import dataclass

import pytest

from lab import slurm
from lab.cluster import Lab
from lab.machine import Result, wait_for
from lab.node import Node
from lab.people import BIND_PASSWORD
from lab.report import Report
from lab.secrets import holding

SEED = 20260401
ROUNDS = 20

START = """
cd /tmp/sagemaker-lifecycle-scripts
now() { cut -d' ' -f1 /proc/uptime; }
export -f now
setsid bash -c 'bash on_init_complete.sh; now >/tmp/run.ended' </dev/null >/tmp/run.log 2>&1 &
echo $! >/tmp/run.pid
now
"""
"""Begins a run and says when, in seconds of the machine's clock; keeps when it has ended."""

STATE = r"""
find /etc/sssd /etc/ssh/sshd_config.d /etc/sudoers.d /etc/sudo.conf /etc/systemd/system /etc/pam.d /etc/podlaunch \
  /etc/nsswitch.conf /etc/security /opt/podlaunch /usr/local /usr/share/pam-configs /var/lib/pam \
  -name __pycache__ -prune -o \( -type f -o -type l \) -printf '%p %l %m %u %g ' \
  \( -type f -exec sh -c 'grep -v ldap_default_authtok "$1" | sha256sum' _ {} \; -o -printf '\n' \) | sort
find /var/lib/podlaunch /run/podlaunch ! -name sssd-changed -printf '%p %m %u %g\n' | sort
systemctl list-unit-files --state=enabled --no-legend | awk '{print $1}'
systemctl is-active sssd ssh
nft --stateless list ruleset
"""
"""What a run leaves: files with mode, owner and content (the obfuscated password is new each time), units, rules.

Not /run/podlaunch/sssd-changed, which says when a run last gave SSSD new files: after a power loss and a run that had
no need to, none has since the boot.
"""

LEFT = "find / -xdev -name '.*.podlaunch-*' 2>/dev/null; ls -A /var/log/provision | grep -v '^podlaunch.log$'; true"
"""Files that a killed run was about to write."""

PAM_AUTH_UPDATE = "/usr/sbin/pam-auth-update"

alive: list[bool] = []
"""Of each round, whether the run was still under way when it was killed."""


def moments() -> list[tuple[int, float]]:
    """Twenty moments between nothing and the whole of a run, as shares of it; the same at each run of the lab."""
    chance = random.Random(SEED)
    return [(number, chance.random()) for number in range(ROUNDS)]


@dataclass(frozen=True)
class Clean:
    """A run that nobody killed: what it left on the worker, and the seconds it took."""

    state: str
    seconds: float


@pytest.fixture(scope="module")
def clean(lab: Lab, first_joins: dict[str, Result]) -> Clean:
    """A clean run on a new worker."""
    node = new_node(lab)
    run = entry(node)
    lab.worker_is_whole = True
    return Clean(node.machine.sh(STATE), run.seconds)


def entry(node: Node) -> Result:
    """A run that makes a member of the node; none of its timer's is under way any more."""
    run = node.entry()
    assert run.ok, run
    node.at_rest()
    assert node.podlaunch("status").ok, run
    return run


def new_node(lab: Lab) -> Node:
    """The worker, just replaced, its scripts downloaded."""
    node = lab.nodes["worker-1"]
    node.replace()
    slurm.set_up(node)
    node.download()
    return node


def in_the_middle(lab: Lab, seconds: float, share: float) -> tuple[Node, bool]:
    """A new worker with a run under way that has done so much of what takes about so many seconds.

    A run that has ended before says how long it took, and another one is begun: the machine is not always as busy.
    The last one may have ended too.
    """
    for _ in range(3):
        node = new_node(lab)
        began = float(node.machine.sh(START))
        time.sleep(share * seconds)
        if not node.machine.run("test", "-e", "/tmp/run.ended").ok:
            return node, True
        seconds = float(node.machine.read("/tmp/run.ended")) - began
    return node, False


@pytest.mark.parametrize(("number", "share"), moments())
def test_killed_and_run_again_it_ends_as_a_clean_run(lab: Lab, clean: Clean, number: int, share: float) -> None:
    node, caught = in_the_middle(lab, clean.seconds, share)
    alive.append(caught)
    power_loss = number % 2 == 1
    if power_loss:
        node.reboot()
        node.download()
    else:
        kill_tree(node)
    comes_in = lambda: lab.laptop.key("ubuntu", "worker-1", "sudo", "-n", "true").ok  # noqa: E731
    wait_for(comes_in, 15 if power_loss else 5, "ubuntu comes in: sshd may be on its way up")
    assert not lab.laptop.key("eve", "worker-1").ok, "open to somebody in no group"
    assert holding(node.machine, "/tmp /run /var/log", BIND_PASSWORD, "ldap_default_authtok = AAA") == []
    entry(node)
    assert differences(node, clean) == []
    assert node.machine.sh(LEFT) == ""
    assert lab.laptop.key("carol", "worker-1").ok


@pytest.mark.parametrize("written", ["half of them", "all of them"])
def test_killed_while_pam_s_stacks_are_written_it_ends_as_a_clean_run(lab: Lab, clean: Clean, written: str) -> None:
    node = new_node(lab)
    half = (
        "sed -i /make-home/d /etc/pam.d/common-account; rm /var/lib/pam/password" if written == "half of them" else ""
    )
    node.machine.sh(f"mv {PAM_AUTH_UPDATE} {PAM_AUTH_UPDATE}.real")
    node.machine.write(PAM_AUTH_UPDATE, f'#!/bin/sh\n{PAM_AUTH_UPDATE}.real "$@"\n{half}\nkill -9 $PPID\n', mode="755")
    node.entry()
    assert node.machine.run("test", "-e", "/var/lib/podlaunch/pam-under-way").ok, "the run was killed there"
    node.machine.sh(f"mv {PAM_AUTH_UPDATE}.real {PAM_AUTH_UPDATE}")
    entry(node)
    assert differences(node, clean) == []


def test_most_of_them_were_killed_in_the_middle(report: Report) -> None:
    assert len(alive) == ROUNDS
    assert sum(alive) >= ROUNDS * 3 // 4
    report.fault(
        f"the scripts are killed ({ROUNDS // 2} times by SIGKILL, {ROUNDS // 2} by power loss) and run again",
        "nothing",
        "one run",
        "nothing: the end is that of a clean run",
    )


def differences(node: Node, clean: Clean) -> list[str]:
    """The lines of STATE that differ from a clean run's."""
    return sorted(set(node.machine.sh(STATE).splitlines()) ^ set(clean.state.splitlines()))


def kill_tree(node: Node) -> None:
    """SIGKILL to the run and all that it started, however deep; services that systemd started live on."""
    kill = """
tree() { for child in $(cat /proc/$1/task/*/children 2>/dev/null); do tree "$child"; done; echo "$1"; }
kill -KILL $(tree "$(cat /tmp/run.pid)") 2>/dev/null; true
"""
    node.machine.sh(kill)
