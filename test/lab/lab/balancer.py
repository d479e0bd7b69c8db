"""The load balancer: ends TLS on 636 and hands plain LDAP to both controllers."""

from dataclasses import dataclass

from lab.certificates import Pair
from lab.directory import ADDRESSES
from lab.machine import Machine, wait_for
from lab.paths import HERE

NAME = "ldaps.hyperpod.internal"
ADDRESS = "10.192.10.20"
BOTH_UP = {"dc1": "2", "dc2": "2"}

CONFIG = f"""global
  stats socket /run/haproxy.sock mode 600 level admin
defaults
  mode tcp
  timeout connect 2s
  timeout client 350s
  timeout server 350s
  retries 2
  option redispatch
frontend ldaps
  bind :636 ssl crt /etc/haproxy/ldaps.pem
  default_backend controllers
backend controllers
  balance roundrobin
  default-server check inter 1s fall 2 rise 2 on-marked-down shutdown-sessions
  server dc1 {ADDRESSES["dc1"]}:389
  server dc2 {ADDRESSES["dc2"]}:389
"""


@dataclass
class Balancer:
    """The machine with the load balancer, and what may happen to it."""

    machine: Machine

    def serve(self, pair: Pair) -> None:
        """Starts, or starts again, haproxy with this certificate, and waits until both controllers are up."""
        self.stop_serving()
        self._write(pair)
        self.machine.must("haproxy", "-D", "-f", "/etc/haproxy/haproxy.cfg")
        wait_for(lambda: self.states() == BOTH_UP, 30, "the load balancer sees both controllers")

    def serve_as_nlb(self, pair: Pair, idle: float) -> None:
        """Puts the model of an NLB in haproxy's place, with an idle time-out in seconds (350 on AWS)."""
        self.stop_serving()
        self._write(pair)
        self.machine.write("/opt/lab/nlb.py", (HERE / "lab/inside/nlb.py").read_text())
        start = "setsid python3 /opt/lab/nlb.py {} /etc/haproxy/ldaps.pem {} </dev/null >/var/log/nlb.log 2>&1 &"
        self.machine.sh(start.format(idle, " ".join(ADDRESSES.values())))
        wait_for(lambda: self.machine.run("nc", "-z", "127.0.0.1", "636").ok, 20, "the NLB's model listens")

    def serve_busy(self, pair: Pair, code: int) -> None:
        """Hands everybody to controllers that take the connection and answer with this LDAP result, 51 for busy."""
        self.stop_serving()
        self._write(pair)
        self.machine.write("/opt/lab/busy.py", (HERE / "lab/inside/busy.py").read_text())
        self.machine.sh(f"setsid python3 /opt/lab/busy.py {code} </dev/null >/var/log/busy.log 2>&1 &")
        for address in ADDRESSES.values():
            self.machine.must("sed", "-i", f"s/{address}:389/127.0.0.1:389/", "/etc/haproxy/haproxy.cfg")
        self.machine.must("haproxy", "-D", "-f", "/etc/haproxy/haproxy.cfg")
        wait_for(lambda: self.states() == BOTH_UP, 30, "the load balancer sees both controllers, busy")

    def serve_again(self, pair: Pair) -> None:
        """Undoes serve_busy()."""
        self.machine.sh("fuser -s -k 389/tcp || true")
        self.serve(pair)

    def stop_serving(self) -> None:
        """Ends whatever listens on 636."""
        self.machine.sh("fuser -s -k 636/tcp; while ss -ltn | grep -q ':636 '; do sleep .05; done")

    def states(self) -> dict[str, str]:
        """haproxy's view of each controller: 2 is up, 0 is down."""
        answer = self.machine.run("nc", "-U", "-N", "/run/haproxy.sock", stdin="show servers state\n").out
        rows = [line.split() for line in answer.splitlines()[2:] if line.strip()]
        return {row[3]: row[5] for row in rows}

    def wait_both_up(self) -> None:
        """Waits until both controllers are in service again."""
        wait_for(lambda: self.states() == BOTH_UP, 60, "the load balancer sees both controllers again")

    def _write(self, pair: Pair) -> None:
        self.machine.write("/etc/haproxy/ldaps.pem", pair.certificate + pair.chain + pair.key, mode="600")
        self.machine.write("/etc/haproxy/haproxy.cfg", CONFIG)
