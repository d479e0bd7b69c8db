"""What the lab promises of itself: the host stays as it is, nothing leaves the machine, what it started it stops.

A second lab of a few machines is started beside the first one, and ended in every way that a lab ends.
"""

import errno
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab.cluster import Lab
from lab.machine import cgroups, wait_for
from lab.paths import HERE, cache
from lab.report import Fault, Report, read_rows, replaced
from lab.run import PARTS

MACHINES = "laptop,worker-1"
UP = [sys.executable, "-m", "lab", "up"]
RUN = [sys.executable, "-m", "lab", "run"]
HOST = (
    "ip -oneline link",
    "ip -oneline address",
    "ip route show table all",
    "nft list ruleset",
    "cat /proc/mounts",
    "hostname",
    "ipcs",
)
HOST_FILES = ("/etc/hosts", "/etc/resolv.conf", "/etc/passwd", "/var/lib/dpkg/status")
MOVING = re.compile(r"(valid_lft|preferred_lft|expires|packets|bytes) \S+")
"""What changes on a host by itself: lifetimes of addresses and routes, counters of nftables."""
OUTSIDE = """
import errno, socket
for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
    with socket.socket(family) as caller:
        caller.settimeout(5)
        print(errno.errorcode[caller.connect_ex((address, 443))])
"""


@dataclass
class Small:
    """A small lab that runs in a process of its own."""

    process: "subprocess.Popen[str]"

    @property
    def run(self) -> Path | None:
        """The folder of its disks, None as long as it has none."""
        return next(cache().glob(f"run-{self.process.pid}-*"), None)

    def wait_up(self) -> str:
        """Waits until it is up; gives back the name of its folder."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("The lab is up"):
                assert self.run
                return self.run.name
        raise AssertionError("the small lab did not come up")

    def wait_machine(self) -> str:
        """Waits until its first machine runs, in the middle of its start; gives back the name of its folder."""
        wait_for(lambda: self.run is not None and bool(processes_of(self.run.name)), 30, "its first machine runs", 0.01)
        assert self.run
        return self.run.name


@contextmanager
def small_lab() -> Iterator[Small]:
    """A small lab, which is killed at the end if nothing else has ended it."""
    keep = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*UP, "--only", MACHINES], **keep) as process:  # type: ignore[call-overload]
        try:
            yield Small(process)
        finally:
            process.kill()


def cgroups_of(run: str) -> list[Path]:
    """The cgroups of a lab's machines on the host."""
    return list(cgroups().glob(f"podlaunch-lab-{run}-*"))


def processes_of(run: str) -> list[str]:
    """The processes that are in one of a lab's cgroups or see one of its disks."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if run in (process / "cgroup").read_text() + (process / "mounts").read_text():
                found.append(f"{process.name} {(process / 'cmdline').read_bytes()!r}")
        except OSError:
            continue  # it has just ended
    return found


def host() -> dict[str, str]:
    """What the host's network, mounts and files are like."""
    seen = {}
    for command in HOST:
        if shutil.which(command.split()[0]):
            done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
            seen[command] = MOVING.sub("", done.stdout)
    return seen | {path: str(Path(path).stat().st_mtime_ns) for path in HOST_FILES if Path(path).exists()}


def assert_nothing_is_left(run: str, before: dict[str, str]) -> None:
    """Nothing of the lab runs, and the host is as it was."""
    wait_for(lambda: not processes_of(run), 10, f"nothing of {run} runs any more")
    assert host() == before


def assert_tidied_up(run: str, before: dict[str, str]) -> None:
    """Nothing is left, and no cgroup and no disk either."""
    assert_nothing_is_left(run, before)
    assert not cgroups_of(run)
    assert not (cache() / run).exists()


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_a_lab_that_is_interrupted_leaves_nothing_also_when_npm_repeats_the_signal(way: signal.Signals) -> None:
    before = host()
    with small_lab() as small:
        run = small.wait_up() if way == signal.SIGINT else small.wait_machine()
        assert host() == before, "nor while it is up"
        small.process.send_signal(way)
        time.sleep(0.05)
        small.process.send_signal(way)
        assert small.process.wait(30) == 0
    assert_tidied_up(run, before)


