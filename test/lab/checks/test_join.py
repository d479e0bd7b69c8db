"""A run on a node that has joined: it changes nothing, and it can say how the node is."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.report import Report

SERVICES = ("ssh", "sssd")
CONFIGURATION = (
    "/etc/sudoers.d/podlaunch",
    "/etc/ssh/sshd_config.d/10-podlaunch.conf",
    "/etc/podlaunch/access.conf",
    "/etc/podlaunch/metadata-service.nft",
    "/etc/motd.d/podlaunch",
    "/etc/sssd/sssd.conf",
)


def started(node: Node) -> list[str]:
    """When the services were started, and how often."""
    show = ["systemctl", "show", "-p", "ExecMainStartTimestampMonotonic,MainPID,NRestarts", *SERVICES]
    return node.machine.must(*show).splitlines()


def files(node: Node) -> str:
    """Every file that configures logins, with time of change, mode, owner and content."""
    return node.machine.sh("find /etc /opt/podlaunch /usr/local -xdev -type f -printf '%p %T@ %C@ %m %U %i\\n' | sort")


def test_a_second_run_changes_nothing_and_restarts_nothing(login: Node, report: Report) -> None:
    before = started(login), files(login)
    again = login.entry()
    assert again.ok, again.err
    assert (started(login), files(login)) == before
    assert "nothing" in (again.out + again.err).lower(), again.out + again.err
    report.figure("second run", again.seconds, "s")


def test_what_was_changed_by_hand_is_put_back(lab: Lab, login: Node) -> None:
    whole = {path: login.machine.read(path) for path in CONFIGURATION}
    modes = login.machine.must("stat", "-c", "%n %a %U %G", *CONFIGURATION)
    for path in CONFIGURATION:
        login.machine.sh(f"echo '# somebody was here' >{path}; chmod 666 {path}")
    assert login.podlaunch("check").code == 1
    assert login.podlaunch("apply").ok
    assert same_but_for_the_token(whole) == same_but_for_the_token({p: login.machine.read(p) for p in CONFIGURATION})
    assert login.machine.must("stat", "-c", "%n %a %U %G", *CONFIGURATION) == modes
    login.wait_online()
    assert lab.laptop.key("alice", "login-1").ok


def same_but_for_the_token(texts: dict[str, str]) -> dict[str, str]:
    """The texts without the obfuscated password, which is another one each time that it is made."""
    return {path: re.sub(r"ldap_default_authtok = .*", "", text) for path, text in texts.items()}


@pytest.mark.parametrize("verb", ["status", "diagnose", "check"])
def test_what_a_joined_node_says_of_itself_is_json_too(login: Node, verb: str) -> None:
    said = login.podlaunch(verb, "--json")
    assert said.ok, said
    assert json.loads(said.out)


def test_it_runs_again_after_a_reboot_and_the_node_is_joined_by_itself(lab: Lab, worker: Node) -> None:
    worker.reboot()
    assert worker.wait_online() < 60
    assert lab.laptop.key("alice", "worker-1").ok
    assert worker.podlaunch("check").ok


def test_an_edit_of_the_image_s_pam_stays_and_the_node_joins(lab: Lab, new_worker: Node) -> None:
    """As for pam_slurm_adopt: pam_systemd is commented out, and a line is added to sshd's own file."""
    session, sshd = "/etc/pam.d/common-session", "/etc/pam.d/sshd"
    mark = '# and here are more per-package modules (the "Additional" block)'
    new_worker.machine.sh(f"sed -i 's/^{mark}$/&\\n# session optional pam_systemd.so/' {session}")
    new_worker.machine.sh(f"echo 'account required pam_permit.so' >>{sshd}")
    edited = {path: new_worker.machine.read(path) for path in (session, sshd)}
    assert "# session optional pam_systemd.so" in edited[session]
    joined = new_worker.entry()
    assert joined.ok, joined
    assert "common-auth: our lines were put in" in joined.out
    assert new_worker.podlaunch("status").ok, joined
    for path, text in edited.items():
        assert new_worker.machine.read(path) == text
    assert lab.laptop.key("carol", "worker-1").ok
    assert lab.laptop.password("bob", "worker-1").ok
    assert not lab.laptop.password("bob", "worker-1", password="wrong").ok
    assert not lab.laptop.key("eve", "worker-1").ok
    lab.publish_settings(expiredPassword="refuse-all")
    try:
        assert new_worker.podlaunch("refresh").ok
        assert "password-state" in new_worker.machine.read("/etc/pam.d/common-account")
    finally:
        lab.publish_settings()
    assert new_worker.podlaunch("refresh").ok
    assert new_worker.podlaunch("check").ok
    assert new_worker.machine.read(session) == edited[session]
    assert lab.laptop.key("carol", "worker-1").ok


def test_on_create_alone_does_nothing_and_says_why(new_worker: Node) -> None:
    new_worker.machine.run("systemctl", "stop", "slurmd")
    ended = new_worker.entry("on_create.sh")
    assert ended.ok, "HyperPod would launch a worker that fails again and again"
    assert "base" in (ended.out + ended.err).lower(), ended
    assert not new_worker.machine.run("test", "-e", "/etc/sssd/sssd.conf").ok


def test_ubuntu_is_refused_at_no_moment_of_a_run(lab: Lab, new_worker: Node) -> None:
    with ThreadPoolExecutor() as pool:
        running = pool.submit(new_worker.entry)
        tries, through_ssm = [], []

        def let_in() -> bool:
            tries.append(lab.laptop.key("ubuntu", "worker-1", "sudo", "-n", "true"))
            return tries[-1].ok

        while not running.done():
            # While sshd is started anew nobody listens for a moment; anyone who tries again gets in.
            wait_for(let_in, 2, "ubuntu gets in at the next try", pause=0.05)
            through_ssm.append(new_worker.through_ssm("sudo", "-n", "true"))
    assert running.result().ok
    assert all(one.ok for one in through_ssm), through_ssm
    failed = [one for one in tries if not one.ok]
    assert len(tries) - len(failed) > 1
    nobody_listens = "Connection refused|kex_exchange_identification|reset by peer"
    assert all(re.search(nobody_listens, one.err) for one in failed), failed
