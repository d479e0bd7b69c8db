"""The `aws` command: how it is called, and what its errors become."""

from pathlib import Path

import pytest
from podlaunch_node import aws
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError, Done
from support import Commands, make_node


def test_a_call_is_adaptive_regional_and_in_json(tmp_path: Path) -> None:
    commands = Commands({"aws ssm get-parameter": '{"Parameter": {"Value": "x"}}'})
    answer = aws.call(make_node(tmp_path, commands), "eu-west-1", "ssm", "get-parameter", "--name", "/p")
    assert answer == {"Parameter": {"Value": "x"}}
    assert "--name /p --region eu-west-1 --output json" in commands.lines[0]
    assert commands.envs[0]["AWS_RETRY_MODE"] == "adaptive"
    assert int(commands.envs[0]["AWS_METADATA_SERVICE_TIMEOUT"]) > 1, "one late answer costs no run"


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("An error occurred (AccessDeniedException) when calling …: not authorized", "policy"),
        ("An error occurred (ParameterNotFound) when calling …", "cluster stack"),
        ('Could not connect to the endpoint URL: "https://ssm…"', "route to AWS"),
        ("Unable to locate credentials", "metadata service"),
        ("SSL validation failed for https://ssm… certificate is not yet valid", "clock"),
        ("An error occurred (ThrottlingException): Rate exceeded", "by hand|same `aws`"),
    ],
)
def test_each_error_has_a_next_step_and_is_not_ours(tmp_path: Path, said: str, step: str) -> None:
    commands = Commands({"aws": CommandError(["aws"], 254, f"\nsome line\n{said}")})
    with pytest.raises(Fault, match="PLN-AWS") as caught:
        aws.call(make_node(tmp_path, commands), "r", "ssm", "get-parameter")
    assert any(words in caught.value.next_step for words in step.split("|"))
    assert said in caught.value.message
    assert not caught.value.ours


def test_an_answer_that_is_no_json_is_never_shown(tmp_path: Path) -> None:
    commands = Commands({"aws": Done(0, "secret words", "")})
    with pytest.raises(Fault) as caught:
        aws.call(make_node(tmp_path, commands), "r", "secretsmanager", "get-secret-value")
    assert "secret words" not in f"{caught.value} {caught.value.next_step}"


def test_the_wait_before_the_first_call_grows_with_the_cluster(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    assert aws.spread(node, 3) < 1
    assert aws.spread(node, 1000) == 62.5
