"""The command: exit codes, last words, JSON."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from podlaunch_node import cli, engine, node
from podlaunch_node.diagnose import status
from podlaunch_node.faults import Fault
from podlaunch_node.settings import parse
from podlaunch_node.system import core_files
from support import document, make_node

AROUND = Fault("PLN-TCP", "no answer", "check the load balancer")
OURS = Fault("PLN-SETTINGS", "not valid", "correct podlaunch.yaml", ours=True)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on a temporary folder, as if root had called it."""
    monkeypatch.setattr(cli, "Node", lambda say: make_node(tmp_path, said=Said(say)))
    monkeypatch.setattr(cli, "Log", lambda to_file, to_stderr: Log(to_stderr))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(core_files, "forbid", lambda: None)


class Said(list[str]):
    """Lines that are handed on."""

    def __init__(self, say: Any) -> None:
        super().__init__()
        self.append = say  # type: ignore[method-assign]


class Log:
    """A log that prints."""

    def __init__(self, to_stderr: bool) -> None:
        self.stream = sys.stderr if to_stderr else sys.stdout

    def say(self, line: str) -> None:
        """Print."""
        print(f"podlaunch: {line}", file=self.stream)

    def note(self, _line: str) -> None:
        """Nothing."""


def outcome(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """The next run ends so."""
    monkeypatch.setattr(engine, "apply", lambda _node, patient: engine.Outcome(**fields))


@pytest.mark.parametrize(
    ("fields", "argv", "code"),
    [
        ({}, ["apply"], 0),
        ({"changes": ["x"]}, ["apply", "--first-boot"], 0),
        ({"faults": [AROUND]}, ["apply"], 1),
        ({"faults": [AROUND]}, ["refresh"], 1),
        ({"faults": [AROUND]}, ["apply", "--first-boot"], 0),
        ({"faults": [OURS]}, ["apply", "--first-boot"], 1),
        ({"faults": [AROUND, OURS]}, ["apply", "--first-boot"], 1),
        ({"faults": [AROUND], "settings": parse(document(joinFailure="fail"), "t")}, ["apply", "--first-boot"], 1),
        ({"faults": [AROUND], "settings": parse(document(), "t")}, ["apply", "--first-boot"], 0),
        ({"warnings": [AROUND]}, ["refresh"], 0),
    ],
)
def test_exit_codes(monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], argv: list[str], code: int) -> None:
    outcome(monkeypatch, **fields)
    assert cli.main(argv) == code


def test_the_last_words_say_what_why_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome(monkeypatch, faults=[AROUND])
    cli.main(["apply", "--first-boot"])
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "podlaunch: PLN-TCP: no answer",
        "podlaunch:   what to do: check the load balancer",
    ]


def test_a_run_without_changes_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(monkeypatch)
    cli.main(["apply"])
    assert "nothing to change, nothing restarted" in capsys.readouterr().out


def test_json_is_all_that_stands_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome(monkeypatch, changes=["x"], faults=[AROUND])
    cli.main(["apply", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["changes"] == ["x"]
    assert printed["faults"][0] == AROUND.as_dict()


def test_status_is_for_everyone_and_fails_until_the_node_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert cli.main(["status"]) == 1
    assert "has not run here yet" in capsys.readouterr().out
    monkeypatch.setattr(status, "read", lambda _node: {"joined": True, "faults": []})
    assert cli.main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["joined"] is True


def test_everything_else_is_for_root(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert cli.main(["apply"]) == 1
    assert "sudo podlaunch-node apply" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError("oops"), "PLN-BUG"), (ImportError("no module"), "PLN-BUNDLE"), (OURS, OURS.code)]
)
def test_no_error_is_a_stack_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: str
) -> None:
    def fail(*_words: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(engine, "apply", fail)
    assert cli.main(["apply", "--first-boot"]) == 1
    printed = capsys.readouterr()
    assert code in printed.out
    assert "Traceback" not in printed.out + printed.err


def test_wrong_usage_is_2() -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["destroy"])
    assert caught.value.code == 2


def test_diagnose_on_a_node_that_never_joined(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diagnose", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["links"][0]["code"] == "PLN-NEVER"


def test_the_node_of_the_command_is_the_real_one() -> None:
    assert node.Node().root == Path("/")
