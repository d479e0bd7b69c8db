"""What is said goes to the console (HyperPod carries it to CloudWatch) and to a file beside HyperPod's own."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from podlaunch_node.node import Node

FILE = "/var/log/provision/podlaunch.log"
LIMIT = 1_000_000


@dataclass
class Log:
    """Collects lines; `to_file` is off for what only looks (check, status, diagnose), `to_stderr` is on for JSON."""

    node: Node = field(default_factory=Node)
    to_file: bool = True
    to_stderr: bool = False

    def say(self, line: str) -> None:
        """Print one line, and add it to the file. A log that cannot be written stops nothing."""
        print(f"podlaunch: {line}", flush=True, file=sys.stderr if self.to_stderr else sys.stdout)
        self.note(line)

    def note(self, line: str) -> None:
        """Add a line to the file only."""
        if not self.to_file:
            return
        path = self.node.path(FILE)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LIMIT:
                path.rename(path.with_suffix(".log.1"))
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {line}\n")
        except OSError as error:
            print(f"podlaunch: {FILE}: {error.strerror}", file=sys.stderr)
