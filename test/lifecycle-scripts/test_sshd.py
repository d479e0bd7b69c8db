"""sshd's drop-in, and that sshd is never left without a working file."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.steps.login import sshd
from podlaunch_node.system import files
from support import Commands, make_node, plan, put


@pytest.fixture
def port() -> Iterator[int]:
    """A port on which something greets as sshd does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            while True:
                try:
                    caller, _address = listener.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(b"SSH-2.0-OpenSSH\r\n")

        threading.Thread(target=greet, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def effective(port: int, command: str = sshd.KEYS_COMMAND) -> str:
    """What `sshd -T` prints."""
    return (
        f"port {port}\nlistenaddress 0.0.0.0:{port}\nlistenaddress [::]:{port}\nusepam yes\n"
        f"authorizedkeyscommand {command}\nauthorizedkeyscommanduser nobody\n"
    )


def sshd_node(root: Path, port: int) -> tuple[Node, Commands]:
    """A node with a sshd that is switched on."""
    commands = Commands({"/usr/sbin/sshd -T": effective(port), "systemctl is-enabled ssh.service": "enabled"})
    return make_node(root, commands), commands


def test_keys_come_from_the_directory_by_nobody() -> None:
    lines = sshd.render(plan()).splitlines()
    assert f"AuthorizedKeysCommand {sshd.KEYS_COMMAND}" in lines
    assert "AuthorizedKeysCommandUser nobody" in lines
    assert "UsePAM yes" in lines


def test_passwords_are_for_the_directory_s_groups_only() -> None:
    text = sshd.render(plan())
    head, match, tail = text.partition("Match Group ")
    assert "PasswordAuthentication" not in head, "the node's own accounts keep what the image says"
    assert match
    assert tail.splitlines()[0] == '"clusteradmin,data science"'
    assert "    PasswordAuthentication yes" in tail.splitlines()


def test_where_passwords_are_not_asked_for_there_are_none() -> None:
    text = sshd.render(plan(passwordLogin=False))
    assert "PasswordAuthentication no" in text.splitlines()
    assert "Match" not in text


@pytest.mark.parametrize(("name", "pattern"), [("A-b.c_1", "a-b.c_1"), ("Zoë", "zo??"), ("!x y*", "?x y?")])
def test_a_name_becomes_a_pattern_without_meaning_of_its_own(name: str, pattern: str) -> None:
    assert sshd.pattern(name) == pattern


def test_it_sorts_before_the_image_s_own_files() -> None:
    assert Path(sshd.FILE).name < "50-cloud-init.conf"


def test_check_apply_verify(tmp_path: Path, port: int) -> None:
    node, commands = sshd_node(tmp_path, port)
    put(node, sshd.MAIN, "Include /etc/ssh/sshd_config.d/*.conf\n")
    assert sshd.check(node, plan())
    sshd.apply(node, plan())
    sshd.verify(node, plan())
    assert sshd.check(node, plan()) == []
    assert commands.ran("/usr/sbin/sshd -t -f")
    assert "systemctl restart ssh.service" in commands.lines
    assert files.read(node, sshd.CONNECT) is None


def test_one_person_s_wrong_password_does_not_shut_out_who_comes_from_the_same_address(
    tmp_path: Path, port: int
) -> None:
    node, commands = sshd_node(tmp_path, port)
    assert "PerSourcePenalties" not in sshd.wanted_text(node, plan()), "an older sshd would refuse the word"
    commands.answers["/usr/sbin/sshd -T"] = effective(port) + "persourcepenalties crash:90 authfail:5\n"
    sshd.apply(node, plan())
    head, _match, _tail = (files.read(node, sshd.FILE) or "").partition("Match Group ")
    assert "PerSourcePenalties no\n" in head
    assert sshd.check(node, plan()) == []


def test_a_sshd_behind_a_socket_that_nobody_has_called_yet_can_be_asked(tmp_path: Path, port: int) -> None:
    node, _commands = sshd_node(tmp_path, port)
    sshd.effective(node)
    assert node.path("/run/sshd").is_dir()


def test_ec2_instance_connect_is_overridden_where_it_is_installed(tmp_path: Path, port: int) -> None:
    node, _commands = sshd_node(tmp_path, port)
    put(node, sshd.CONNECT_PACKAGED[0], "[Service]\nExecStart=\nExecStart=sshd -D -o AuthorizedKeysCommand=…\n")
    sshd.apply(node, plan())
    assert sshd.check(node, plan()) == []
    assert files.read(node, sshd.CONNECT) == sshd.CONNECT_TEXT


def test_what_sshd_refuses_is_not_written(tmp_path: Path, port: int) -> None:
    node, commands = sshd_node(tmp_path, port)
    commands.answers["/usr/sbin/sshd -t"] = CommandError(["sshd"], 255, "bad configuration option")
    with pytest.raises(Fault, match="PLN-SSHD") as caught:
        sshd.apply(node, plan())
    assert caught.value.ours
    assert files.read(node, sshd.FILE) is None
    assert not commands.ran("systemctl restart")


def test_a_sshd_that_was_broken_before_us_is_left_alone(tmp_path: Path, port: int) -> None:
    node, commands = sshd_node(tmp_path, port)
    commands.answers["/usr/sbin/sshd -T"] = CommandError(["sshd"], 255, "/etc/ssh/sshd_config line 3: nonsense")
    with pytest.raises(Fault, match="line 3") as caught:
        sshd.apply(node, plan())
    assert not caught.value.ours
    assert files.read(node, sshd.FILE) is None


def test_a_sshd_that_does_not_greet_gets_its_last_good_file_back(tmp_path: Path, port: int) -> None:
    node, commands = sshd_node(tmp_path, port)
    sshd.apply(node, plan())
    good = files.read(node, sshd.FILE)
    commands.answers["systemctl restart ssh.service"] = CommandError(["systemctl"], 1, "Job failed")
    with pytest.raises(Fault, match="PLN-SERVICE"):
        sshd.apply(node, plan(passwordLogin=False))
    assert files.read(node, sshd.FILE) == good


def test_a_sshd_that_is_switched_off_stays_off(tmp_path: Path) -> None:
    commands = Commands({"/usr/sbin/sshd -T": effective(1)})
    sshd.apply(make_node(tmp_path, commands), plan())
    assert not commands.ran("systemctl restart")
    assert not commands.ran("systemctl start")


def test_a_main_file_that_overrides_us_is_named(tmp_path: Path, port: int) -> None:
    node, commands = sshd_node(tmp_path, port)
    commands.answers["/usr/sbin/sshd -T"] = effective(port, "/usr/share/other %u")
    with pytest.raises(Fault, match="/usr/share/other"):
        sshd.verify(node, plan())
