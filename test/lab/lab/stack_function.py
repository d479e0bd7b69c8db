"""A function of the stack as its template has it, run in the lab, and what moto lacks of AWS for it.

It is in the network of the machine with the VPC's services, as a function in a VPC is; its code, Node.js and the SDK
are the host's. Here are ds:ResetUserPassword and DescribeDomainControllers, calls of one function by another, and a
stack that is there.
"""

import contextlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab import balancer
from lab.cluster import Lab
from lab.password_resets import password_resets
from lab.paths import CHECKOUT
from lab.served import Posted, served
from lab.vpc import REGION

GENERATED = CHECKOUT / "src/functions/generated"
ARN = f"arn:aws:lambda:{REGION}:123456789012:function"
STACK_ID = f"arn:aws:cloudformation:{REGION}:123456789012:stack/lab/01234567-89ab-cdef-0123-456789abcdef"
DESCRIBED = f"""<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>{STACK_ID}</StackId>
<StackName>lab</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks></DescribeStacksResult>
</DescribeStacksResponse>"""

RUNTIME = """
const { handler } = require(process.argv[1]);
const context = { getRemainingTimeInMillis: () => 300000, awsRequestId: 'lab-' + process.pid };
handler(JSON.parse(require('node:fs').readFileSync(0, 'utf8')), context).then(
  (answer) => process.stderr.write(JSON.stringify(answer ?? null), () => process.exit(0)),
  (thrown) => process.stderr.write(String(thrown), () => process.exit(1)),
);
"""
IN_NETWORK = 'mount --bind "$1" /etc/hosts; shift; exec "$@"'

Invoke = Callable[[Any], Any]
"""What the call of another function gives."""


@dataclass
class StackFunction:
    """A function, and what AWS and its template tell it. `constants` are other values for those of its text."""

    lab: Lab
    name: str
    environment: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)

    def call(self, event: Any) -> tuple[Any, str]:  # noqa: ANN401
        """Calls the function once. Gives what it answers and what it wrote; raises RuntimeError where it throws."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "index.cjs").write_text(self._text())
            (folder / "hosts").write_text(f"127.0.0.1 localhost\n{balancer.ADDRESS} {balancer.NAME}\n")
            enter = ["nsenter", f"--net=/proc/{self.lab.vpc.machine.pid}/ns/net", "unshare", "--mount", "sh", "-c"]
            command = [*enter, IN_NETWORK, "sh", str(folder / "hosts"), _node(), "-e", RUNTIME]
            done = subprocess.run(
                [*command, str(folder / "index.cjs")],
                input=json.dumps(event),
                env=self.environment,
                text=True,
                capture_output=True,
                timeout=300,
                check=False,
            )
        assert "canary" not in done.stdout + done.stderr
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stderr), done.stdout

    def _text(self) -> str:
        found = re.search(r'^  text: (".*"),$', (GENERATED / f"{self.name}.ts").read_text(), re.MULTILINE)
        assert found
        text: str = json.loads(found.group(1))
        for constant, value in self.constants.items():
            text, changed = re.subn(rf"var {constant} = [^;]+;", f"var {constant} = {value};", text)
            assert changed == 1, constant
        return text


def aws_of(services: str) -> dict[str, str]:
    """What a function's process is told of AWS."""
    return {
        "PATH": os.environ["PATH"],
        "NODE_PATH": str(CHECKOUT / "node_modules"),
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "lab",
        "AWS_SECRET_ACCESS_KEY": "lab",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:5000",
        "AWS_ENDPOINT_URL_DIRECTORY_SERVICE": services,
        "AWS_ENDPOINT_URL_LAMBDA": services,
        "AWS_ENDPOINT_URL_CLOUDFORMATION": services,
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
    }


@contextlib.contextmanager
def services_for(lab: Lab, invoke: Invoke | None = None) -> Iterator[str]:
    """What moto lacks, in the network of the VPC's machine. Gives its URL."""

    def answer(posted: Posted) -> tuple[int, str]:
        if posted.path.endswith("/invocations"):
            assert invoke
            return 200, json.dumps(invoke(json.loads(posted.body)))
        if posted.operation == "ResetUserPassword":
            asked = json.loads(posted.body)
            done = reset_password(asked["UserName"], asked["NewPassword"])
            return (200, "{}") if done else (400, '{"__type": "UserDoesNotExistException"}')
        if posted.operation == "DescribeDomainControllers":
            both = [{"DnsIpAddr": one.address, "Status": "Active"} for one in lab.directory.controllers()]
            return 200, json.dumps({"DomainControllers": both})
        return 200, DESCRIBED

    with password_resets(lab.directory) as reset_password, served(lab.vpc.machine, answer) as url:
        yield url


def _node() -> str:
    """Node.js of Lambda's own major where the tests have it already, else the one that there is."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    found = sorted(Path(home, "podlaunch").glob("node-24.*/node_modules/node-*/bin/node"))
    return str(found[-1]) if found else "node"
