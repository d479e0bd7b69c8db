"""Name service and PAM."""

import re
from pathlib import Path

import pytest
from podlaunch_node import files, nss_pam, pam_profile
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from support import Commands, make_node, plan, put

NSSWITCH = "# comment\npasswd:         files systemd\ngroup: files sss # both\nhosts: files dns\n"


def stacks(node: Node) -> None:
    """What pam-auth-update builds from our profiles."""
    lines = {name: nss_pam._profile_lines(name, plan()) for name in nss_pam.STACKS}
    for name in nss_pam.STACKS:
        kind = name.split("-")[0]
        built = "\n".join(f"{kind}\t{line.strip()}" for line in lines[name]).replace("success=end", "success=4")
        put(node, f"/etc/pam.d/common-{name}", f"# head\n{built}\n{kind} required pam_unix.so\n")


def put_all(node: Node) -> None:
    """The profiles, and an nsswitch.conf that names sss."""
    for path, text in nss_pam.wanted_files(plan()).items():
        files.write(node, path, text)
    put(node, nss_pam.NSSWITCH, nss_pam.with_sss(NSSWITCH))


def test_sss_is_added_where_it_is_missing_and_nothing_else_changes() -> None:
    once = nss_pam.with_sss(NSSWITCH)
    assert "passwd:         files systemd sss\n" in once
    assert "group: files sss # both\n" in once
    assert "hosts: files dns\n" in once
    assert once.endswith("shadow: files sss\n")
    assert nss_pam.with_sss(once) == once


@pytest.mark.parametrize("expired", ["refuse-password", "refuse-all"])
def test_local_accounts_jump_over_all_of_ours(expired: str) -> None:
    text = pam_profile.render(plan(expiredPassword=expired))
    for block in re.findall(r"^(?:Auth|Auth-Initial|Account):\n((?:\t.*\n)+)", text, re.MULTILINE):
        lines = block.splitlines()
        jump = re.match(r"\t\[success=(\d+) default=ignore\]\tpam_localuser\.so", lines[0])
        assert jump
        landing = 1 + int(jump.group(1))
        assert landing == len(lines) or lines[landing].endswith("pam_permit.so")
    assert ("password-state" in text.split("Account:")[1]) is (expired == "refuse-all")


def test_every_line_can_be_followed_by_pam_auth_update() -> None:
    for line in (pam_profile.render(plan()) + pam_profile.PASSWORD_PROFILE).splitlines():
        if brackets := re.match(r"\t(\[.*?\])", line):
            assert len(re.findall(r"\d+|end", brackets.group(1))) <= 1, line


def test_the_gate_stands_behind_sssd_and_ends_in_a_refusal() -> None:
    account = pam_profile.render(plan()).split("Account:")[1]
    order = [re.search(r"pam_\w+", line).group(0) for line in account.splitlines() if line.startswith("\t")]  # type: ignore[union-attr]
    names = "localuser nologin exec sss exec sss access echo deny exec permit"
    assert order == [f"pam_{name}" for name in names.split()]


def test_check_apply_verify(tmp_path: Path) -> None:
    commands = Commands()
    node = make_node(tmp_path, commands)
    put(node, nss_pam.NSSWITCH, NSSWITCH)
    assert len(nss_pam.check(node, plan())) == 4
    nss_pam.apply(node, plan())
    assert commands.ran("pam-auth-update --package --enable podlaunch podlaunch-password")
    assert [word.split()[0] for word in nss_pam.check(node, plan())] == [
        f"/etc/pam.d/common-{name}" for name in ("auth", "account", "password")
    ], "nothing is built here"
    stacks(node)
    assert nss_pam.check(node, plan()) == []
    nss_pam.verify(node, plan())


def test_a_stack_that_was_edited_by_hand_is_named(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    stacks(node)
    put(node, "/etc/pam.d/common-auth", "auth required pam_unix.so\n")
    with pytest.raises(Fault, match="common-auth"):
        nss_pam.verify(node, plan())


def test_sssd_s_own_profile_beside_ours_is_noticed(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    stacks(node)
    text = files.read(node, "/etc/pam.d/common-account") or ""
    put(node, "/etc/pam.d/common-account", text + "account [default=bad success=ok user_unknown=ignore] pam_sss.so\n")
    assert nss_pam.stale_stacks(node, plan()) == ["account"]


def test_a_failing_pam_auth_update_is_a_fault(tmp_path: Path) -> None:
    node = make_node(tmp_path, Commands({"pam-auth-update": CommandError(["pam-auth-update"], 1, "no")}))
    with pytest.raises(Fault, match="PLN-PAM"):
        nss_pam.apply(node, plan())


def test_a_pam_auth_update_that_was_killed_is_made_good_by_force(tmp_path: Path) -> None:
    commands = Commands()
    node = make_node(tmp_path, commands)
    files.write(node, nss_pam.UNDER_WAY, "")  # and killed here
    old = f"/etc/pam.d/common-{nss_pam.STACKS[0]}.pam-old"
    files.write(node, old, "half of what it should be")
    nss_pam.build_stacks(node)
    assert files.read(node, old) is None, "pam-auth-update keeps it when it is forced"
    assert commands.lines == ["pam-auth-update --force --package --enable podlaunch podlaunch-password"]
    commands.lines.clear()
    nss_pam.build_stacks(node)
    assert commands.lines == ["pam-auth-update --package --enable podlaunch podlaunch-password"]


def test_one_that_was_killed_when_all_was_built_is_noticed(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    stacks(node)
    put_all(node)
    assert nss_pam.check(node, plan()) == []
    files.write(node, nss_pam.UNDER_WAY, "")  # and killed here
    assert nss_pam.check(node, plan()) == ["a run was killed while it built PAM's stacks"]
    nss_pam.build_stacks(node)
    assert nss_pam.check(node, plan()) == []
