"""What SageMaker does with the cluster of the stack: its nodes get the stack's role, scripts and entry point."""

import json
from typing import Any

from lab.bucket import sync
from lab.machine import CommandFailed
from lab.node import CLUSTER, ENVIRONMENT, RESOURCE_CONFIG, STAGED, Node, resource_config
from rehearsal.emulators import Emulators


def cluster_of(cloud: Emulators) -> dict[str, Any]:
    """The cluster, as DescribeCluster has it."""
    cluster: dict[str, Any] = cloud.aws("sagemaker", "describe-cluster", "--cluster-name", CLUSTER)
    return cluster


def scripts_of(cluster: dict[str, Any]) -> dict[str, str]:
    """Where the scripts are, and which of them is run."""
    scripts: dict[str, str] = cluster["InstanceGroups"][0]["LifeCycleConfig"]
    return scripts


def join(node: Node, cluster: dict[str, Any], role: dict[str, str]) -> None:
    """Downloads the scripts to a node with its role, and runs the entry point that the cluster names."""
    groups = {group["SlurmConfig"]["NodeType"]: group for group in cluster["InstanceGroups"]}
    names = {kind: group["InstanceGroupName"] for kind, group in groups.items()}
    node.machine.write("/opt/lab/role.json", json.dumps(role), mode="600")
    node.machine.write(RESOURCE_CONFIG, json.dumps(resource_config(cluster["ClusterArn"], names)), mode="644")
    scripts = scripts_of(cluster)
    sync(node.machine, scripts["SourceS3Uri"], STAGED)
    command = f"cd {STAGED} && exec bash {scripts['OnInitComplete']}"
    joined = node.machine.run("sh", "-c", command, env=ENVIRONMENT, timeout=600)
    status = node.podlaunch("status")
    if not joined.ok or not status.ok:
        raise CommandFailed(f"{node.name} did not join: {joined.out[-2000:]}{joined.err[-2000:]}{status.out}")
