"""The machine outside the cluster: people log in from it, and a publisher fills the node bucket from it."""

import io
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from lab import people
from lab.bucket import SCRIPTS, as_published, sync
from lab.directory import private_key
from lab.machine import Machine, Result
from lab.node import ADDRESSES, OTHER_RELEASES
from lab.vpc import REGION

OPTIONS = (
    "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o ConnectTimeout=20 -o NumberOfPasswordPrompts=1"
).split()
BY_KEY = "-o BatchMode=yes -o PreferredAuthentications=publickey".split()
BY_PASSWORD = "-o PubkeyAuthentication=no -o PreferredAuthentications=keyboard-interactive,password".split()
TYPE_PASSWORD = """
umask 077; LAB_PASSWORD=$(mktemp); cat >"$LAB_PASSWORD"
export LAB_PASSWORD SSH_ASKPASS=/root/askpass SSH_ASKPASS_REQUIRE=force
ssh "$@"; code=$?; rm "$LAB_PASSWORD"; exit $code
"""
"""ssh asks a program for the password, which has it from standard input: it is in no argument."""
PUBLISHER = {"AWS_ACCESS_KEY_ID": "lab", "AWS_SECRET_ACCESS_KEY": "lab", "AWS_DEFAULT_REGION": REGION}


@dataclass
class Laptop:
    """Logs people in to nodes, with the key or the password that the directory has for them."""

    machine: Machine

    def prepare(self) -> None:
        """Brings every private key of the lab to the laptop, and the nodes' names."""
        self.machine.write("/root/askpass", '#!/bin/sh\ncat "$LAB_PASSWORD"\n', mode="700")
        nodes = {**ADDRESSES, **OTHER_RELEASES}
        self.machine.write("/etc/hosts", "".join(f"{address} {name}\n" for name, address in nodes.items()))
        for name in (*people.key_names(), "ubuntu"):
            self.machine.write(f"/root/keys/{name}", private_key(name).read_text(), mode="600")

    def key(self, user: str, host: str, *command: str, key: str = "", timeout: float = 90) -> Result:
        """Logs in by key (the user's own unless `key` names another) and runs a command."""
        identity = ["-i", f"/root/keys/{key or _key_of(user)}"]
        return self.machine.run(*self.key_command(user, host, *command, identity=identity), timeout=timeout)

    def key_command(self, user: str, host: str, *command: str, identity: list[str] | None = None) -> list[str]:
        """The command line of key()."""
        identity = identity or ["-i", f"/root/keys/{_key_of(user)}"]
        return ["ssh", *OPTIONS, *BY_KEY, *identity, "-l", user, host, *(command or ("true",))]

    def password(
        self, user: str, host: str, *command: str, password: str = people.PASSWORD, timeout: float = 90
    ) -> Result:
        """Logs in by password and runs a command. The password goes by standard input."""
        ssh = [*OPTIONS, *BY_PASSWORD, "-l", user, host, *(command or ("true",))]
        return self.machine.run("bash", "-c", TYPE_PASSWORD, "ssh", *ssh, stdin=password, timeout=timeout)

    def publish(self, folder: Path) -> None:
        """Uploads a folder to the node bucket, as it is in the checkout, with what a release has beside it."""
        there = "/root/publish"
        copy_folder(folder, self.machine, there)
        for name, text in as_published(folder).items():
            self.machine.write(f"{there}/{name}", text)
        sync(self.machine, there, SCRIPTS, PUBLISHER)


def copy_folder(folder: Path, machine: Machine, target: str) -> None:
    """Copies a folder of the host to a machine, Python's caches left out."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(folder, arcname=".", filter=lambda entry: None if "cache" in Path(entry.name).name else entry)
    unpack = machine.command("sh", "-c", f"rm -rf {target}; mkdir -p {target}; tar -x -C {target}")
    subprocess.run(unpack, input=packed.getvalue(), check=True)


def _key_of(user: str) -> str:
    named = {person.name: person.key for person in people.NAMED if person.name not in people.NODES_OWN}
    return named.get(user) or user
