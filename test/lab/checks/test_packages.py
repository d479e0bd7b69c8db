"""A node that lacks a package, under a real apt and dpkg: the archive is away, others hold locks, dpkg is killed.

The archive is made on the node from the files of the package that is taken away, and is apt's only source.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.cluster import Lab
from lab.machine import Result, wait_for
from lab.node import LOG, STAGED, Node
from lab.paths import HERE
from lab.report import Report

PACKAGE = "sssd-tools"
ARCHIVE = "/srv/archive"
SOURCES = "/etc/apt/sources.list"
LOCKS = ("/var/lib/dpkg/lock-frontend", "/var/lib/apt/lists/lock", "/var/cache/apt/archives/lock")
LET_GO = "/run/let-go"
HOLD = f"""
import fcntl, os, sys, time
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
open("/run/holder", "w").write(str(os.getpid()))
while not os.path.exists("{LET_GO}"):
    time.sleep(0.1)
"""
STATUS = ["dpkg-query", "--show", "--showformat", "${db:Status-Status}", PACKAGE]
AWAY = "deb http://archive.invalid/debian bookworm main"
BROKEN = "deb [trusted=yes] file:/srv/nowhere ./"
"""apt calls the first a warning and the second an error."""


@pytest.fixture(scope="module")
def node(lab: Lab, first_joins: dict[str, Result]) -> Iterator[Node]:
    """A new worker that has the archive, its scripts not run yet."""
    made = lab.nodes["worker-1"]
    made.replace()
    made.download()
    # apt gives a source up at once, and is asked again ten times as soon.
    made.machine.write("/etc/apt/apt.conf.d/90lab", 'Acquire::Retries "0";\n')
    staged = f"{STAGED}/podlaunch_node/steps/node/packages.py"
    made.machine.must("sed", "-i", "s/^PAUSE = 5.0$/PAUSE = 0.5/", staged)
    assert "PAUSE = 0.5\n" in made.machine.read(staged)
    made.forget_list()
    archive = (HERE / "lab/inside/make_archive.sh").read_text()
    made.machine.must("bash", "-s", PACKAGE, ARCHIVE, stdin=archive)
    lab.worker_is_whole = True  # as far as the other checks' fixture goes: nobody puts another in its place
    yield made
    lab.worker_is_whole = False


def take_away(node: Node) -> None:
    """Removes the package. The timer rests, so that the run that is looked at is the one that repairs it."""
    node.stop_timer()
    node.machine.must("dpkg", "--purge", "--force-depends", PACKAGE)


def said(run: Result) -> str:
    """All that a run said."""
    return run.out + run.err


def test_an_archive_that_is_away_leaves_a_new_node_in_service_and_it_joins_later_by_itself(
    lab: Lab, node: Node, report: Report
) -> None:
    take_away(node)
    node.machine.sh(f"mv {SOURCES} /srv; echo '{AWAY}' >{SOURCES}; rm -rf /var/lib/apt/lists/*")
    joined = node.entry("on_init_complete.sh")
    assert joined.ok, f"the launch would be lost: {said(joined)}"
    last = "\n".join(said(joined).strip().splitlines()[-4:])
    assert "PLN-APT" in last, said(joined)
    assert "archive.invalid" in last, "which archive"
    assert lab.laptop.key("ubuntu", "worker-1", "sudo", "-n", "true").ok
    assert not lab.laptop.key("carol", "worker-1").ok, "closed to directory users"
    assert node.podlaunch("status").code == 1
    node.machine.sh(f"mv /srv/sources.list {SOURCES}")
    node.at_rest()
    node.machine.run("systemctl", "start", "podlaunch-refresh.service")
    wait_for(lambda: lab.laptop.key("carol", "worker-1").ok, 20, "joined by itself", pause=1)
    assert node.podlaunch("status").ok
    report.fault(
        "first boot: the package archive is away",
        "`ubuntu` and `ssm-user` come in, directory users do not",
        "until the timer's next minute",
    )


def test_what_is_missing_is_installed_past_a_source_that_does_not_work(lab: Lab, node: Node) -> None:
    take_away(node)
    node.machine.sh(f"echo '{BROKEN}' >>{SOURCES}")
    again = node.entry("on_init_complete.sh")
    node.machine.must("sed", "-i", "$d", SOURCES)
    assert again.ok, said(again)
    assert node.machine.must(*STATUS) == "installed"
    assert node.podlaunch("check").ok
    assert lab.laptop.key("carol", "worker-1").ok


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_waited_for_and_its_holder_is_named(node: Node, report: Report, lock: str) -> None:
    take_away(node)
    node.machine.write("/run/hold.py", HOLD)
    holder = f"setsid python3 /run/hold.py {lock} </dev/null >/dev/null 2>&1 &"
    node.machine.sh(f"rm -f /run/holder {LET_GO}; {holder} until [ -s /run/holder ]; do sleep .05; done")
    named = f"process {node.machine.read('/run/holder')} (python3)"
    with ThreadPoolExecutor() as pool:
        running = pool.submit(node.entry, "on_init_complete.sh")
        try:
            wait_for(lambda: node.machine.run("grep", "-qF", named, LOG).ok, 60, "the lock's holder is named")
            assert not running.done(), "it is waited for"
            assert not node.machine.run(*STATUS).out.startswith("installed")
        finally:
            node.machine.must("touch", LET_GO)
        run = running.result()
    assert run.ok, said(run)
    assert named in said(run)
    waits = "a new node's run waits, and says for whom"
    report.fault(f"a package is missing, and somebody holds `{lock}`", waits, "until it is free")
    assert node.machine.must(*STATUS) == "installed"
    assert node.podlaunch("check").ok


@pytest.mark.parametrize("when", ["before the run", "during the run"])
def test_an_installation_that_was_killed_is_finished(node: Node, when: str) -> None:
    take_away(node)
    node.machine.must("touch", "/run/kill-dpkg")
    if when == "before the run":
        assert not node.machine.run("apt-get", "-qq", "-y", "install", PACKAGE).ok
        assert node.machine.must(*STATUS) == "half-configured"
    run = node.entry("on_init_complete.sh")
    assert run.ok, said(run)
    assert not node.machine.run("test", "-e", "/run/kill-dpkg").ok, "dpkg was killed"
    assert node.machine.must(*STATUS) == "installed"
    assert node.machine.must("dpkg", "--audit") == ""
    assert node.podlaunch("check").ok
