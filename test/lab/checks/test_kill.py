"""Killed at any moment, and run again: the same end as one clean run."""

import random
import time

import pytest

from lab import slurm
from lab.cluster import Lab
from lab.machine import Result
from lab.node import Node

SEED = 20260401
ROUNDS = 20

START = "cd /tmp/sagemaker-lifecycle-scripts && exec setsid bash on_init_complete.sh </dev/null >/tmp/run.log 2>&1"

STATE = r"""
find /etc/sssd /etc/ssh/sshd_config.d /etc/sudoers.d /etc/systemd/system /etc/pam.d /etc/podlaunch /etc/nsswitch.conf \
  /etc/security /opt/podlaunch /usr/local -name __pycache__ -prune -o \( -type f -o -type l \) \
  -printf '%p %l %m %u %g ' \
  \( -type f -exec sh -c 'grep -v ldap_default_authtok "$1" | sha256sum' _ {} \; -o -printf '\n' \) | sort
systemctl list-unit-files --state=enabled --no-legend | awk '{print $1}'
systemctl is-active sssd ssh
nft list ruleset
"""
"""What a run leaves: files with mode, owner and content (the obfuscated password is new each time), units, rules."""


def moments() -> list[tuple[int, float]]:
    """Twenty moments between nothing and the whole of a run, as shares of it; the same at each run of the lab."""
    chance = random.Random(SEED)
    return [(number, chance.random()) for number in range(ROUNDS)]


@pytest.fixture(scope="module")
def clean(lab: Lab, first_joins: dict[str, Result]) -> str:
    """What a clean run leaves on the worker."""
    return lab.nodes["worker-1"].machine.sh(STATE)


@pytest.mark.parametrize(("number", "share"), moments())
def test_killed_and_run_again_it_ends_as_a_clean_run(
    lab: Lab, clean: str, first_joins: dict[str, Result], number: int, share: float
) -> None:
    node = lab.nodes["worker-1"]
    node.replace()
    slurm.set_up(node)
    node.download()
    power_loss = number % 2 == 1
    node.machine.sh(f"({START}) & echo $! >/tmp/run.pid")
    time.sleep(share * first_joins["worker-1"].seconds)
    if power_loss:
        node.reboot()
        node.download()
    else:
        kill_tree(node)
    assert lab.laptop.key("ubuntu", "worker-1", "sudo", "-n", "true").ok, "ubuntu is locked out"
    assert not lab.laptop.key("eve", "worker-1").ok, "open to somebody in no group"
    again = node.entry()
    assert again.ok, again.err
    assert node.machine.sh(STATE) == clean
    assert lab.laptop.key("carol", "worker-1").ok


def kill_tree(node: Node) -> None:
    """SIGKILL to the run and all that it started, however deep; services that systemd started live on."""
    kill = """
tree() { for child in $(cat /proc/$1/task/*/children 2>/dev/null); do tree "$child"; done; echo "$1"; }
kill -KILL $(tree "$(cat /tmp/run.pid)") 2>/dev/null; true
"""
    node.machine.sh(kill)
