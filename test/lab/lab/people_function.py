"""The people function as its stack's template has it, run against the lab's directory through the lab's load balancer.

It is in the network of the machine with the VPC's services, as a function in a VPC is; its code, Node.js and the SDK
are the host's. What moto lacks is here: ds:ResetUserPassword.
"""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from lab import balancer, people
from lab.cluster import Lab
from lab.directory import DATABASE
from lab.managed import ADMIN, make_admin
from lab.paths import CHECKOUT
from lab.served import served
from lab.vpc import REGION

CODE = CHECKOUT / "src/functions/generated/people.ts"
ADMIN_PASSWORD = "Lab-canary.Adm1n-Passw0rd"

RUNTIME = """
const { handler } = require(process.argv[1]);
const context = { getRemainingTimeInMillis: () => 300000, awsRequestId: 'lab-' + process.pid };
handler(JSON.parse(require('node:fs').readFileSync(0, 'utf8')), context).then((answer) => {
  process.stderr.write(JSON.stringify(answer), () => process.exit(0));
});
"""
SET_PASSWORDS = """
import json, sys
import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB
lp = LoadParm()
lp.load_default()
directory = SamDB(url=sys.argv[1], session_info=system_session(), lp=lp)
for line in sys.stdin:
    asked = json.loads(line)
    person = f"(sAMAccountName={ldb.binary_encode(asked['UserName'])})"
    try:
        found = directory.search(expression=person, attrs=["userAccountControl"])[0]
        flags = int(str(found["userAccountControl"])) & ~2
        password = ('"' + asked["NewPassword"] + '"').encode("utf-16-le")
        change = ldb.Message(found.dn)
        change["password"] = ldb.MessageElement(password, ldb.FLAG_MOD_REPLACE, "unicodePwd")
        change["flags"] = ldb.MessageElement(str(flags), ldb.FLAG_MOD_REPLACE, "userAccountControl")
        directory.modify(change)
        print("done", flush=True)
    except Exception as thrown:
        print("refused", type(thrown).__name__, flush=True)
"""
"""Runs on a controller as long as the function may ask: starting samba-tool takes a second for each password."""
IN_NETWORK = 'mount --bind "$1" /etc/hosts; shift; exec "$@"'


@dataclass
class PeopleFunction:
    """The function, and what AWS and its template tell it."""

    lab: Lab
    folder: Path
    environment: dict[str, str]

    def ask(self, **call: Any) -> dict[str, Any]:  # noqa: ANN401
        """Calls the function once and gives back what it answers."""
        enter = ["nsenter", f"--net=/proc/{self.lab.vpc.machine.pid}/ns/net", "unshare", "--mount", "sh", "-c"]
        command = [*enter, IN_NETWORK, "sh", str(self.folder / "hosts"), _node(), "-e", RUNTIME]
        done = subprocess.run(
            [*command, str(self.folder / "index.cjs")],
            input=json.dumps(call),
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=300,
            check=True,
        )
        assert "canary" not in done.stdout + done.stderr
        answer: dict[str, Any] = json.loads(done.stderr)
        return answer


@contextlib.contextmanager
def people_function(lab: Lab, sudo_groups: str = "ClusterAdmin") -> Iterator[PeopleFunction]:
    """The function with an Admin who administers the unit of the short name and nothing else, as AWS makes it."""
    make_admin(lab.directory, ADMIN_PASSWORD)
    with tempfile.TemporaryDirectory() as name, _password_service(lab) as passwords:
        folder = Path(name)
        text = re.search(r'^  text: (".*"),$', CODE.read_text(), re.MULTILINE)
        assert text
        (folder / "index.cjs").write_text(json.loads(text.group(1)))
        (folder / "hosts").write_text(f"127.0.0.1 localhost\n{balancer.ADDRESS} {balancer.NAME}\n")
        told = {
            "DomainName": people.DOMAIN,
            "ShortName": "hyperpod",
            "DirectoryId": "d-1234567890",
            "LdapsHost": balancer.NAME,
            "CertificateArn": lab.certificate_arn,
            "AdminSecretArn": _admin_secret(lab),
            "BindSecretArn": lab.secret_arn,
            "SudoGroups": sudo_groups,
            "HandOverPrefix": f"podlaunch/lab-{os.urandom(4).hex()}/people/",
        }
        aws = {
            "PATH": os.environ["PATH"],
            "NODE_PATH": str(CHECKOUT / "node_modules"),
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "lab",
            "AWS_SECRET_ACCESS_KEY": "lab",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:5000",
            "AWS_ENDPOINT_URL_DIRECTORY_SERVICE": passwords,
            "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }
        try:
            yield PeopleFunction(lab, folder, {**aws, **told})
        finally:
            lab.directory.dc1.run("ldbdel", "-H", DATABASE, ADMIN)
            lab.directory.replicate()


def _admin_secret(lab: Lab) -> str:
    value = json.dumps({"username": "Admin", "password": ADMIN_PASSWORD})
    made = lab.vpc.call("secretsmanager", "create_secret", Name=f"admin-{os.urandom(4).hex()}", SecretString=value)
    return str(made["ARN"])


@contextlib.contextmanager
def _password_service(lab: Lab) -> Iterator[str]:
    """ds:ResetUserPassword, in the network of the VPC's machine."""

    setting = subprocess.Popen(
        lab.directory.dc1.command("python3", "-c", SET_PASSWORDS, DATABASE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["content-length"]))
            assert setting.stdin and setting.stdout
            with one_at_a_time:
                setting.stdin.write(f"{json.dumps(json.loads(asked))}\n")
                setting.stdin.flush()
                done = setting.stdout.readline() == "done\n"
            self.send_response(200 if done else 400)
            self.end_headers()
            self.wfile.write(b"{}" if done else b'{"__type": "UserDoesNotExistException"}')

        def log_message(self, *_arguments: object) -> None:
            """Nothing is written."""

    try:
        with served(lab.vpc.machine, Handler) as url:
            yield url
    finally:
        setting.communicate(timeout=30)


def _node() -> str:
    """Node.js of Lambda's own major where the tests have it already, else the one that there is."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    found = sorted(Path(home, "podlaunch").glob("node-24.*/node_modules/node-*/bin/node"))
    return str(found[-1]) if found else "node"
