"""The shell scripts, run for real with other commands in PATH."""

import json
import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "lifecycle-scripts"
LIBEXEC = FOLDER / "podlaunch_node/libexec"
SCRIPTS = sorted([*FOLDER.glob("*.sh"), *LIBEXEC.iterdir()])
SEARCHED = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
KEYS = json.loads((Path(__file__).parents[1] / "fixtures" / "ssh-keys.json").read_text(encoding="utf-8"))
"""What is made of lines that may be a key, here and by the people function (test/functions/people)."""
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbc= alice@laptop"


def command(folder: Path, name: str, script: str) -> None:
    """A command for PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def searching(text: str, folder: Path) -> str:
    """A script that searches commands in this folder first."""
    return text.replace(SEARCHED, f"PATH={folder}:/usr/bin:/bin")


def run(
    script: Path, folder: Path, *words: str, shell: str = "sh", wait: str = "0", nft: str = "exit 0"
) -> "subprocess.CompletedProcess[str]":
    """Run a copy of a script with the folder's commands first in PATH, also where it sets its own."""
    env = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "PODLAUNCH_FAILURE_WAIT": wait,
        "PODLAUNCH_LOG": str(folder / "log/podlaunch.log"),
    }
    command(folder, "nft", nft)
    text = script.read_text()
    script = (script.parent if script.parent == folder else folder) / script.name
    script.write_text(searching(text, folder))
    return subprocess.run(
        [shell, str(script), *words], env=env, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_each_has_a_shebang_and_unix_line_ends_and_parses(script: Path) -> None:
    text = script.read_bytes()
    assert text.startswith((b"#!/bin/sh\n", b"#!/bin/bash\n"))
    assert b"\r" not in text
    shell = "bash" if b"bash" in text.splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(script)], check=False).returncode == 0


@pytest.mark.parametrize("script", sorted(LIBEXEC.iterdir()), ids=lambda path: path.name)
def test_what_pam_and_sshd_start_searches_commands_in_the_system_s_folders_only(script: Path) -> None:
    lines = [line for line in script.read_text().splitlines() if not line.startswith("#")]
    assert lines[0].startswith(SEARCHED)
    assert lines[1].startswith("export PATH")


def keys(tmp_path: Path, offered: str, local: str = "root:x:0:0::/root:/bin/sh\n") -> list[str]:
    """What authorized-keys prints where the directory offers this, and the node has these accounts of its own."""
    command(tmp_path, "sss_ssh_authorizedkeys", f"cat <<'X'\n{offered}\nX")
    (tmp_path / "passwd").write_text(local)
    done = run(copy(tmp_path, "authorized-keys", "/etc/passwd", f"{tmp_path}/passwd"), tmp_path, "alice")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def while_sssd_changes(tmp_path: Path, person: str, answers: str = "") -> list[str]:
    """What authorized-keys prints while SSSD changes, and what it has called, in order.

    `answers` is shell that makes sss_ssh_authorizedkeys fail. alice has a key; ubuntu is the node's own.
    """
    called = tmp_path / "called"
    called.touch()
    (tmp_path / "sssd-changing").touch()
    (tmp_path / "passwd").write_text("root:x:0:0::/root:/bin/sh\nubuntu:x:1000:1000::/home/ubuntu:/bin/bash\n")
    command(tmp_path, "sss_ssh_authorizedkeys", f"echo asked >>{called}; {answers}\necho {KEY}")
    command(tmp_path, "wait-for-sssd", f"echo waited >>{called}")
    command(tmp_path, "sssd-was-changed", f"echo looked >>{called}")
    script = copy(tmp_path, "authorized-keys", "/run/podlaunch/sssd-changing", f"{tmp_path}/sssd-changing")
    script.write_text(script.read_text().replace("/etc/passwd", f"{tmp_path}/passwd"))
    done = run(script, tmp_path, person)
    assert (done.returncode, done.stderr) == (0, "")
    return [*called.read_text().split(), *done.stdout.splitlines()]


def test_keys_are_asked_for_once_sssd_has_changed(tmp_path: Path) -> None:
    assert while_sssd_changes(tmp_path, "alice") == ["waited", "asked", KEY]


def test_the_node_s_own_accounts_wait_for_nothing(tmp_path: Path) -> None:
    assert while_sssd_changes(tmp_path, "ubuntu") == []


