"""Runs of the scripts that end at any moment, and are run again: the same end as one clean run."""

import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lab import slurm
from lab.cluster import Lab
from lab.machine import Result, wait_for
from lab.node import STAGED, Node
from lab.people import BIND_PASSWORD
from lab.secrets import holding

SEED = 20260401
ROUNDS = 10
"""Of each kind of end."""

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


def moments(kind: int) -> list[float]:
    """Moments between nothing and the whole of a run, as shares of it; the same at each run of the lab.

    `kind` is 0 or 1, for other moments.
    """
    chance = random.Random(SEED)
    return [chance.random() for _ in range(2 * ROUNDS)][kind::2]


@dataclass
class Clean:
    """A run that nobody killed: what it left on the worker, and the seconds that such a run takes now."""

    state: str
    seconds: float
    scripts: bytes = field(repr=False)


def clean_run(lab: Lab) -> Clean:
    """A clean run on a new worker."""
    node = new_node(lab)
    scripts = staged(node)
    run = entry(node)
    lab.worker_is_whole = True
    return Clean(node.machine.sh(STATE), run.seconds, scripts)


def entry(node: Node) -> Result:
    """A run that makes a member of the node; none of its timer's is under way any more."""
    run = node.entry()
    assert run.ok, run
    node.at_rest()
    assert node.podlaunch("status").ok, run
    return run


def new_node(lab: Lab, scripts: bytes = b"") -> Node:
    """The worker, just replaced, its scripts there: these, or those of the bucket."""
    node = lab.nodes["worker-1"]
    node.replace()
    slurm.set_up(node)
    if scripts:
        stage(node, scripts)
    else:
        node.download()
    return node


def staged(node: Node) -> bytes:
    """The scripts as the node has downloaded them, packed."""
    return subprocess.run(node.machine.command("tar", "-c", "-C", STAGED, "."), capture_output=True, check=True).stdout


def stage(node: Node, scripts: bytes) -> None:
    """Puts packed scripts where HyperPod downloads them to. An `aws s3 sync` of each takes longer."""
    unpack = f"mkdir -p {STAGED}; tar -x -C {STAGED}"
    subprocess.run(node.machine.command("sh", "-c", unpack), input=scripts, check=True)


def in_the_middle(lab: Lab, clean: Clean, share: float) -> tuple[Node, bool]:
    """A new worker with a run under way that has done this share of a clean one.

    A run that has ended before says how long it took, and another one is begun: the machine is not always as busy.
    The last one may have ended too.
    """
    for _ in range(3):
        node = new_node(lab, clean.scripts)
        began = float(node.machine.sh(START))
        time.sleep(share * clean.seconds)
        if not node.machine.run("test", "-e", "/tmp/run.ended").ok:
            return node, True
        clean.seconds = float(node.machine.read("/tmp/run.ended")) - began
    return node, False


def ends_as_a_clean_run(lab: Lab, clean: Clean, share: float, end: Callable[[Node], None], patience: float) -> bool:
    """Ends a run on a new worker and runs the scripts again. Gives back whether the run was under way still.

    ubuntu comes in within so many seconds: sshd may be on its way up.
    """
    node, caught = in_the_middle(lab, clean, share)
    end(node)
    comes_in = lambda: lab.laptop.key("ubuntu", "worker-1", "sudo", "-n", "true").ok  # noqa: E731
    wait_for(comes_in, patience, "ubuntu comes in")
    assert not lab.laptop.key("eve", "worker-1").ok, "open to somebody in no group"
    assert holding(node.machine, "/tmp /run /var/log", BIND_PASSWORD, "ldap_default_authtok = AAA") == []
    entry(node)
    assert differences(node, clean) == []
    assert node.machine.sh(LEFT) == ""
    assert lab.laptop.key("carol", "worker-1").ok
    return caught


def differences(node: Node, clean: Clean) -> list[str]:
    """The lines of STATE that differ from a clean run's."""
    return sorted(set(node.machine.sh(STATE).splitlines()) ^ set(clean.state.splitlines()))
