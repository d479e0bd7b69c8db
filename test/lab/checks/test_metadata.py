"""The metadata service holds the node's role, and with it the bind secret: it is closed to researchers."""

import subprocess

import pytest

from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.vpc import METADATA

ASK = f"curl -s -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://{METADATA}/latest/api/token"


def test_root_and_ubuntu_reach_it(lab: Lab, login: Node) -> None:
    assert "lab-metadata-token" in login.machine.must("sh", "-c", ASK)
    assert "lab-metadata-token" in lab.laptop.key("ubuntu", "login-1", ASK).out


def test_a_researcher_does_not(lab: Lab, login: Node) -> None:
    refused = lab.laptop.key("carol", "login-1", ASK)
    assert not refused.ok
    assert "lab-metadata-token" not in refused.out


def test_a_researcher_cannot_read_the_bind_secret(lab: Lab, login: Node) -> None:
    read = "aws secretsmanager get-secret-value --secret-id podlaunch-bind --region us-west-2"
    assert login.machine.run("sh", "-c", read).ok, "the role can"
    assert not lab.laptop.key("carol", "login-1", read).ok


@pytest.mark.parametrize("user", ["nobody", "slurm", "messagebus"])
def test_nor_does_a_service_of_the_node(login: Node, user: str) -> None:
    refused = login.machine.run("runuser", "-u", user, "--", "sh", "-c", ASK)
    assert "lab-metadata-token" not in refused.out


CONTAINER = f"""
ip link add c0 type veth peer name c1
unshare --net sleep 60 & until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep .05; done
ip link set c1 netns $!
ip addr add 10.99.0.1/24 dev c0; ip link set c0 up
hook='type nat hook postrouting priority srcnat'
nft "table ip lab_container {{ chain post {{ $hook; ip saddr 10.99.0.0/24 masquerade; }}; }}"
inside="nsenter -t $! -n"
$inside sh -c 'ip addr add 10.99.0.2/24 dev c1; ip link set c1 up; ip route add default via 10.99.0.1'
ask() {{ $inside {ASK}; echo; }}
ask
nft delete table inet podlaunch_metadata
ask
nft -f /etc/podlaunch/metadata-service.nft
nft delete table ip lab_container; kill $!
"""
"""What a container engine sets up; then asks, with the rules and without."""


def test_nor_does_a_container_with_a_network_of_its_own(login: Node) -> None:
    # A machine cannot change the kernel's settings; from the host it is done in the machine's network only.
    forward = ["nsenter", "-t", str(login.machine.pid), "-n", "sysctl", "-q", "-w", "net.ipv4.ip_forward=1"]
    subprocess.run(forward, check=True)
    closed, opened, *_rest = login.machine.sh(CONTAINER).split("\n")
    assert opened == "lab-metadata-token", "without the rules it reaches the service: the check is one"
    assert closed == ""


def carol_is_refused(lab: Lab, node: Node) -> bool:
    """Whether a researcher on this node does not reach the service; root must."""
    assert "lab-metadata-token" in node.machine.must("sh", "-c", ASK)
    said = lab.laptop.key("carol", node.name, f"id -un; {ASK}")
    assert said.out.startswith("carol")
    return "lab-metadata-token" not in said.out


def test_it_is_closed_again_after_a_reboot_before_anybody_can_log_in(lab: Lab, worker: Node) -> None:
    worker.reboot()
    order = "systemctl show -p ActiveEnterTimestampMonotonic --value"
    closed, ssh, cron = (int(worker.machine.sh(f"{order} {unit}")) for unit in ("podlaunch-metadata", "ssh", "dbus"))
    assert 0 < closed < min(ssh, cron)
    worker.wait_online()
    assert carol_is_refused(lab, worker)


@pytest.mark.parametrize("verb", ["restart", "reload"])
def test_nftables_with_rules_of_its_own_opens_it_for_no_longer_than_it_takes(lab: Lab, login: Node, verb: str) -> None:
    login.machine.must("systemctl", "start", "nftables")
    login.machine.must("systemctl", verb, "nftables")
    wait_for(lambda: login.machine.run("nft", "list", "table", "inet", "podlaunch_metadata").ok, 5, "closed again")
    assert carol_is_refused(lab, login)
    login.machine.must("systemctl", "stop", "nftables")
    assert login.podlaunch("refresh").ok
    assert carol_is_refused(lab, login)


def test_rules_that_were_emptied_are_back_before_aws_is_asked(lab: Lab, login: Node) -> None:
    login.machine.must("nft", "flush", "ruleset")
    lab.vpc.deny("AmazonSSM.GetParameter")
    try:
        assert not login.podlaunch("refresh").ok
        assert carol_is_refused(lab, login)
    finally:
        lab.vpc.allow_all()
    assert login.podlaunch("refresh").ok
