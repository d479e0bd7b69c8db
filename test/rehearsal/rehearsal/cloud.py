"""What a publisher and a launcher do: a release, its link, and the stack."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lab import vpc
from rehearsal.emulators import Emulators

ACCOUNT = "123456789012"
BUCKET = "releases"
PLACE = f"s3://{BUCKET}/podlaunch"
WHERE = ("--to", PLACE, "--region", vpc.REGION, "--audience", f"accounts:{ACCOUNT}")
POLL = 1.5
"""Seconds between two looks at a stack: each is a process, which takes time from what is looked at."""
ENDED_WELL = {"create-stack": "CREATE_COMPLETE", "update-stack": "UPDATE_COMPLETE"}


class StackFailed(Exception):
    """A stack ended otherwise than was asked, with the reasons of its events."""


@dataclass(frozen=True)
class Link:
    """What a quick-create link fills in."""

    version: str
    stack: str
    template: str
    parameters: dict[str, str]


def make_bucket(cloud: Emulators) -> None:
    """The publisher's bucket, which the launcher's account may read."""
    location = f"LocationConstraint={vpc.REGION}"
    cloud.aws("s3api", "create-bucket", "--bucket", BUCKET, "--create-bucket-configuration", location)
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    cloud.aws("s3api", "put-bucket-policy", "--bucket", BUCKET, "--policy", policy)


def publish(cloud: Emulators, configuration: dict[str, Any]) -> str:
    """Publishes a release with this podlaunch.yaml; gives back its version."""
    (cloud.folder / "podlaunch.yaml").write_text(json.dumps(configuration))
    published = cloud.podlaunch("publish", *WHERE, "--yes")
    return str(published["version"])


def link_of(cloud: Emulators, version: str, stack: str) -> Link:
    """Follows the link of a stack. The console would read it in the same way."""
    made = cloud.podlaunch("links", *WHERE, "--version", version, "--stack", stack)
    (link,) = made["links"]
    filled = dict(parse_qsl(urlsplit(link["url"]).fragment.partition("?")[2], keep_blank_values=True))
    parameters = {name.removeprefix("param_"): text for name, text in filled.items() if name.startswith("param_")}
    template = urlsplit(filled["templateURL"])
    # The emulator's CloudFormation reads buckets by path only.
    return Link(version, filled["stackName"], f"{cloud.url}/{template.netloc.split('.')[0]}{template.path}", parameters)


def begin(cloud: Emulators, verb: str, link: Link, parameters: dict[str, str | None]) -> None:
    """Asks for a stack as the console's form does, and does not wait. None is what the parameter was before."""
    values = {**link.parameters, **parameters}
    given = [
        {"ParameterKey": name, **({"UsePreviousValue": True} if text is None else {"ParameterValue": text})}
        for name, text in values.items()
    ]
    listed = json.dumps(given)
    what = ("--stack-name", link.stack, "--template-url", link.template, "--parameters", listed)
    cloud.aws("cloudformation", verb, *what, "--capabilities", "CAPABILITY_IAM")


def make(cloud: Emulators, verb: str, link: Link, parameters: dict[str, str | None]) -> dict[str, str]:
    """The same, and waits. Gives back the outputs. Raises StackFailed with the reasons."""
    begin(cloud, verb, link, parameters)
    stack = settled(cloud, link.stack)
    if stack["StackStatus"] != ENDED_WELL[verb]:
        raise StackFailed("\n".join([stack["StackStatus"], *failures(cloud, stack["StackId"])]))
    return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}


def delete(cloud: Emulators, name: str) -> None:
    """Deletes a stack and waits. Raises StackFailed with the reasons where it does not go in one go."""
    stack = described(cloud, name)["StackId"]
    cloud.aws("cloudformation", "delete-stack", "--stack-name", name)
    status = settled(cloud, stack)["StackStatus"]
    if status != "DELETE_COMPLETE":
        raise StackFailed("\n".join([status, *failures(cloud, stack)]))


def settled(cloud: Emulators, name: str) -> dict[str, Any]:
    """A stack when nothing is under way any more."""
    while (stack := described(cloud, name))["StackStatus"].endswith("_IN_PROGRESS"):
        time.sleep(POLL)
    return stack


def described(cloud: Emulators, name: str) -> dict[str, Any]:
    """A stack as it is now."""
    stack: dict[str, Any] = cloud.aws("cloudformation", "describe-stacks", "--stack-name", name)["Stacks"][0]
    return stack


def events(cloud: Emulators, name: str) -> list[dict[str, Any]]:
    """What happened to a stack, the newest first."""
    found: list[dict[str, Any]] = cloud.aws("cloudformation", "describe-stack-events", "--stack-name", name)[
        "StackEvents"
    ]
    return found


def failures(cloud: Emulators, name: str) -> list[str]:
    """Why resources failed."""
    failed = [one for one in events(cloud, name) if one["ResourceStatus"].endswith("_FAILED")]
    return [f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason')}" for one in failed]


def resources(cloud: Emulators, name: str) -> dict[str, str]:
    """The physical ids of a stack's resources."""
    found = cloud.aws("cloudformation", "describe-stack-resources", "--stack-name", name)["StackResources"]
    return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in found}


def secret(cloud: Emulators, arn: str) -> dict[str, str]:
    """What a secret says now."""
    read = ("secretsmanager", "get-secret-value", "--secret-id", arn, "--query", "SecretString")
    value: dict[str, str] = json.loads(cloud.aws(*read))
    return value
