"""The lab's switch: a bridge in a network namespace of its own. The host gets no interface, route or address."""

import subprocess
import time
from dataclasses import dataclass, field


@dataclass
class Switch:
    """The network that all machines are plugged into."""

    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        """Makes the namespace with its bridge."""
        make = "ip link set lo up; ip link add br0 type bridge; ip link set br0 up; exec sleep infinity"
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sh", "-c", make],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(200):
            if self._ip("link", "show", "br0", quiet=True):
                return
            time.sleep(0.02)
        raise RuntimeError("the lab's switch did not come up")

    def plug(self, name: str, pid: int, address: str) -> None:
        """Gives the machine whose process 1 is `pid` a cable into the switch and an address on it."""
        self._ip("link", "del", f"v-{name}", quiet=True)
        # A machine that is replaced keeps its hardware address: nobody has to find out first that the old one is gone.
        hardware = "02:00:" + ":".join(f"{int(part):02x}" for part in address.split("."))
        peer = ["peer", "name", "eth0", "address", hardware, "netns", str(pid)]
        self._ip("link", "add", f"v-{name}", "type", "veth", *peer)
        self._ip("link", "set", f"v-{name}", "master", "br0", "up")
        inside = f"ip link set lo up; ip addr add {address}/24 dev eth0; ip link set eth0 up"
        subprocess.run(["nsenter", "-t", str(pid), "-n", "sh", "-c", inside], check=True)

    def cable_out(self, name: str) -> None:
        """Pulls a machine's cable: packets vanish, nobody is told."""
        self._ip("link", "set", f"v-{name}", "down")

    def cable_in(self, name: str) -> None:
        """Plugs the cable in again."""
        self._ip("link", "set", f"v-{name}", "up")

    def stop(self) -> None:
        """Ends the namespace, and with it every cable."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _ip(self, *arguments: str, quiet: bool = False) -> bool:
        assert self._process
        command = ["nsenter", "-t", str(self._process.pid), "-n", "ip", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 and not quiet:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
        return done.returncode == 0
