"""Runs commands. A failure carries the command, its exit code and what it said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

SLURM = "/opt/slurm/bin:/opt/slurm/sbin"
"""Where HyperPod has Slurm. Neither systemd's default PATH nor sudo's secure_path knows of it."""


@dataclass(frozen=True)
class Done:
    """A command that ended: exit code and output."""

    code: int
    stdout: str
    stderr: str


class CommandError(Exception):
    """A command that did not end well. `code` is None when it did not end or does not exist."""

    def __init__(self, argv: Sequence[str], code: int | None, stderr: str) -> None:
        self.argv = list(argv)
        self.code = code
        self.stderr = stderr.strip()
        how = "could not finish" if code is None else f"exit code {code}"
        super().__init__(f"{' '.join(argv)}: {how}: {self.stderr or 'no message'}")


class Run(Protocol):
    """The signature of `run`, so that tests can hand in another one."""

    def __call__(
        self,
        argv: Sequence[str],
        *,
        stdin: str = "",
        env: Mapping[str, str] | None = None,
        timeout: float = 60,
        check: bool = True,
        secret: bool = False,
    ) -> Done:
        """See `run`."""
        ...


def run(
    argv: Sequence[str],
    *,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
    check: bool = True,
    secret: bool = False,
) -> Done:
    """Run argv without a shell and return what it said.

    `env` is added to the environment; the locale is always C, so that messages can be read, and
    Slurm's commands are found, whoever started this process.
    Throws CommandError where the command is missing, takes longer than `timeout` seconds, or
    (with `check`) exits non-zero; with `secret`, no error carries standard output. A secret belongs
    in `stdin` only: others can read argv.
    """
    path = f"{SLURM}:{os.environ.get('PATH', os.defpath)}"
    whole = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "LANGUAGE": "", **(env or {})}
    try:
        ended = subprocess.run(
            list(argv), input=stdin.encode(), env=whole, timeout=timeout, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise CommandError(argv, None, f"{error.filename} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise CommandError(argv, None, f"no end after {timeout:g} s") from error
    done = Done(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))
    if check and done.code != 0:
        raise CommandError(argv, done.code, done.stderr or ("" if secret else done.stdout))
    return done
