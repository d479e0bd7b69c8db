"""A machine: its own mount, UTS, IPC, network, process and cgroup namespaces on an overlay root."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lab.layers import Layer
from lab.paths import HERE
from lab.switch import Switch

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "TERM": "dumb",
}


class CommandFailed(Exception):
    """A command on a machine ended with another code than 0."""


@dataclass(frozen=True)
class Result:
    """What a command gave back."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether the command ended with code 0."""
        return self.code == 0


@dataclass
class Machine:
    """One machine of the lab. start() boots it, run() runs a command on it, stop() ends all its processes."""

    name: str
    address: str
    lower: list[Path]
    folder: Path
    shared: Path
    switch: Switch
    systemd: bool = False
    disk: str = ""
    pid: int = 0
    _unshare: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Boots the machine. Call it from the main thread: the machine dies with the thread that started it."""
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        for part in ("init", "commands"):
            (self.cgroup() / part).mkdir(parents=True, exist_ok=True)
        # The cgroup is entered before its namespace is made, or the namespace's root would be the host's.
        enter = f"echo $$ >{self.cgroup()}/init/cgroup.procs"
        kinds = "--mount --uts --ipc --net --pid --cgroup --fork --kill-child --propagation private"
        kind = "systemd" if self.systemd else "plain"
        init = [str(HERE / "lab/image/init.sh"), self.name, ":".join(map(str, self.lower)), str(self.folder), kind]
        with (self.folder / "console").open("w") as console:
            self._unshare = subprocess.Popen(
                ["bash", "-c", f'{enter}; exec setpriv --pdeathsig KILL unshare {kinds} bash "$@"', "machine"]
                + [*init, str(self.shared), self.disk],
                stdin=subprocess.PIPE,
                stdout=console,
                stderr=console,
                text=True,
                start_new_session=True,
            )
        self.pid = _only_child(self._unshare.pid)
        self.switch.plug(self.name, self.pid, self.address)
        assert self._unshare.stdin
        self._unshare.stdin.write("go\n")
        self._unshare.stdin.close()

    def wait_booted(self) -> None:
        """Waits until the machine answers; under systemd, until its boot has ended."""
        wait_for(lambda: self.run("test", "-e", "/run/lab-machine").ok, 20, f"{self.name} changed its root")
        if self.systemd:
            wait_for(lambda: self.run("test", "-S", "/run/systemd/private").ok, 30, f"{self.name} runs systemd")
            wait = ["systemctl", "is-system-running", "--wait"]
            ended = ("running", "degraded")
            wait_for(lambda: self.run(*wait).out.strip() in ended, 90, f"{self.name} has booted")

    def run(self, *command: str, stdin: str = "", timeout: float = 120, env: dict[str, str] | None = None) -> Result:
        """Runs a command on the machine as root and gives back its code and what it wrote."""
        began = time.monotonic()
        done = subprocess.run(
            self.command(*command, env=env), input=stdin, text=True, capture_output=True, timeout=timeout, check=False
        )
        return Result(done.returncode, done.stdout, done.stderr, time.monotonic() - began)

    def must(self, *command: str, stdin: str = "", timeout: float = 120, env: dict[str, str] | None = None) -> str:
        """As run(), but gives back the output alone; raises CommandFailed with all that was said."""
        result = self.run(*command, stdin=stdin, timeout=timeout, env=env)
        if not result.ok:
            said = f"{result.out[-2000:]}{result.err[-2000:]}"
            raise CommandFailed(f"{self.name}: {' '.join(command)[:200]}: exit {result.code}\n{said}")
        return result.out

    def sh(self, script: str, stdin: str = "", timeout: float = 120) -> str:
        """Runs a shell script with must()."""
        return self.must("bash", "-c", script, stdin=stdin, timeout=timeout)

    def command(self, *command: str, env: dict[str, str] | None = None) -> list[str]:
        """The host's command line that runs a command on the machine."""
        pairs = [f"{key}={value}" for key, value in {**ENVIRONMENT, **(env or {})}.items()]
        enter = f'echo $$ >{self.cgroup()}/commands/cgroup.procs; exec nsenter -a -t {self.pid} -- env -i "$@"'
        return ["bash", "-c", enter, "command", *pairs, *command]

    def write(self, path: str, text: str, mode: str = "644", owner: str = "root:root") -> None:
        """Writes a file on the machine, folders included."""
        steps = (
            f'mkdir -p "$(dirname "{path}")"; umask 077; cat >"{path}"; chmod {mode} "{path}"; chown {owner} "{path}"'
        )
        self.sh(steps, stdin=text)

    def read(self, path: str) -> str:
        """The text of a file on the machine."""
        return self.must("cat", path)

    def cgroup(self) -> Path:
        """The machine's cgroup on the host."""
        return cgroups() / f"podlaunch-lab-{self.folder.parent.name}-{self.name}"

    def freeze(self) -> None:
        """Stops every process of the machine where it is; its kernel goes on accepting connections."""
        (self.cgroup() / "cgroup.freeze").write_text("1")

    def thaw(self) -> None:
        """Undoes freeze()."""
        (self.cgroup() / "cgroup.freeze").write_text("0")

    def stop(self) -> None:
        """Ends every process of the machine. Its disk stays."""
        if self._unshare is None:
            return
        self.thaw()
        self._unshare.send_signal(signal.SIGKILL)
        self._unshare.wait()
        _end_cgroup(self.cgroup())
        self._unshare = None

    def wipe(self) -> None:
        """Forgets the machine's disk: the next start() is a new machine."""
        shutil.rmtree(self.folder, ignore_errors=True)


def machine(name: str, address: str, layer: Layer, run: Path, switch: Switch, systemd: bool = False) -> Machine:
    """A machine on a layer, not started yet. Its disk and the shared file system are in the folder `run`."""
    return Machine(name, address, layer.stack(), run / name, run / "fsx", switch, systemd)


def cgroups() -> Path:
    """The root of the host's unified cgroups."""
    hybrid = Path("/sys/fs/cgroup/unified")
    return hybrid if hybrid.exists() else hybrid.parent


def forget_cgroups(run: str) -> None:
    """Removes what is left of the cgroups of the lab with this folder: it was killed, or interrupted in its start."""
    for left in cgroups().glob(f"podlaunch-lab-{run}-*"):
        _end_cgroup(left)


def wait_for(condition: Callable[[], bool], seconds: float, what: str, pause: float = 0.1) -> float:
    """Waits until the condition is true; returns the seconds it took. Raises TimeoutError naming what was awaited."""
    began = time.monotonic()
    is_over = False
    while not condition():
        if is_over:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(pause)
        is_over = time.monotonic() - began > seconds  # One more try: the last one may have taken all that time.
    return time.monotonic() - began


def _only_child(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _ in range(500):
        if child := children.read_text().split():
            return int(child[0])
        time.sleep(0.01)
    raise TimeoutError("unshare made no machine")


def _end_cgroup(top: Path) -> None:
    """Ends what still runs in a cgroup and removes it. Raises TimeoutError where something cannot be ended."""
    for _ in range(600):
        if _remove_cgroup(top):
            return
        if (kill := top / "cgroup.kill").exists():  # since Linux 5.14
            kill.write_text("1")
        time.sleep(0.05)
    raise TimeoutError(f"something in {top} does not end")


def _remove_cgroup(top: Path) -> bool:
    """Removes a cgroup with all below it. False while a process is still in it."""
    try:
        for folder, _, _ in os.walk(top, topdown=False):
            Path(folder).rmdir()
    except OSError:
        return False
    return True
