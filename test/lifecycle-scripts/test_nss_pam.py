"""Name service and PAM."""

import re
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError
from podlaunch_node.steps.session import nss_pam, pam_profile, pam_stacks
from podlaunch_node.system import files
from support import Commands, make_node, plan, put
from test_pam_stacks import STOCK, built

NSSWITCH = "# comment\npasswd:         files systemd\ngroup: files sss # both\nhosts: files dns\n"


def stacks(node: Node) -> None:
    """What pam-auth-update builds from our profiles."""
    for name in nss_pam.STACKS:
        kind = name.split("-")[0]
        lines = nss_pam.wanted_lines(plan(), name) if name in pam_stacks.STACKS else []
        built = "\n".join(f"{kind}\t{line}" for line in lines).replace("success=end", "success=4")
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
@pytest.mark.parametrize("workers", ["always", "with-job"])
def test_local_accounts_jump_over_all_of_ours(expired: str, workers: str) -> None:
    text = pam_profile.render(plan("worker", expiredPassword=expired, workerLogin=workers))
    for block in re.findall(r"^(?:Auth|Auth-Initial|Account):\n((?:\t.*\n)+)", text, re.MULTILINE):
        lines = block.splitlines()
        jump = re.match(r"\t\[success=(\d+) default=ignore\]\tpam_localuser\.so", lines[0])
        assert jump
        landing = 1 + int(jump.group(1))
        assert landing == len(lines) or lines[landing].endswith("pam_permit.so")
    auth, account = text.split("Account:")
    assert ("password-state strict" in account) is (expired == "refuse-all")
    assert ("password-state taken" in auth) is (expired != "refuse-all"), "what ends soon is said once a login"
    assert account.count("own-job") == (workers == "with-job")


def test_a_job_is_asked_for_behind_the_gate_and_before_a_home_is_made() -> None:
    account = pam_profile.render(plan("worker", workerLogin="with-job")).split("Account:")[1]
    assert account.index("pam_access.so") < account.index("libexec/own-job") < account.index("libexec/make-home")
    asks = next(line for line in account.splitlines() if "own-job" in line)
    assert asks.startswith("\t[success=ok default=die]\tpam_exec.so quiet seteuid stdout ")
    assert "own-job" not in pam_profile.render(plan("login", workerLogin="with-job"))


@pytest.mark.parametrize("expired", ["refuse-password", "refuse-all"])
def test_a_password_that_sssd_takes_goes_to_the_end_and_never_past_a_refusal(expired: str) -> None:
    text = pam_profile.render(plan(expiredPassword=expired))
    for block in re.findall(r"^(?:Auth|Auth-Initial):\n((?:\t.*\n)+)", text, re.MULTILINE):
        lines = block.splitlines()
        for at, line in enumerate(lines):
            if jump := re.match(r"\t\[success=(\d+) default=ignore\]\tpam_sss\.so", line):
                assert at + 1 + int(jump.group(1)) == len(lines) - 1
        assert lines[-1].startswith("\t[default=end]")
        assert lines[-2] == "\t[default=die]\tpam_deny.so"
        assert lines[-3] == "\t[default=ignore]\tpam_faildelay.so delay=2000000", "a guess costs time"


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


def test_a_stack_without_a_place_for_our_lines_is_named_alone_and_fails_no_launch(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    stacks(node)
    put(node, "/etc/pam.d/common-auth", "auth required pam_unix.so\n")
    with pytest.raises(Fault, match="common-auth: edited by hand") as caught:
        nss_pam.verify(node, plan())
    assert "common-account" not in str(caught.value)
    assert "--force" not in caught.value.next_step, "it would undo the edit"
    assert not caught.value.ours


def test_an_edit_of_the_session_stack_is_kept_and_our_lines_are_put_in(tmp_path: Path) -> None:
    """pam-auth-update leaves all stacks alone then; here it does so because it does nothing."""
    said: list[str] = []
    node = make_node(tmp_path, Commands(), said=said)
    for name in pam_stacks.STACKS:
        put(node, f"/etc/pam.d/common-{name}", built(name, STOCK[name]))
    edited = "session required pam_unix.so\n# session optional pam_systemd.so\n"
    put(node, "/etc/pam.d/common-session", edited)
    put(node, nss_pam.NSSWITCH, NSSWITCH)
    nss_pam.apply(node, plan())
    nss_pam.verify(node, plan())
    assert nss_pam.check(node, plan()) == []
    assert files.read(node, "/etc/pam.d/common-session") == edited
    assert [line.split(":")[0] for line in said] == [f"/etc/pam.d/common-{name}" for name in pam_stacks.STACKS]
    strict = plan(expiredPassword="refuse-all")
    assert nss_pam.check(node, strict)
    nss_pam.apply(node, strict)
    nss_pam.apply(node, plan())
    assert nss_pam.check(node, plan()) == []
    text = files.read(node, "/etc/pam.d/common-account") or ""
    assert text.count("pam_sss.so") == 2, "the old lines went"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@include common-auth\naccount required pam_nologin.so\n@include common-account\n", True),
        ("# @include common-auth\nauth required pam_google_authenticator.so\n@include common-account\n", True),
        ("account include common-account\n", True),
        ("@include common-auth\n# @include common-account\n", False),
        ("account required pam_unix.so\n", False),
    ],
)
def test_an_sshd_that_does_not_ask_the_gate_is_a_fault(tmp_path: Path, text: str, asked: bool) -> None:
    node = make_node(tmp_path)
    stacks(node)
    put(node, nss_pam.SSHD, text)
    if asked:
        nss_pam.verify(node, plan())
        return
    with pytest.raises(Fault, match="does not include common-account") as caught:
        nss_pam.verify(node, plan())
    assert not caught.value.ours


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


def test_what_a_killed_run_left_is_put_back_before_the_next_one_builds(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    put(node, "/etc/pam.d/common-session", "an edit\n")
    before = nss_pam.begin(node, plan())
    put(node, "/etc/pam.d/common-session", "half of what it should be")
    put(node, "/etc/pam.d/common-auth", "new")
    put(node, "/var/lib/pam/seen", "new")
    assert "a run was killed while it built PAM's stacks" in nss_pam.check(node, plan())
    assert nss_pam.begin(node, plan()) == before
    assert files.read(node, "/etc/pam.d/common-session") == "an edit\n"
    assert files.read(node, "/etc/pam.d/common-auth") is None


@pytest.mark.parametrize("left", ["", "[1", "7"])
def test_a_mark_of_another_version_is_no_hindrance(tmp_path: Path, left: str) -> None:
    node = make_node(tmp_path)
    stacks(node)
    put_all(node)
    put(node, nss_pam.UNDER_WAY, left)
    assert nss_pam.check(node, plan()) == ["a run was killed while it built PAM's stacks"]
    nss_pam.apply(node, plan())
    assert nss_pam.check(node, plan()) == []
