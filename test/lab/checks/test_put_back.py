"""A service that does not come up with new files gets the old ones back; what a checker refuses is not written."""

from collections.abc import Iterator

import pytest

from lab.cluster import Lab
from lab.logins import people_come_in, stays_in_service
from lab.node import Node
from lab.report import Report

SSSD_CONF = "/etc/sssd/sssd.conf"
SSH_CONF = "/etc/ssh/sshd_config.d/10-podlaunch.conf"


@pytest.fixture(autouse=True)
def as_before(lab: Lab, login: Node) -> Iterator[None]:
    """Afterwards nothing is in the services' way, and the lab's settings are applied."""
    yield
    login.machine.sh("rm -f /etc/systemd/system/*.service.d/zz-lab.conf /etc/sssd/conf.d/lab.conf")
    login.machine.sh("sed -i /NotAKeyword/d /etc/ssh/sshd_config; systemctl daemon-reload")
    lab.publish_settings()
    assert login.podlaunch("refresh").ok
    login.wait_online()


def loaded(node: Node, service: str, path: str) -> tuple[str, str]:
    """A service's file and process: the same afterwards, nothing was written and nothing restarted."""
    return node.machine.read(path), node.machine.must("systemctl", "show", "-p", "MainPID", service)


def refused(node: Node, code: str) -> str:
    """What a refresh says that fails with this code. Nothing tries again amid the check."""
    run = node.podlaunch("refresh")
    node.stop_timer()
    assert run.code == 1
    assert code in run.out
    return run.out


def refuse_to_start_with(node: Node, service: str, line: str, path: str) -> None:
    """Lets a service fail at its start while a file has this line."""
    node.machine.write(
        f"/etc/systemd/system/{service}.service.d/zz-lab.conf",
        f"[Service]\nExecStartPre=/bin/sh -c '! grep -q \"{line}\" {path}'\n",
    )
    node.machine.must("systemctl", "daemon-reload")


def test_sssd_that_does_not_come_up_gets_its_files_back(lab: Lab, login: Node, report: Report) -> None:
    before = login.machine.read(SSSD_CONF)
    refuse_to_start_with(login, "sssd", "^entry_cache_timeout = 77$", SSSD_CONF)
    lab.publish_settings(entryCacheSeconds=77)
    refused(login, "PLN-SERVICE")
    assert login.machine.read(SSSD_CONF) == before
    assert login.machine.must("systemctl", "is-active", "sssd").strip() == "active"
    login.wait_online()
    assert people_come_in(lab, login)
    stays_in_service(lab, login)
    report.fault(
        "SSSD does not come up with new files", "for some seconds new logins fail", "the previous files are put back"
    )


def test_sshd_that_does_not_come_up_gets_its_files_back(lab: Lab, login: Node, report: Report) -> None:
    before = login.machine.read(SSH_CONF)
    refuse_to_start_with(login, "ssh", "^PasswordAuthentication no$", SSH_CONF)
    lab.publish_settings(passwordLogin=False)
    refused(login, "PLN-SERVICE")
    assert login.machine.read(SSH_CONF) == before
    assert login.machine.must("systemctl", "is-active", "ssh").strip() == "active"
    assert people_come_in(lab, login)
    stays_in_service(lab, login)
    report.fault(
        "sshd does not come up with new files", "for some seconds nobody is answered", "the previous files are put back"
    )


def test_sshd_is_left_alone_while_somebody_else_s_line_would_stop_it(lab: Lab, login: Node) -> None:
    before = loaded(login, "ssh", SSH_CONF)
    login.machine.sh("echo 'NotAKeyword yes' >>/etc/ssh/sshd_config")
    lab.publish_settings(passwordLogin=False)
    assert "NotAKeyword" in refused(login, "PLN-SSHD")
    assert loaded(login, "ssh", SSH_CONF) == before
    assert people_come_in(lab, login)
    stays_in_service(lab, login)


def test_what_sssd_s_checker_refuses_is_not_written(lab: Lab, login: Node) -> None:
    before = loaded(login, "sssd", SSSD_CONF)
    login.machine.write("/etc/sssd/conf.d/lab.conf", "[nss]\nnot_a_key = 1\n", mode="600")
    lab.publish_settings(entryCacheSeconds=78)
    assert "not_a_key" in refused(login, "PLN-SSSD-CONF")
    assert loaded(login, "sssd", SSSD_CONF) == before
    assert people_come_in(lab, login)
    stays_in_service(lab, login)