def test_a_question_that_was_lost_while_sssd_changed_is_asked_once_more(tmp_path: Path) -> None:
    once = f"[ -e {tmp_path}/lost ] || {{ touch {tmp_path}/lost; exit 1; }}"
    assert while_sssd_changes(tmp_path, "alice", once) == ["waited", "asked", "looked", "asked", KEY]
    assert while_sssd_changes(tmp_path, "alice", "exit 1")[-3:] == ["asked", "looked", "asked"], "and only once"


def copy(tmp_path: Path, name: str, place: str, other: str) -> Path:
    """A script that looks at another place."""
    text = (LIBEXEC / name).read_text()
    assert place in text
    path = tmp_path / name
    path.write_text(text.replace(place, other))
    return path


@pytest.mark.parametrize("vector", KEYS, ids=[vector["what"] for vector in KEYS])
def test_only_public_keys_pass(tmp_path: Path, vector: dict[str, str | None]) -> None:
    passed = [vector["node"]] if vector["node"] else []
    assert keys(tmp_path, f"{vector['line']}\n{KEY}\n{vector['line']}") == [*passed, KEY, *passed]


@pytest.mark.parametrize("local", ["alice:x:1:1::/:/bin/sh\nbob:x:2:2:::\n", "root:x:0:0:::\nalice:x:1:1:::"])
def test_the_node_s_own_accounts_get_no_keys_from_the_directory(tmp_path: Path, local: str) -> None:
    assert keys(tmp_path, KEY, local) == []


def test_others_whose_names_only_begin_like_one_of_them_do(tmp_path: Path) -> None:
    assert keys(tmp_path, KEY, "alic:x:1:1:::\nalice2:x:2:2:::\nbob:x:3:3:alice:/:\n") == [KEY]


def test_a_long_value_is_passed_over(tmp_path: Path) -> None:
    assert keys(tmp_path, "\n".join([f"ssh-rsa {'A' * 1_000_000}", "x" * 1_000_000, KEY])) == [KEY]


def test_no_keys_are_no_error(tmp_path: Path) -> None:
    assert keys(tmp_path, "") == []


def script(
    tmp_path: Path, name: str, flag: float | None, changed: float | None, let_go_after: int = 1000
) -> tuple[int, int]:
    """Exit code of one of the two scripts, with marks of these ages in seconds, and how often it slept.

    Logins are let go after so many times.
    """
    for mark, age in (("sssd-changing", flag), ("sssd-changed", changed)):
        if age is not None:
            path = tmp_path / mark
            path.touch()
            os.utime(path, (time.time() - age, time.time() - age))
    for one in ("wait-for-sssd", "sssd-was-changed"):
        path = copy(tmp_path, one, "/run/podlaunch", str(tmp_path))
        path.write_text(searching(path.read_text(), tmp_path))
        path.chmod(0o755)
    slept = tmp_path / "slept"
    slept.touch()
    let_go = f"[ $(wc -l <{slept}) -lt {let_go_after} ] || rm -f {tmp_path}/sssd-changing"
    command(tmp_path, "sleep", f"echo $1 >>{slept}; {let_go}")
    code = run(tmp_path / name, tmp_path).returncode
    return code, len(slept.read_text().splitlines())


@pytest.mark.parametrize(("changed", "code"), [(None, 1), (0, 0), (30, 0), (90, 1)])
def test_a_second_try_is_only_for_a_change_of_ours(tmp_path: Path, changed: float | None, code: int) -> None:
    assert script(tmp_path, "sssd-was-changed", None, changed) == (code, 0)


def test_a_login_does_not_wait_where_nothing_changes(tmp_path: Path) -> None:
    assert script(tmp_path, "wait-for-sssd", None, 0) == (0, 0)


@pytest.mark.parametrize("name", ["wait-for-sssd", "sssd-was-changed"])
def test_a_login_waits_until_logins_are_let_go(tmp_path: Path, name: str) -> None:
    assert script(tmp_path, name, 0, 0, let_go_after=3) == (0, 3)


def test_a_login_does_not_wait_for_ever(tmp_path: Path) -> None:
    assert script(tmp_path, "wait-for-sssd", 0, 0) == (0, 100)


def test_a_mark_that_a_killed_run_left_is_not_waited_for(tmp_path: Path) -> None:
    assert script(tmp_path, "wait-for-sssd", 40, 40) == (0, 0)


