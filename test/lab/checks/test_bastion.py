"""A bastion that forwards to the nodes and does nothing else: sshd with the configuration of the stack access."""

import json
import re
import subprocess
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from lab.cluster import Lab
from lab.directory import public_key
from lab.layers import NODE
from lab.machine import Machine, Result, machine
from lab.node import ADDRESSES, Node
from lab.paths import CHECKOUT
from lab.vpc import REGION

ADDRESS = "10.192.10.45"
PERSON = "carol"
NODE_NAME = "login-i-0123456789abcdef0"
CONFIG = "/root/bastion/config"
STRANGERS = "/root/bastion/config-of-a-stranger"
KNOWN = "/root/bastion/known_hosts"
UBUNTU = """
Include /etc/ssh/sshd_config.d/*.conf
KbdInteractiveAuthentication no
UsePAM yes
X11Forwarding yes
PrintMotd no
AcceptEnv LANG LC_*
Subsystem sftp /usr/lib/openssh/sftp-server
"""
"""All that is not a comment in the sshd_config of Ubuntu 24.04."""
HERE = f"""
Host *
  StrictHostKeyChecking accept-new
  UserKnownHostsFile {KNOWN}
  IdentityFile /root/keys/{PERSON}
  IdentitiesOnly yes
  BatchMode yes
  ConnectTimeout 20
"""
"""What a person has in their own configuration beside the entries."""


@dataclass
class Bastion:
    """The bastion, and the laptop that has its entries."""

    machine: Machine
    laptop: Machine

    def ssh(self, *arguments: str, config: str = CONFIG) -> Result:
        """Runs ssh on the laptop with the entries."""
        return self.laptop.run("ssh", "-F", config, *arguments)


@pytest.fixture(scope="module")
def bastion(lab: Lab) -> Iterator[Bastion]:
    """A host on which the script of the stack's template ran at boot, and what `podlaunch ssh-config` writes."""
    host = machine("bastion", ADDRESS, NODE, lab.run, lab.switch)
    host.start()
    try:
        host.wait_booted()
        host.write("/etc/ssh/sshd_config", UBUNTU)
        host.sh("rm -f /etc/ssh/sshd_config.d/*; mkdir -p /run/sshd; ssh-keygen -A")
        host.sh("bash", stdin=user_data(f"{public_key('crowd')},{public_key(PERSON)}"))
        host.must("/usr/sbin/sshd")
        written = ssh_config() + HERE
        lab.laptop.machine.write(CONFIG, written)
        lab.laptop.machine.write(STRANGERS, written.replace(f"/keys/{PERSON}", "/keys/alice"))
        yield Bastion(host, lab.laptop.machine)
    finally:
        host.stop()
        host.wipe()
        lab.laptop.machine.sh("rm -rf /root/bastion")


def user_data(keys: str) -> str:
    """The script as the template has it, with these keys."""
    found = re.search(
        r"\n( +)#cloud-boothook\n.*?(?=\n +- Keys:)", (CHECKOUT / "dist/access.yaml").read_text(), re.DOTALL
    )
    assert found
    return textwrap.dedent(found.group()).replace("${Keys}", keys.replace(",", "\n")) + "\n"


def ssh_config() -> str:
    """The entries of the bastion and of the login node, by the code of the command."""
    cluster = {
        "region": REGION,
        "id": "abcdefghij12",
        "name": "lab",
        "user": PERSON,
        "document": "D",
        "bastion": ADDRESS,
    }
    group, _, instance = NODE_NAME.partition("-")
    node = {"group": group, "instanceId": instance, "address": ADDRESSES["login-1"]}
    bundle = [str(CHECKOUT / "node_modules/.bin/esbuild"), "--bundle", "--platform=node", "--format=cjs"]
    made = subprocess.run([*bundle, str(CHECKOUT / "src/ssh/entries.ts")], capture_output=True, text=True, check=True)
    run = ["node", "-e", f"{made.stdout}\nconsole.log(module.exports.entries(...JSON.parse(process.argv[1])))"]
    given = json.dumps([cluster, "bastion", [node]])
    return subprocess.run([*run, given], capture_output=True, text=True, check=True).stdout


def test_a_person_of_the_directory_reaches_a_node_through_it(lab: Lab, login: Node, bastion: Bastion) -> None:
    said = bastion.ssh("lab-1", "id -un; hostname; echo $SSH_CONNECTION")
    assert said.out.split()[:3] == [PERSON, "login-1", ADDRESS], said
    known = bastion.laptop.read(KNOWN)
    assert NODE_NAME in known and ADDRESSES["login-1"] not in known, "a replaced node is not taken for an attack"
    assert bastion.ssh("lab-1", "sudo -n true").code != 0, "no more than in any other way"


@pytest.mark.parametrize(
    "arguments",
    [
        ["podlaunch-bastion"],
        ["podlaunch-bastion", "id"],
        ["-tt", "podlaunch-bastion"],
        ["-s", "podlaunch-bastion", "sftp"],
        ["-W", "127.0.0.1:80", "podlaunch-bastion"],
        ["-W", "169.254.169.254:80", "podlaunch-bastion"],
        ["-W", f"{ADDRESSES['login-1']}:2222", "podlaunch-bastion"],
        ["-o", "ExitOnForwardFailure=yes", "-N", "-R", "8022:127.0.0.1:22", "podlaunch-bastion"],
        ["-o", "ExitOnForwardFailure=yes", "-N", "-R", "/tmp/socket:127.0.0.1:22", "podlaunch-bastion"],
        ["-l", "root", "-W", f"{ADDRESSES['login-1']}:22", "podlaunch-bastion"],
        ["-l", PERSON, "-W", f"{ADDRESSES['login-1']}:22", "podlaunch-bastion"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_it_does_nothing_else(lab: Lab, bastion: Bastion, arguments: list[str]) -> None:
    refused = bastion.ssh(*arguments)
    assert refused.code == 255 and refused.out == "", refused
    assert re.search(r"administratively prohibited|open failed|Permission denied|forwarding failed|closed", refused.err)


def test_a_key_that_the_stack_does_not_name_opens_nothing(lab: Lab, login: Node, bastion: Bastion) -> None:
    refused = bastion.ssh("-l", "alice", "lab-1", "true", config=STRANGERS)
    assert refused.code == 255 and "jump@" in refused.err, (
        "alice may log in on the node, and has no key for the bastion"
    )


def test_who_is_disabled_in_the_directory_gets_no_further_than_the_bastion(
    lab: Lab, login: Node, bastion: Bastion
) -> None:
    refused = bastion.ssh("-l", "dave", "-i", "/root/keys/dave", "lab-1", "true")
    assert refused.code == 255 and "jump@" not in refused.err, refused
