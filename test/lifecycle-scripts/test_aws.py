"""The `aws` command: how it is called, and what its errors become."""

from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.run import CommandError, Done
from podlaunch_node.system import aws, aws_advice
from support import Commands, make_node


def test_a_call_is_adaptive_regional_and_in_json(tmp_path: Path) -> None:
    commands = Commands({"aws ssm get-parameter": '{"Parameter": {"Value": "x"}}'})
    answer = aws.call(make_node(tmp_path, commands), "eu-west-1", "ssm", "get-parameter", "--name", "/p")
    assert answer == {"Parameter": {"Value": "x"}}
    assert "--name /p --region eu-west-1 --output json" in commands.lines[0]
    assert commands.envs[0]["AWS_RETRY_MODE"] == "adaptive"
    assert int(commands.envs[0]["AWS_METADATA_SERVICE_TIMEOUT"]) > 1, "one late answer costs no run"


DENIED = (
    "An error occurred (AccessDeniedException) when calling the … operation: User: arn:aws:sts::1:assumed-role/r/S "
    "is not authorized to perform: ssm:GetParameter on resource: arn:…"
)


def test_the_policy_is_named_as_the_template_names_it() -> None:
    template = (Path(__file__).parents[2] / "dist/cluster.yaml").read_text(encoding="utf-8")
    assert "  NodeAccess:\n" in template
    assert "PolicyName: !Sub podlaunch-${ClusterName}" in template
    assert "resource NodeAccess, policy podlaunch-CLUSTER" in aws_advice.next_step(DENIED)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (f"{DENIED} because no identity-based policy allows the ssm:GetParameter action", "policy podlaunch-CLUSTER"),
        (f"{DENIED} with an explicit deny in an identity-based policy", "`Deny`"),
        (f"{DENIED} because no VPC endpoint policy allows the ssm:GetParameter action", "VPC endpoint"),
        (f"{DENIED} with an explicit deny in a service control policy", "service control policy"),
        (f"{DENIED} with an explicit deny in a resource control policy", "resource control policy"),
        (f"{DENIED} because no permissions boundary allows the ssm:GetParameter action", "boundary"),
        (f"{DENIED} because no session policy allows the ssm:GetParameter action", "session policy"),
        (f"{DENIED} with an explicit deny in a resource-based policy", "resource itself"),
        ("An error occurred (AccessDeniedException) when calling …: Access to KMS is not allowed", "kms:Decrypt"),
        (f"{DENIED.replace('ssm:GetParameter', 'kms:Decrypt')} because no identity-based policy allows", "kms:Decrypt"),
        ("An error occurred (DecryptionFailure) when calling …: … using the provided KMS key", "enabled"),
        ("(InvalidRequestException) … the secret because it was marked for deletion.", "restore-secret"),
        ("(ResourceNotFoundException) … can't find … for staging label: AWSCURRENT", "bindDn"),
        ('Failed to connect to proxy URL: "http://proxy:3128"', "/etc/podlaunch/environment"),
        ("An error occurred (ParameterNotFound) when calling …", "cluster stack"),
        ('Could not connect to the endpoint URL: "https://ssm…"', "route to AWS"),
        ("no end after 180 s", "route to AWS"),
        ("Unable to locate credentials", "metadata service"),
        ("(UnrecognizedClientException) … The security token included in the request is invalid.", "trusts sagemaker"),
        ("(ExpiredTokenException) … The security token included in the request is expired", "trusts sagemaker"),
        ("SSL validation failed for https://ssm… certificate is not yet valid", "clock"),
        ("An error occurred (ThrottlingException): Rate exceeded", "tries again"),
        ("aws is not installed", "AWS CLI"),
        ("An error occurred (InternalServiceError)", "same `aws`"),
    ],
)
def test_each_error_has_a_next_step_and_is_not_ours(tmp_path: Path, said: str, step: str) -> None:
    commands = Commands({"aws": CommandError(["aws"], 254, f"\nsome line\n{said}")})
    with pytest.raises(Fault, match="PLN-AWS") as caught:
        aws.call(make_node(tmp_path, commands), "r", "ssm", "get-parameter")
    assert step in caught.value.next_step
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
