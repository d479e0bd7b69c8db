"""Emulated AWS in the network of the lab's VPC, and its clients: the AWS CLI and podlaunch itself."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lab import vpc
from lab.machine import Machine
from lab.paths import CHECKOUT

PYTHON_TOOLS = ("awscli", "ministack", "moto")
AWS_NAMES = 'mount --bind "$1" /etc/resolv.conf; shift; exec "$@"'
"""Functions ask the VPC's resolver, as in a VPC: the host's own file stays as it is."""

CLOCKS = "clocks.json"


class Refused(Exception):
    """A client was refused, in AWS's or podlaunch's words."""


def tools() -> dict[str, Path]:
    """The virtual environments of the emulators' tests, made here: the VPC's network has no way out."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "podlaunch"
    support = CHECKOUT / "test/support"

    def made(name: str) -> Path:
        requirements = support / f"requirements/{name}.txt"
        command = ["python3", str(support / "make-venv.py"), name, str(requirements), str(cache)]
        return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())

    with ThreadPoolExecutor() as pool:
        return dict(zip(PYTHON_TOOLS, pool.map(made, PYTHON_TOOLS), strict=True))


@dataclass
class Emulators:
    """AWS as the rehearsal has it."""

    network: Machine
    folder: Path
    aws_cli: Path
    url: str
    _process: "subprocess.Popen[str]"

    @property
    def port(self) -> int:
        """The port on the machine of the VPC's services."""
        return urlsplit(self.url).port or 0

    def aws(self, *words: str) -> Any:  # noqa: ANN401
        """Runs the AWS CLI as an administrator of the account. Raises Refused with its words."""
        said = self._run(str(self.aws_cli), *words, "--output", "json")
        return json.loads(said) if said.strip() else None

    def podlaunch(self, *words: str, stdin: str = "") -> Any:  # noqa: ANN401
        """Runs podlaunch in the folder of podlaunch.yaml, and reads its JSON. Raises Refused with its words."""
        return json.loads(self._run(*self._podlaunch(words), stdin=stdin))

    def begin_podlaunch(self, *words: str) -> "subprocess.Popen[str]":
        """Begins podlaunch, and does not wait for it."""
        return self._begin(self._podlaunch(words))

    @contextmanager
    def clock_of(self, function: str, days: float) -> Iterator[None]:
        """A function lives so many days after now, or before it."""
        clocks = self.folder / CLOCKS
        clocks.write_text(json.dumps({function: days}))
        try:
            yield
        finally:
            clocks.write_text("{}")

    def stop(self) -> None:
        """Ends all of it."""
        self._process.communicate("", timeout=60)

    def _podlaunch(self, words: tuple[str, ...]) -> list[str]:
        program = [os.environ["PODLAUNCH_NODE"], str(CHECKOUT / "lib/cli.cjs")]
        return [*program, *words, "--endpoint-url", self.url, "--json"]

    def _run(self, *command: str, stdin: str = "") -> str:
        process = self._begin(command)
        out, err = process.communicate(stdin)
        if process.returncode:
            raise Refused(f"{' '.join(command[1:5])}: exit {process.returncode}\n{out[-2000:]}{err[-2000:]}")
        return out

    def _begin(self, command: Sequence[str]) -> "subprocess.Popen[str]":
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": vpc.REGION,
            "AWS_DEFAULT_REGION": vpc.REGION,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }
        return subprocess.Popen(
            ["nsenter", f"--net=/proc/{self.network.pid}/ns/net", *command],
            env=environment,
            cwd=self.folder,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def start(network: Machine, folder: Path, behind: str, made: dict[str, Path]) -> Emulators:
    """Starts them in the machine's network. `behind` is the address of what does AWS's work in the lab.

    They end with the process that starts them; call it from the main thread.
    """
    folder.mkdir()
    (folder / CLOCKS).write_text("{}")
    resolver = folder / "resolv.conf"
    resolver.write_text(f"nameserver {vpc.ADDRESS}\n")
    enter = ["nsenter", f"--net=/proc/{network.pid}/ns/net", "unshare", "--mount", "--propagation", "private"]
    program = [os.environ["PODLAUNCH_NODE"], str(CHECKOUT / "test/rehearsal/emulators.ts")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *enter, "sh", "-c", AWS_NAMES, "sh", str(resolver), *program],
            env={
                **os.environ,
                "BEHIND_URL": behind,
                "FUNCTION_CLOCKS": str(folder / CLOCKS),
                "FUNCTION_OPTIONS": f"--require={CHECKOUT}/test/rehearsal/clock.cjs",
                "NO_PROXY": "127.0.0.1",
                # What is left of a killed one goes with the lab's folder.
                "TMPDIR": str(folder),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout
    url = process.stdout.readline().strip()
    if not url:
        raise Refused((folder / "log").read_text()[-2000:])
    return Emulators(network, folder, made["awscli"] / "bin/aws", url, process)
