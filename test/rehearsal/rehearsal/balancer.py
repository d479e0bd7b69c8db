"""The load balancer of the stack, as haproxy on the lab's machine for it: a front end for each listener.

It is put in the place of the one before as an NLB changes: connections stay with what they were made to, and new ones
go by the new listeners.
"""

from typing import Any

from lab.machine import Machine

FOLDER = "/etc/haproxy"
HEAD = """global
  stats socket /run/haproxy.sock mode 600 level admin
defaults
  mode tcp
  timeout connect 2s
  timeout client 350s
  timeout server 350s
  retries 2
  option redispatch
"""
START = f"haproxy -c -q -f {FOLDER}/haproxy.cfg && haproxy -D -f {FOLDER}/haproxy.cfg -sf $(pgrep -x haproxy || true)"
STOP = "pkill -x haproxy || true; while pgrep -x haproxy >/dev/null; do sleep .05; done"

PASSED, FAILED = "3", "2"
"""The result of haproxy's last health check."""


def serve(machine: Machine, listeners: list[dict[str, Any]]) -> None:
    """Serves these listeners: a port, its certificate with key (none for plain TCP), and the targets' addresses."""
    if not listeners:
        machine.sh(STOP)
        return
    text = HEAD
    for one in listeners:
        port, targets = one["port"], one["targets"]
        certificate = f" ssl crt {FOLDER}/{port}.pem" if one["tls"] else ""
        if one["tls"]:
            machine.write(f"{FOLDER}/{port}.pem", one["tls"][0], mode="600")
        servers = "".join(f"  server {address} {address}:389\n" for address in targets)
        text += f"frontend f{port}\n  bind :{port}{certificate}\n  default_backend b{port}\n"
        text += f"backend b{port}\n  balance roundrobin\n"
        text += f"  default-server check inter 1s fall 2 rise 2 on-marked-down shutdown-sessions\n{servers}"
    machine.write(f"{FOLDER}/haproxy.cfg", text)
    machine.sh(START)


def states(machine: Machine) -> dict[str, str]:
    """How each target answers the health checks, in the words of AWS."""
    answer = machine.run("nc", "-U", "-N", "/run/haproxy.sock", stdin="show servers state\n").out
    rows = [line.split() for line in answer.splitlines()[2:] if line.strip()]
    return {row[3]: _state(row[5], row[11]) for row in rows}


def _state(operational: str, result: str) -> str:
    if operational == "0" or result == FAILED:
        return "unhealthy"
    return "healthy" if operational == "2" and result == PASSED else "initial"
