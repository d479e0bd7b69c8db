"""sssd.conf, and how SSSD is made to load it."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.directory import certificate, sssd, sssd_back_end, sssd_conf
from podlaunch_node.steps.directory.obfuscate import reveal
from podlaunch_node.system import files, services
from podlaunch_node.system.local_names import LocalNames
from support import BIND_DN, PASSWORD, Clock, Commands, make_node, plan

RUNS = {
    "systemctl is-active sssd": "active",
    "systemctl is-enabled sssd": "enabled",
    "sssd --help": "  -s, --genconf-section=STRING  refresh the given section",
    "ss ": 'users:(("sssd_be",pid=7,fd=20))',
    "systemctl mask": lambda argv, _stdin: mask(argv),
}
ROOT: list[Path] = []


def mask(argv: list[str]) -> Done:
    """What systemctl does for `mask`."""
    for name in argv[2:]:
        link = ROOT[-1] / "etc/systemd/system" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to("/dev/null")
    return Done(0, "", "")


def sssd_node(root: Path, clock: Clock | None = None) -> tuple[Node, Commands]:
    """A node on which SSSD comes up."""
    ROOT.append(root)
    commands = Commands(RUNS)  # type: ignore[arg-type]
    return make_node(root, commands, clock), commands


def values(text: str) -> dict[str, str]:
    """Key and value of every line."""
    pairs = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    return {key: value for key, value in pairs}


def test_the_keys_that_close_what_is_open_by_default() -> None:
    found = values(sssd_conf.render(plan(), "TOKEN", "/ca.pem", LocalNames()))
    assert found["access_provider"] == "ldap"
    assert (found["ldap_access_order"], found["ldap_account_expire_policy"]) == ("expire", "ad")
    assert found["ldap_tls_reqcert"] == "hard"
    assert found["sudo_provider"] == "none"
    assert int(found["ldap_connection_expire_timeout"]) < 350
    assert found["ldap_uri"] == "ldaps://ldaps.corp.example.com:636"
    assert found["ldap_default_bind_dn"] == BIND_DN
    assert found["override_homedir"] == "/fsx/home/%u"
    assert found["override_shell"] == "/bin/bash", "anyone who may write loginShell would run as its owner"


def test_names_of_the_node_s_own_are_neither_asked_for_nor_served(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    commands.answers["getent -s files passwd"] = "root:x:0:0::/root:/bin/sh\nmysql:x:106:1::/:/bin/false\n"
    commands.answers["getent -s files group"] = "root:x:0:\nstaff:x:50:\n"
    found = values(sssd.wanted_text(node, plan()))
    users, groups = (set(found[f"filter_{kind}"].split(", ")) for kind in ("users", "groups"))
    assert {"mysql", "nobody", "root", "slurm", "sshd", "ssm-user", "ubuntu"} <= users
    assert {"staff", "root", "docker"} <= groups
    assert found["ssh_use_certificate_keys"] == "False", "keys come from one attribute only"
    assert int(found["offline_failed_login_attempts"]) > 0, "passwords cannot be guessed while the directory is away"


def test_the_settings_reach_it() -> None:
    wanted = plan(entryCacheSeconds=60, offlineSeconds=9, homeRoot="/")
    found = values(sssd_conf.render(wanted, "TOKEN", "/ca.pem", LocalNames()))
    assert (found["entry_cache_timeout"], found["memcache_timeout"]) == ("60", "60")
    assert (found["offline_timeout"], found["override_homedir"]) == ("9", "/%u")


def test_a_first_run_writes_masks_and_restarts(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    assert sssd.check(node, plan())
    sssd.apply(node, plan())
    assert commands.ran("sssctl config-check")
    assert "systemctl restart sssd" in commands.lines
    assert not commands.ran("sssd --genconf")
    assert sssd.check(node, plan()) == []
    stat = node.path(sssd.CONF).stat()
    assert (stat.st_mode & 0o777, stat.st_uid) == (0o600, os.getuid())
    text = files.read(node, sssd.CONF) or ""
    assert PASSWORD not in text
    assert reveal(sssd_conf.token_in(text) or "") == PASSWORD
    assert not any(PASSWORD in line for line in commands.lines)


def test_a_second_run_keeps_the_token(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.apply(node, plan())
    before = files.read(node, sssd.CONF)
    commands.lines.clear()
    assert sssd.check(node, plan()) == []
    assert files.read(node, sssd.CONF) == before
    assert not commands.ran("systemctl restart")


def with_password(wanted: Plan, password: str) -> Plan:
    """The plan with another bind password."""
    return replace(wanted, secret=replace(wanted.secret, password=password))


def test_a_new_bind_account_renews_the_back_end_only(tmp_path: Path) -> None:
    clock = Clock()
    node, commands = sssd_node(tmp_path, clock)
    sssd.apply(node, plan())
    commands.lines.clear()
    clock.slept.clear()
    os.utime(node.path(sssd_back_end.CHANGED), (clock.now - 10, clock.now - 10))
    sssd.apply(node, with_password(plan(), "An0ther-Passw0rd"))
    assert commands.ran("sssd --genconf-section=domain/corp.example.com")
    assert not commands.ran("systemctl restart")
    assert clock.slept[0] == pytest.approx(22, abs=1), "SSSD's monitor starts a back end at once only every 30 s"
    assert not node.path(sssd_back_end.CHANGING).exists(), "logins go on"


def looking(node: Node, clock: Clock, held: list[tuple[bool, list[float]]]) -> Callable[[list[str], str], Done]:
    """A command that notes whether logins are held when it runs, and what was last slept before."""

    def look(_argv: list[str], _stdin: str) -> Done:
        held.append((node.path(sssd_back_end.CHANGING).exists(), clock.slept[-1:]))
        return Done(0, "", "")

    return look


def test_a_sssd_that_cannot_read_a_section_anew_is_restarted_while_logins_wait(tmp_path: Path) -> None:
    clock = Clock()
    node, commands = sssd_node(tmp_path, clock)
    commands.answers["sssd --help"] = "  -i, --interactive"
    sssd.apply(node, plan())
    commands.lines.clear()
    held: list[tuple[bool, list[float]]] = []
    commands.answers["systemctl restart sssd"] = looking(node, clock, held)
    sssd.apply(node, with_password(plan(), "An0ther-Passw0rd"))
    assert held == [(True, [sssd_back_end.DRAIN_SECONDS])]
    assert not commands.ran("sssd --genconf")


def test_a_change_that_the_responders_read_restarts_all(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.apply(node, plan())
    commands.lines.clear()
    sssd.apply(node, plan(entryCacheSeconds=30))
    assert "systemctl restart sssd" in commands.lines


def test_a_run_that_was_killed_before_the_restart_is_made_good(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.apply(node, plan())
    changed = plan(entryCacheSeconds=30)
    files.write(node, sssd.CONF, sssd.wanted_text(node, changed), mode=0o600)  # and killed here
    assert sssd.check(node, changed) == ["sssd has not loaded its files"]
    commands.lines.clear()
    sssd.apply(node, changed)
    assert "systemctl restart sssd" in commands.lines


def test_a_new_certificate_authority_is_loaded(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.apply(node, plan())
    files.write(node, certificate.ANCHOR, "new\n")
    assert sssd.check(node, plan()) == ["sssd has not loaded its files"]
    commands.lines.clear()
    sssd.apply(node, plan())
    assert commands.ran("sssd --genconf-section")


def test_what_sssd_s_checker_refuses_is_not_written(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    commands.answers["sssctl config-check"] = CommandError(["sssctl"], 1, "[rule/x]: Attribute 'y' is not allowed")
    with pytest.raises(Fault, match="PLN-SSSD-CONF") as caught:
        sssd.apply(node, plan())
    assert caught.value.ours
    assert files.read(node, sssd.CONF) is None


def test_sssd_that_does_not_come_up_gets_the_last_good_file_back(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.apply(node, plan())
    good = files.read(node, sssd.CONF)
    commands.answers["systemctl restart sssd"] = CommandError(["systemctl"], 1, "Job failed")
    with pytest.raises(Fault, match="PLN-SERVICE"):
        sssd.apply(node, plan(entryCacheSeconds=30))
    assert files.read(node, sssd.CONF) == good
    assert services.is_loaded(node, sssd.service(plan()))


def test_verify_wants_the_bind_account_or_a_group_from_the_directory(tmp_path: Path) -> None:
    node, commands = sssd_node(tmp_path)
    sssd.verify(node, plan())
    commands.answers["getent passwd ReadOnly"] = Done(2, "", "")
    sssd.verify(node, plan())
    assert commands.ran("getent group ClusterAdmin"), "a bind account without a uid of its own is in order"
    commands.answers["getent group"] = Done(2, "", "")
    with pytest.raises(Fault, match="PLN-SSSD") as caught:
        sssd.verify(node, plan())
    assert not caught.value.ours


def test_the_back_end_is_found_by_its_command_line(tmp_path: Path) -> None:
    node, _commands = sssd_node(tmp_path)
    for pid, words in {
        "11": b"/usr/libexec/sssd/sssd_be\0--domain\0corp.example.com\0",
        "12": b"/usr/libexec/sssd/sssd_be\0--domain\0other\0",
        "13": b"vi\0corp.example.com\0",
    }.items():
        path = node.path(f"/proc/{pid}/cmdline")
        path.parent.mkdir(parents=True)
        path.write_bytes(words)
    assert sssd_back_end.pids(node, "corp.example.com") == ["11"]


def test_an_older_sssd_is_not_given_tuning_keys_that_it_does_not_know() -> None:
    text = sssd_conf.render(plan(), "TOKEN", "/ca.pem", LocalNames())
    rules = "option = offline_timeout\noption = offline_timeout_max\n"
    found = values(sssd_conf.known_only(text, rules))
    assert "pam_initgroups_scheme" not in found
    assert {"offline_timeout", "offline_timeout_max", "access_provider", "ldap_uri"} <= found.keys()
    assert sssd_conf.known_only(text, None) == text


def test_a_newer_sssd_is_not_given_the_key_that_it_has_dropped() -> None:
    text = sssd_conf.render(plan(), "TOKEN", "/ca.pem", LocalNames())
    assert "config_file_version = 2\n" in sssd_conf.known_only(text, "option = config_file_version\n")
    assert "config_file_version" not in sssd_conf.known_only(text, "option = offline_timeout\n")


def test_logins_are_held_only_while_sssd_changes(tmp_path: Path) -> None:
    clock = Clock()
    node, commands = sssd_node(tmp_path, clock)
    sssd.apply(node, plan())
    held: list[tuple[bool, list[float]]] = []
    for how, wanted in {
        "sssd --genconf": with_password(plan(), "An0ther-Passw0rd"),
        "systemctl restart sssd": plan(entryCacheSeconds=60),
    }.items():
        held.clear()
        commands.answers[how] = looking(node, clock, held)
        sssd.apply(node, wanted)
        assert held == [(True, [sssd_back_end.DRAIN_SECONDS])], "who is with SSSD comes to an end before"
        assert not node.path(sssd_back_end.CHANGING).exists()


def test_logins_go_on_while_sssd_s_monitor_is_not_ready_for_another_back_end(tmp_path: Path) -> None:
    clock = Clock()
    node, _commands = sssd_node(tmp_path, clock)
    sssd_back_end.hold_logins(node)
    ahead = clock.now + 10_000  # the clock was set back since
    os.utime(node.path(sssd_back_end.CHANGED), (ahead, ahead))
    held: list[tuple[float, bool]] = []
    node = replace(node, sleep=lambda seconds: held.append((seconds, node.path(sssd_back_end.CHANGING).exists())))
    sssd_back_end.renew(node, "corp.example.com")
    assert held == [(sssd_back_end.PATIENCE_SECONDS, False), (sssd_back_end.DRAIN_SECONDS, True)]


def test_a_first_start_of_sssd_waits_for_nobody(tmp_path: Path) -> None:
    clock = Clock()
    node, commands = sssd_node(tmp_path, clock)
    commands.answers["systemctl is-active sssd"] = "inactive"
    with pytest.raises(Fault, match="sssd does not run"):
        sssd.apply(node, plan())
    assert "systemctl restart sssd" in commands.lines
    assert sssd_back_end.DRAIN_SECONDS not in clock.slept


@pytest.mark.parametrize(("nodes", "seconds"), [(3, 0), (199, 0), (2000, 10), (6758, 30)])
def test_the_nodes_of_a_large_cluster_come_back_one_after_the_other(nodes: int, seconds: int) -> None:
    wanted = plan()
    large = replace(wanted, identity=replace(wanted.identity, nodes=nodes))
    text = sssd_conf.render(large, "token", "/ca.pem", LocalNames())
    assert f"\noffline_timeout_random_offset = {seconds}\n" in text
