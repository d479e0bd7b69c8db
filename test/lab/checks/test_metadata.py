"""The metadata service holds the node's role, and with it the bind secret: it is closed to researchers."""

from lab.cluster import Lab
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


def test_it_is_closed_again_after_a_reboot(login: Node) -> None:
    enabled = login.machine.sh("systemctl list-unit-files --state=enabled --no-legend | grep -c podlaunch")
    assert int(enabled) >= 1
