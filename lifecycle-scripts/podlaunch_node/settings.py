"""The node settings: one JSON document in SSM that the cluster stack wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from podlaunch_node import schema
from podlaunch_node.faults import Fault
from podlaunch_node.node import STATE, Node
from podlaunch_node.system import files

KEPT = f"{STATE}/settings.json"
SCHEMA = Path(__file__).resolve().parent.parent / "node-settings.schema.json"
NodeType = Literal["Controller", "Login", "Compute"]


@dataclass(frozen=True)
class Directory:
    """Where the directory is, and where its bind secret and certificate lie."""

    domain: str
    search_base: str
    ldaps_host: str
    ldaps_port: int
    bind_secret_arn: str
    certificate_arn: str


@dataclass(frozen=True)
class Group:
    """A group of the directory and what its members may do."""

    name: str
    log_in: tuple[NodeType, ...]
    sudo: bool


@dataclass(frozen=True)
class Settings:
    """The document with every default filled in; the fields are explained in its schema."""

    cluster_name: str
    directory: Directory
    groups: tuple[Group, ...]
    node_types: dict[str, NodeType]
    home_root: str
    ssh_key_pair: bool
    password_login: bool
    expired_password: Literal["refuse-password", "refuse-all"]
    join_failure: Literal["retry", "fail"]
    user_metadata_access: Literal["closed", "open"]
    slurm_accounts: bool
    login_node_jobs: bool
    revoked_jobs: Literal["finish", "cancel"]
    end_sessions: bool
    entry_cache_seconds: int
    offline_seconds: int
    connection_expire_seconds: int
    refresh_seconds: int

    def keys_need_password(self) -> bool:
        """Whether an expired password stops logins by key too."""
        return self.expired_password == "refuse-all"  # noqa: S105 (a choice, not a password)

    def groups_on(self, node_type: NodeType) -> tuple[Group, ...]:
        """The groups whose members may log in on this type of node."""
        return tuple(group for group in self.groups if node_type in group.log_in)


def parameter_name(cluster_name: str) -> str:
    """The name of the SSM parameter that holds a cluster's settings."""
    return f"/podlaunch/{cluster_name}/node-settings"


def parse(text: str, where: str) -> Settings:
    """Read the document. Throws Fault PLN-SETTINGS (ours) with every violation in it."""
    try:
        document: Any = json.loads(text)
    except ValueError as error:
        raise _broken(where, [f"is not JSON: {error}"]) from error
    contract = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = schema.violations(contract, document)
    if found:
        raise _broken(where, found)
    full = schema.with_defaults(contract, document)
    directory = full["directory"]
    return Settings(
        cluster_name=full["clusterName"],
        directory=Directory(
            domain=directory["domain"],
            search_base=directory["searchBase"],
            ldaps_host=directory["ldapsHost"],
            ldaps_port=directory["ldapsPort"],
            bind_secret_arn=directory["bindSecretArn"],
            certificate_arn=directory["certificateArn"],
        ),
        groups=tuple(Group(one["name"], tuple(one["logIn"]), one["sudo"]) for one in full["groups"]),
        node_types={one["name"]: one["nodeType"] for one in full["instanceGroups"]},
        home_root=full["homeRoot"].rstrip("/") or "/",
        ssh_key_pair=full["sshKeyPair"],
        password_login=full["passwordLogin"],
        expired_password=full["expiredPassword"],
        join_failure=full["joinFailure"],
        user_metadata_access=full["userMetadataAccess"],
        slurm_accounts=full["slurmAccounts"],
        login_node_jobs=full["loginNodeJobs"],
        revoked_jobs=full["revokedJobs"],
        end_sessions=full["endSessions"],
        entry_cache_seconds=full["entryCacheSeconds"],
        offline_seconds=full["offlineSeconds"],
        connection_expire_seconds=full["connectionExpireSeconds"],
        refresh_seconds=full["refreshSeconds"],
    )


def kept(node: Node) -> str | None:
    """The document as it was last read and found valid, or None."""
    return files.read(node, KEPT)


def keep(node: Node, text: str) -> bool:
    """Remember a valid document; says whether it is a new one."""
    if files.matches(node, KEPT, text, 0o600):
        return False
    files.write(node, KEPT, text, mode=0o600)
    return True


def _broken(where: str, found: list[str]) -> Fault:
    return Fault(
        "PLN-SETTINGS",
        f"the node settings in {where} are not valid: {'; '.join(found)}",
        "Correct podlaunch.yaml (or the parameter) and update the cluster stack.",
        ours=True,
    )
