"""The machine that is worked on: where its files are, how commands run, who is told."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from podlaunch_node.run import Run, run

STATE = "/var/lib/podlaunch"
RUNTIME = "/run/podlaunch"
ETC = "/etc/podlaunch"
OPT = "/opt/podlaunch"
LIBEXEC = f"{OPT}/current/podlaunch_node/libexec"


# Every folder that a run writes files to: what a killed run left there goes at the next one.
WRITTEN_TO = (
    "/etc",
    "/etc/motd.d",
    "/etc/ssh/ssh_config.d",
    "/etc/ssh/sshd_config.d",
    "/etc/sssd",
    "/etc/sudoers.d",
    "/etc/systemd/resolved.conf.d",
    "/etc/systemd/system",
    "/etc/systemd/system/nftables.service.d",
    "/etc/systemd/system/ssh.service.d",
    "/etc/systemd/system/sssd.service.d",
    "/usr/local/bin",
    "/usr/share/pam-configs",
    ETC,
    RUNTIME,
    STATE,
    f"{STATE}/before",
    f"{STATE}/good",
)


def say_nothing(_line: str) -> None:
    """A log that nobody reads."""


@dataclass(frozen=True)
class Node:
    """Everything that a module needs of its surroundings, so that tests can give others.

    `root` is put before every path, `owner` owns every file that is written.
    """

    root: Path = Path("/")
    owner: tuple[int, int] = (0, 0)
    run: Run = run
    say: Callable[[str], None] = say_nothing
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    chance: Callable[[], float] = field(default=random.SystemRandom().random)

    def path(self, absolute: str) -> Path:
        """The path for us of the file that is `absolute` on the node."""
        return self.root / absolute.lstrip("/")
