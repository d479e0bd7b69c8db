"""What a VPC gives its nodes: the resolver and AWS's endpoints, on one machine.

Nodes reach the endpoints by their real names over TLS, with the credentials of their role: nothing on a node knows that
it is in a lab.
"""

from dataclasses import dataclass
from typing import Any

from lab import balancer
from lab.aws_caller import AwsCaller
from lab.certificates import Pair, self_signed, signed
from lab.machine import Machine, wait_for
from lab.paths import HERE

ADDRESS = "10.192.10.2"
REGION = "us-west-2"
DENIED = "/etc/haproxy/denied"
MOTO = 5000

REFUSAL = '{"__type": "AccessDeniedException", "message": "the role is not authorized to perform this operation"}\n'


@dataclass
class Vpc:
    """The machine with the VPC's services."""

    machine: Machine
    authority: Pair | None = None
    _caller: AwsCaller | None = None

    def serve(self, hosts: dict[str, str], port: int | None = None) -> None:
        """Starts all services. `hosts` are the names that the resolver knows besides AWS's.

        AWS is what listens on this port of the machine already, or else moto, which is started.
        """
        self.machine.write("/opt/lab/aws_call.py", (HERE / "lab/inside/aws_call.py").read_text())
        if port is None:
            self._start(f"PYTHONPATH=/opt/moto python3 -m moto.server -H 127.0.0.1 -p {MOTO}")
        self.authority = self_signed(self.machine, "Lab authority")
        names = [f"*.{REGION}.amazonaws.com", f"*.s3.{REGION}.amazonaws.com", "*.amazonaws.com", "*.s3.amazonaws.com"]
        front = signed(self.machine, "aws", self.authority, names)
        self.machine.write("/etc/haproxy/aws.pem", front.certificate + front.key, mode="600")
        self.machine.write("/etc/haproxy/denied.json", REFUSAL)
        self.machine.write(DENIED, "")
        self.machine.write("/etc/haproxy/haproxy.cfg", _front(port or MOTO))
        self.machine.must("haproxy", "-D", "-f", "/etc/haproxy/haproxy.cfg")
        self.serve_names(hosts)
        answers = lambda: self.machine.run("nc", "-z", "127.0.0.1", str(port or MOTO)).ok  # noqa: E731
        wait_for(answers, 60, "AWS answers")

    def serve_names(self, hosts: dict[str, str], directory: str = balancer.NAME) -> None:
        """Starts the resolver. `directory` is the name under which it knows the load balancer."""
        names = {directory: balancer.ADDRESS, **hosts}
        records = " ".join(f"--host-record={name},{address}" for name, address in names.items())
        every = "--no-resolv --no-hosts --local=// --user=root"
        self.machine.sh(f"dnsmasq {every} --address=/amazonaws.com/{ADDRESS} {records}")

    def stop_names(self) -> None:
        """Ends the resolver: every look-up is refused."""
        self.machine.sh("pkill -x dnsmasq || true; while pgrep -x dnsmasq >/dev/null; do sleep .05; done")

    def call(self, service: str, operation: str, binary: tuple[str, ...] = (), **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        """Calls an operation of the endpoint as an administrator. `binary` names the arguments that are bytes."""
        asked = {"service": service, "operation": operation, "binary": binary, "arguments": arguments}
        self._caller = self._caller or AwsCaller(self.machine, REGION)
        return self._caller.call(asked)

    def deny(self, target: str) -> None:
        """Makes one operation (as in the header X-Amz-Target) answer AccessDeniedException."""
        self._haproxy(f"add acl {DENIED} {target}")

    def allow_all(self) -> None:
        """Undoes deny()."""
        self._haproxy(f"clear acl {DENIED}")

    def unreachable(self) -> None:
        """Makes AWS's endpoints swallow packets."""
        rules = "table inet fault { chain input { type filter hook input priority 0; tcp dport 443 drop; }; }\n"
        self.machine.must("nft", "-f", "-", stdin=rules)

    def reachable(self) -> None:
        """Undoes unreachable()."""
        self.machine.sh("nft delete table inet fault")

    def _haproxy(self, line: str) -> None:
        self.machine.must("nc", "-U", "-N", "/run/haproxy.sock", stdin=f"{line}\n")

    def _start(self, command: str) -> None:
        self.machine.sh(f"env {command} </dev/null >>/var/log/lab.log 2>&1 & sleep 0")


def _front(port: int) -> str:
    """Ends TLS under AWS's names and hands on to the port."""
    return f"""global
  stats socket /run/haproxy.sock mode 600 level admin
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
frontend aws
  bind :443 ssl crt /etc/haproxy/aws.pem
  acl denied hdr(x-amz-target) -f {DENIED}
  http-request return status 400 content-type application/x-amz-json-1.1 file /etc/haproxy/denied.json if denied
  default_backend endpoint
backend endpoint
  server endpoint 127.0.0.1:{port}
"""
