"""Commands are run for real here; the log is a file that never stops anything."""

import os
import sys
from pathlib import Path

import pytest
from podlaunch_node.run import CommandError, run
from podlaunch_node.system import log
from podlaunch_node.system.log import Log
from support import make_node


def test_output_exit_code_and_standard_input() -> None:
    done = run(
        [sys.executable, "-c", "import sys; print(sys.stdin.read().upper()); sys.exit(3)"], stdin="x", check=False
    )
    assert (done.code, done.stdout) == (3, "X\n")


def test_a_failure_carries_command_code_and_message() -> None:
    with pytest.raises(CommandError) as caught:
        run(["sh", "-c", "echo why >&2; exit 4"])
    assert (caught.value.code, caught.value.stderr) == (4, "why")
    assert str(caught.value).startswith("sh -c")


def test_a_missing_command_and_one_without_end() -> None:
    with pytest.raises(CommandError, match="not installed"):
        run(["no-such-command"])
    with pytest.raises(CommandError, match=r"no end after 0\.1 s"):
        run(["sleep", "5"], timeout=0.1)


def test_the_locale_is_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert run(["sh", "-c", "echo $LC_ALL $X"], env={"X": "y"}).stdout == "C.UTF-8 y\n"


def test_lines_go_to_the_console_and_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node = make_node(tmp_path)
    written = Log(node)
    written.say("hello")
    written.note("only there")
    assert capsys.readouterr().out == "podlaunch: hello\n"
    lines = node.path(log.FILE).read_text().splitlines()
    assert [line.partition(" ")[2] for line in lines] == ["hello", "only there"]
    Log(node, to_file=False).say("not there")
    assert len(node.path(log.FILE).read_text().splitlines()) == 2


def test_beside_json_lines_go_to_stderr_and_to_the_file_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    node = make_node(tmp_path)
    Log(node, to_stderr=True).say("hello")
    assert capsys.readouterr() == ("", "podlaunch: hello\n")
    assert node.path(log.FILE).read_text().endswith(" hello\n")


def test_a_long_log_is_put_aside_once(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    path = node.path(log.FILE)
    path.parent.mkdir(parents=True)
    path.write_text("x" * (log.LIMIT + 1))
    Log(node).say("new")
    assert sorted(os.listdir(path.parent)) == ["podlaunch.log", "podlaunch.log.1"]


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node = make_node(tmp_path)
    node.path("/var").write_text("a file")
    Log(node).say("hello")
    assert "hello" in capsys.readouterr().out


def test_an_error_never_carries_the_output_of_a_command_that_answers_with_a_secret() -> None:
    with pytest.raises(CommandError) as caught:
        run(["sh", "-c", "echo hidden-$((40 + 2)); exit 3"], secret=True)
    assert "hidden-42" not in str(caught.value)


def test_slurm_s_commands_are_found_whatever_the_path_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert run(["sh", "-c", "echo $PATH"]).stdout == "/opt/slurm/bin:/opt/slurm/sbin:/usr/bin:/bin\n"
