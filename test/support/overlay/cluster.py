"""AWS::SageMaker::Cluster, made by moto's SageMaker.

moto keeps neither the orchestrator nor anything of Slurm, so DescribeCluster adds what was asked for.
"""

import json

from .api import client, request
from .moto import forward
from .registry import Made, Properties, add, serve

asked: dict[str, dict] = {}
"""What clusters were made or updated with, by name."""

KEPT = ("Orchestrator", "NodeRecovery", "NodeProvisioningMode", "InstanceGroups")


def register() -> None:
    """Adds the type, and SageMaker's API."""
    add("AWS::SageMaker::Cluster", create, delete, update, ("ClusterName", "VpcConfig"))
    serve("sagemaker", answer)


def create(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """botocore checks the properties against SageMaker's own API; moto the instance types and the scripts' bucket."""
    wanted = request("sagemaker", "CreateCluster", properties)
    # moto cannot make a cluster whose groups do not say it.
    groups = [{"ThreadsPerCore": 1, **group} for group in wanted["InstanceGroups"]]
    arn = client("sagemaker").create_cluster(**{**wanted, "InstanceGroups": groups})["ClusterArn"]
    asked[wanted["ClusterName"]] = wanted
    return arn, {"ClusterArn": arn, "ClusterStatus": "InService"}


def delete(arn: str, _properties: Properties) -> None:
    """Removes the cluster."""
    client("sagemaker").delete_cluster(ClusterName=arn.split("/")[1])
    asked.pop(arn.split("/")[1], None)


def update(arn: str, old: Properties, new: Properties, stack: str) -> Made:
    """moto cannot update a cluster: it is made again under its name, which is its ARN there."""
    delete(arn, old)
    return create("", new, stack)


async def answer(method: str, path: str, headers: dict, body: bytes, query: dict) -> tuple[int, dict, bytes]:
    """SageMaker's requests: moto's answers, and for DescribeCluster what moto does not keep."""
    status, answered, text = await forward(method, path, headers, body, query)
    target = next((value for name, value in headers.items() if name.lower() == "x-amz-target"), "")
    if status != 200 or target != "SageMaker.DescribeCluster":
        return status, answered, text
    description = json.loads(text)
    wanted = asked[description["ClusterName"]]
    described = {**description, **{name: wanted[name] for name in KEPT if name in wanted}}
    described["InstanceGroups"] = [
        {**group, "CurrentCount": group["InstanceCount"], "TargetCount": group["InstanceCount"]}
        for group in wanted["InstanceGroups"]
    ]
    return status, {"Content-Type": answered["Content-Type"]}, json.dumps(described).encode()