def come_in(
    tmp_path: Path, person: str, gate: bool = True, local: str = "games:x:4999:0:::\n"
) -> "subprocess.CompletedProcess[str]":
    """make-home for a person, on a node with these accounts of its own; Python only says that it was called."""
    (tmp_path / "passwd").write_text(local)
    if gate:
        (tmp_path / "access.conf").touch()
    script = copy(tmp_path, "make-home", "/etc/podlaunch", str(tmp_path))
    text = script.read_text().replace("/usr/bin/python3", "echo python #").replace("/etc/passwd", f"{tmp_path}/passwd")
    script.write_text(f"PAM_USER='{person}'\n{text}")
    entry = f"alice:*:{os.getuid()}:1:Alice, A.:{tmp_path}/alice:/bin/bash"
    command(tmp_path, "getent", f'[ "$3" = alice ] && echo "{entry}"')
    return run(script, tmp_path)


def test_a_home_that_is_there_costs_no_python(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    done = come_in(tmp_path, "alice")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("person", ["alice", "nobody at all", "-L"])
def test_one_that_is_not_there_is_looked_at_closely(tmp_path: Path, person: str) -> None:
    done = come_in(tmp_path, person)
    assert (done.returncode, done.stdout) == (0, "python\n")


def test_one_that_belongs_to_somebody_else_is_too(tmp_path: Path) -> None:
    (tmp_path / "alice").symlink_to("/proc/1" if os.getuid() else tmp_path / "other")
    (tmp_path / "other").mkdir()
    if not os.getuid():
        os.chown(tmp_path / "other", 65534, 65534)
    assert come_in(tmp_path, "alice").stdout == "python\n"


def test_somebody_with_the_uid_of_one_of_the_node_s_own_accounts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    done = come_in(tmp_path, "alice", local=f"root:x:7:0:::\nubuntu:x:{os.getuid()}:0:::\n")
    assert done.returncode == 1
    assert "this node's own account ubuntu" in done.stdout


def test_without_the_gate_s_file_nobody_comes_in(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    done = come_in(tmp_path, "alice", gate=False)
    assert done.returncode == 1
    assert "podlaunch-node apply" in done.stdout


def slurm(tmp_path: Path, *daemons: str, scontrol: str = "exit 0") -> Path:
    """Slurm's daemons that run on this node; what is done to Slurm is kept in the file."""
    done = tmp_path / "done"
    done.touch()
    active = "|".join(f"*is-active*{daemon}*" for daemon in daemons) or "never"
    command(tmp_path, "systemctl", f'case "$*" in {active}) ;; *is-active*) exit 3;; *) echo "$*" >>{done};; esac')
    command(tmp_path, "scontrol", f'case "$*" in *show*) ;; *) echo scontrol "$*" >>{done};; esac; {scontrol}')
    command(tmp_path, "hostname", "echo worker-1")
    command(tmp_path, "sinfo", "exit 1")
    return done


def alone(tmp_path: Path, node_type: str) -> "subprocess.CompletedProcess[str]":
    """on_create.sh without Slurm, on a node of this type by the settings."""
    slurm(tmp_path)
    (tmp_path / "podlaunch_node").mkdir()
    (tmp_path / "podlaunch_node/__init__.py").touch()
    (tmp_path / "podlaunch_node/node_type.py").write_text(f"def main():\n    print('{node_type}')\n")
    return run(FOLDER / "on_create.sh", tmp_path, shell="bash")


@pytest.mark.parametrize(("node_type", "code"), [("Controller", 1), ("Login", 0), ("Compute", 0), ("unknown", 0)])
def test_on_create_alone_fails_a_controller_only_and_says_why(tmp_path: Path, node_type: str, code: int) -> None:
    done = alone(tmp_path, node_type)
    assert done.returncode == code, "any other node would be launched again and again"
    assert "base-config" in done.stderr
    assert "OnInitComplete" in done.stderr
    assert (tmp_path / "log/podlaunch.log").read_text() == done.stderr


def damaged(tmp_path: Path, entry: str = "on_init_complete.sh", wait: str = "0") -> "subprocess.CompletedProcess[str]":
    """The entry with a package that is not complete."""
    (tmp_path / "podlaunch_node").mkdir(exist_ok=True)
    shutil.copy(FOLDER / entry, tmp_path)
    return run(tmp_path / entry, tmp_path, shell="bash", wait=wait)


def test_a_failing_controller_is_given_a_minute_to_reach_cloudwatch(tmp_path: Path) -> None:
    slurm(tmp_path, "slurmctld")
    for name in ("sync", "sleep"):
        command(tmp_path, name, f'echo {name} "$@" >>{tmp_path}/waited')
    assert damaged(tmp_path, wait="").returncode == 1
    (tmp_path / "podlaunch_node/node_type.py").write_text("def main():\n    print('Controller')\n")
    slurm(tmp_path)
    assert damaged(tmp_path, "on_create.sh", wait="").returncode == 1
    assert (tmp_path / "waited").read_text().splitlines() == ["sync", "sleep 60"] * 2


def test_a_worker_whose_scripts_fail_stays_in_service_without_jobs(tmp_path: Path) -> None:
    done = slurm(tmp_path, "slurmd")
    ended = damaged(tmp_path)
    assert ended.returncode == 0, "HyperPod would launch it again and again, and bill each time"
    assert "PLN-BUNDLE" in ended.stderr
    assert "stays in service" in ended.stderr.splitlines()[-1]
    assert done.read_text().splitlines() == [
        "scontrol update nodename=worker-1 state=drain reason=podlaunch: the lifecycle scripts failed"
    ]


def test_where_the_controller_does_not_answer_the_worker_s_own_daemon_stops(tmp_path: Path) -> None:
    done = slurm(tmp_path, "slurmd", scontrol="exit 1")
    assert damaged(tmp_path).returncode == 0
    assert done.read_text().splitlines()[1:] == ["stop slurmd"]


def test_a_drain_that_is_there_keeps_its_reason(tmp_path: Path) -> None:
    shown = "NodeName=worker-1 State=IDLE+DRAIN Reason=Action:Replace"
    done = slurm(tmp_path, "slurmd", scontrol=f'echo "{shown}"')
    assert damaged(tmp_path).returncode == 0
    assert done.read_text() == ""


@pytest.mark.parametrize(("gate", "joined"), [("+:(clusteradmin):ALL\n-:ALL:ALL\n", True), ("-:ALL:ALL\n", False)])
def test_a_joined_node_keeps_its_jobs(tmp_path: Path, gate: str, joined: bool) -> None:
    done = slurm(tmp_path, "slurmd")
    (tmp_path / "access.conf").write_text(gate)
    entry = FOLDER / "on_init_complete.sh"
    (tmp_path / "podlaunch_node").mkdir()
    (tmp_path / entry.name).write_text(
        entry.read_text().replace("/etc/podlaunch/access.conf", f"{tmp_path}/access.conf")
    )
    ended = run(tmp_path / entry.name, tmp_path, shell="bash")
    assert ended.returncode == 0
    assert ("stays joined" in ended.stderr) is joined
    assert (done.read_text() == "") is joined


def test_a_login_node_without_a_daemon_of_slurm_stays_in_service_too(tmp_path: Path) -> None:
    done = slurm(tmp_path)
    assert damaged(tmp_path).returncode == 0
    assert done.read_text() == ""


def test_on_create_after_base_config_goes_on(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "on_create.sh", tmp_path)
    (tmp_path / "on_init_complete.sh").write_text("echo went on\n")
    command(tmp_path, "systemctl", "exit 0")
    assert run(tmp_path / "on_create.sh", tmp_path, shell="bash").stdout == "went on\n"


KEPT = ("/var/lib/podlaunch/settings.json", "/etc/podlaunch/metadata-service.nft")


@pytest.mark.parametrize(
    ("there", "loaded"),
    [
        ((), "--file -"),
        (KEPT[:1], ""),
        (KEPT[1:], "--file {folder}/metadata-service.nft"),
        (KEPT, "--file {folder}/metadata-service.nft"),
    ],
)
def test_the_entry_closes_the_metadata_service_unless_the_settings_of_an_earlier_run_open_it(
    tmp_path: Path, there: tuple[str, ...], loaded: str
) -> None:
    slurm(tmp_path)
    text = (FOLDER / "on_init_complete.sh").read_text()
    for path in KEPT:
        assert path in text
        text = text.replace(path, str(tmp_path / Path(path).name))
    for path in there:
        (tmp_path / Path(path).name).touch()
    (tmp_path / "on_init_complete.sh").write_text(text)
    (tmp_path / "podlaunch_node").mkdir()
    run(tmp_path / "on_init_complete.sh", tmp_path, shell="bash", nft=f'echo "$@" >>{tmp_path}/said')
    said = tmp_path / "said"
    assert (said.read_text().strip() if said.exists() else "") == loaded.format(folder=tmp_path)


def test_a_download_that_is_not_whole_is_said_in_words(tmp_path: Path) -> None:
    slurm(tmp_path, "slurmctld")
    done = damaged(tmp_path)
    assert done.returncode == 1
    assert "PLN-BUNDLE" in done.stderr
    assert "Traceback" not in done.stderr
    assert "on_init_complete.sh, line" in done.stderr.splitlines()[-1]
    assert (tmp_path / "log/podlaunch.log").read_text() == done.stderr
