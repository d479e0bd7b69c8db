"""AWS's operations, called as an administrator of the account."""

import json
import subprocess
import threading
from dataclasses import dataclass, field
from typing import Any

from lab.machine import CommandFailed, Machine

START = "exec python3 /opt/lab/aws_call.py {region} 2>>/var/log/lab.log"


@dataclass(eq=False)
class AwsCaller:
    """One process on the machine of the endpoint, which is started with the first call and ends with the machine."""

    machine: Machine
    region: str
    _process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def call(self, asked: dict[str, Any]) -> dict[str, Any]:
        """One operation. Raises CommandFailed with AWS's reason."""
        with self._turn:
            process = self._process = self._process or self._start()
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            said: dict[str, Any] = json.loads(process.stdout.readline() or '{"error": "the process has ended"}')
        if "error" in said:
            raise CommandFailed(f"{self.machine.name}: {asked['service']} {asked['operation']}: {said['error']}")
        answer: dict[str, Any] = said["answer"]
        return answer

    def _start(self) -> "subprocess.Popen[str]":
        command = self.machine.command("sh", "-c", START.format(region=self.region), env={"PYTHONPATH": "/opt/moto"})
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