def test_a_lab_whose_harness_is_killed_dies_with_it_and_the_next_one_tidies_up() -> None:
    before = host()
    with small_lab() as small:
        run = small.wait_up()
        small.process.kill()
        small.process.wait()
    assert_nothing_is_left(run, before)
    next_lab = Lab()
    try:
        assert not (cache() / run).exists()
        assert not cgroups_of(run)
    finally:
        next_lab.stop()


def test_all_checks_interrupted_while_their_labs_come_up_leave_nothing() -> None:
    before = host()
    with subprocess.Popen(RUN, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            wait_for(lambda: len(runs_of(process.pid)) == len(PARTS), 60, "each part has a lab", 0.05)
            runs = runs_of(process.pid)
            process.send_signal(signal.SIGINT)
            assert process.wait(180) == 130, "checks that did not run have not passed"
        finally:
            process.kill()
    for run in runs:
        assert_tidied_up(run, before)


def runs_of(process: int) -> list[str]:
    """The folders of the labs that the children of a process have started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [folder.name for child in children for folder in cache().glob(f"run-{child}-*")]


def test_a_shell_on_a_machine_runs_what_it_is_given() -> None:
    with small_lab() as small:
        small.wait_up()
        done = subprocess.run(
            [*UP, "worker-1"], input="hostname; exit 7\n", capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.returncode) == ("worker-1\n", 7), done
        wrong = subprocess.run([*UP, "worker-9"], capture_output=True, text=True, check=False)
        assert wrong.returncode == 1
        assert "no machine worker-9" in wrong.stderr
        assert "Traceback" not in wrong.stderr
        assert small.process.stdin
        small.process.stdin.close()
        assert small.process.wait(30) == 0, "the end of input stops it"


def test_on_a_terminal_ctrl_c_ends_what_runs_in_the_shell_and_ctrl_d_the_lab() -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(UP[0], [*UP, "--only", "laptop"])
    try:
        converse(terminal, "", "lab> ")
        converse(terminal, "laptop\n", "root@laptop:")
        converse(terminal, "sh -c 'tty; exec sleep 600'; echo slept\n", "/dev/pts/")
        converse(terminal, "\x03", "root@laptop:")
        converse(terminal, "echo $((6*7))-$HOSTNAME\n", "42-laptop.*root@laptop:")
        converse(terminal, "\x04", "lab> ")
        converse(terminal, "nobody\n", "No machine has the name nobody.*lab> ")
        converse(terminal, "\x04", "lab: stopping")
        wait_for(lambda: os.waitpid(pid, os.WNOHANG) != (0, 0), 30, "the lab has ended")
        pid = 0
    finally:
        os.close(terminal)
        if pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def converse(terminal: int, typed: str, until: str) -> None:
    """Types something and reads until what comes back has this pattern.

    What is typed before a prompt is there can be lost: a shell that turns to the terminal drops a Ctrl-D.
    """
    os.write(terminal, typed.encode())
    heard = ""
    end = time.monotonic() + 60
    while not re.search(until, heard, re.DOTALL):
        readable, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        assert readable, f"{until} did not come: {heard}"
        heard += os.read(terminal, 4096).decode(errors="replace")


def test_nothing_leaves_the_machine(lab: Lab) -> None:
    for each in lab.machines():
        assert each.must("ip", "route", "show", "default") == "", each.name
        answers = each.must("python3", "-c", OUTSIDE).split()
        assert answers == [errno.errorcode[errno.ENETUNREACH]] * 2, each.name


def test_without_root_it_says_in_one_line_that_it_needs_it(tmp_path: Path) -> None:
    for file in filter(Path.is_file, HERE.iterdir()):
        shutil.copy(file, tmp_path)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", str(tmp_path / "run")]
    done = subprocess.run(nobody, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "root" in done.stderr


def test_some_of_the_checks_renew_their_rows_of_the_fault_table_and_keep_the_others() -> None:
    before = [Fault("first", "nothing", "1 s", "nothing"), Fault("second", "nothing", "2 s", "nothing")]
    renewed, new = Fault("second", "much", "3 s", "all"), Fault("third", "nothing", "4 s", "nothing")
    page = f"# Title\n\n{Report(faults=before).fault_table()}\n"
    assert read_rows(page) == before
    assert replaced(read_rows(page), [new, renewed]) == [before[0], renewed, new]
