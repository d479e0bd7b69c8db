"""The people function, run against the lab's directory through the lab's load balancer."""

import contextlib
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lab import balancer, people
from lab.cluster import Lab
from lab.directory import DATABASE
from lab.managed import ADMIN, make_admin, make_policies, remove_policies
from lab.stack_function import StackFunction, aws_of, services_for

ADMIN_PASSWORD = "Lab-canary.Adm1n-Passw0rd"


@dataclass
class PeopleFunction:
    """The function."""

    function: StackFunction

    def ask(self, **call: Any) -> dict[str, Any]:  # noqa: ANN401
        """Calls the function once and gives back what it answers."""
        answer: dict[str, Any] = self.function.call(call)[0]
        return answer


@contextlib.contextmanager
def people_function(lab: Lab, sudo_groups: str = "ClusterAdmin") -> Iterator[PeopleFunction]:
    """The function with an Admin who administers the unit of the short name, password policies, and nothing else."""
    make_admin(lab.directory, ADMIN_PASSWORD)
    make_policies(lab.directory)
    try:
        with services_for(lab) as services:
            yield function_without_admin(lab, services, sudo_groups)
    finally:
        remove_policies(lab.directory)
        lab.directory.dc1.run("ldbdel", "-H", DATABASE, ADMIN)
        lab.directory.replicate()


def function_without_admin(lab: Lab, services: str, sudo_groups: str = "ClusterAdmin") -> PeopleFunction:
    """The function where nobody makes an Admin: it can try the bind secret, and change nothing."""
    told = {
        "DomainName": people.DOMAIN,
        "ShortName": "hyperpod",
        "DirectoryId": "d-1234567890",
        "LdapsHost": balancer.NAME,
        "CertificateArn": lab.certificate_arn,
        "AuthorityKeySha256": _public_key_hash(lab.authority.certificate),
        "AdminSecretArn": _admin_secret(lab),
        "BindSecretArn": lab.secret_arn,
        "SudoGroups": sudo_groups,
        "PeoplePolicy": "true",
        "AlarmTopicArn": "",
        "HandOverPrefix": f"podlaunch/lab-{os.urandom(4).hex()}/people/",
    }
    return PeopleFunction(StackFunction(lab, "people", {**aws_of(services), **told}))


def _public_key_hash(certificate: str) -> str:
    """As the certificate function tells it of the authority that it has made."""
    key = subprocess.run(
        ["openssl", "x509", "-noout", "-pubkey"], input=certificate.encode(), capture_output=True, check=True
    )
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "der"], input=key.stdout, capture_output=True, check=True
    )
    return hashlib.sha256(der.stdout).hexdigest()


def _admin_secret(lab: Lab) -> str:
    value = json.dumps({"username": "Admin", "password": ADMIN_PASSWORD})
    made = lab.vpc.call("secretsmanager", "create_secret", Name=f"admin-{os.urandom(4).hex()}", SecretString=value)
    return str(made["ARN"])
