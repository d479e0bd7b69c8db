"""The function that rotates the bind secret, run against the lab's secret and its two domain controllers."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lab.cluster import Lab
from lab.people_function import PeopleFunction, function_without_admin
from lab.stack_function import ARN, STACK_ID, StackFunction, aws_of, services_for

PEOPLE_ARN = f"{ARN}:people"


@dataclass
class RotationFunction:
    """The function, for whom a password is always old, domain controllers copy at once, and nodes have refreshed."""

    lab: Lab
    function: StackFunction

    def scheduled(self) -> str:
        """A run by the schedule. Gives what it wrote."""
        return self._run({"StackId": STACK_ID, "Properties": {}})

    def emergency(self) -> str:
        """A run that somebody asks for."""
        return self._run({"rotate": "now"})

    def account(self) -> str:
        """The account that the secret names."""
        return str(self._secret()["bindDn"]).partition(",")[0].removeprefix("CN=")

    def version(self) -> str:
        """The version of the secret that is current."""
        return str(self._current()["VersionId"])

    def go_back(self, version: str) -> None:
        """Makes a version the current one again. moto takes no new one for it after a switch."""
        now = self.version()
        if now == version:
            return
        self.lab.vpc.call(
            "secretsmanager",
            "update_secret_version_stage",
            SecretId=self.lab.secret_arn,
            VersionStage="AWSCURRENT",
            RemoveFromVersionId=now,
            MoveToVersionId=version,
        )

    def _run(self, event: object) -> str:
        before = self._secret()["password"]
        _, wrote = self.function.call(event)
        for password in (before, self._secret()["password"]):
            assert password not in wrote
        return wrote

    def _secret(self) -> dict[str, str]:
        secret: dict[str, str] = json.loads(self._current()["SecretString"])
        return secret

    def _current(self) -> dict[str, Any]:
        arn = self.lab.secret_arn
        return self.lab.vpc.call("secretsmanager", "get_secret_value", SecretId=arn, VersionStage="AWSCURRENT")


@contextlib.contextmanager
def rotation_function(lab: Lab) -> Iterator[RotationFunction]:
    """The function, which has the people function try what it has set."""
    people: list[PeopleFunction] = []

    def ask_people(event: object) -> object:
        lab.directory.replicate()
        return people[0].function.call(event)[0]

    with services_for(lab, ask_people) as services:
        people.append(function_without_admin(lab, services))
        of_people = people[0].function.environment
        told = {name: of_people[name] for name in ("DomainName", "ShortName", "DirectoryId", "BindSecretArn")}
        told |= {"PeopleFunctionArn": PEOPLE_ARN, "RotationDays": "0", "RefreshSeconds": "0"}
        constants = {"SETTLES": "0", "REFRESH_TAKES": "0"}
        function = StackFunction(lab, "rotate-bind-secret", {**aws_of(services), **told}, constants)
        yield RotationFunction(lab, function)
