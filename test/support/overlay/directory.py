"""AWS::DirectoryService::MicrosoftAD, made by moto's Directory Service."""

import json

from botocore.exceptions import ClientError
from ministack.services import ec2

from .api import client, request
from .moto import forward
from .registry import Made, Properties, add, may_wait, serve

mirrored: dict[str, str] = {}
"""moto looks for the VPC and the subnets in its own EC2: ministack's ids, and those of their likes there."""


def register() -> None:
    """Adds the type, whose every property but EnableSso replaces, and the service's API."""
    add("AWS::DirectoryService::MicrosoftAD", create, delete, update, ("Name", "ShortName", "Edition", "VpcSettings"))
    may_wait("AWS::DirectoryService::MicrosoftAD")
    serve("ds", answer)


def create(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """moto checks name, password, edition, and that the two subnets are in two zones."""
    api = client("ds")
    wanted = request("ds", "CreateMicrosoftAD", {**properties, "VpcSettings": mirror(**properties["VpcSettings"])})
    directory_id = api.create_microsoft_ad(**wanted)["DirectoryId"]
    made = api.describe_directories(DirectoryIds=[directory_id])["DirectoryDescriptions"][0]
    return directory_id, {"Alias": made["Alias"], "DnsIpAddresses": made["DnsIpAddrs"]}


async def answer(method: str, path: str, headers: dict, body: bytes, query: dict) -> tuple[int, dict, bytes]:
    """The service's requests: moto's answers, and DescribeDomainControllers, which moto lacks."""
    target = next((value for name, value in headers.items() if name.lower() == "x-amz-target"), "")
    if not target.endswith(".DescribeDomainControllers"):
        status, answered, said = await forward(method, path, headers, body, query)
        return status, answered, with_own_ids(said)
    kind = {"Content-Type": "application/x-amz-json-1.1"}
    directory_id = json.loads(body)["DirectoryId"]
    try:
        made = client("ds").describe_directories(DirectoryIds=[directory_id])["DirectoryDescriptions"][0]
    except ClientError as refusal:
        return 400, kind, json.dumps({"__type": refusal.response["Error"]["Code"]}).encode()
    controllers = [{"DnsIpAddr": address, "Status": "Active"} for address in made["DnsIpAddrs"]]
    return 200, kind, json.dumps({"DomainControllers": controllers}).encode()


def with_own_ids(said: bytes) -> bytes:
    """What moto says, with the ids that clients know the VPC and the subnets by; they are as long."""
    for own, there in mirrored.items():
        said = said.replace(there.encode(), own.encode())
    return said


def delete(directory_id: str, _properties: Properties) -> None:
    """Removes the directory."""
    client("ds").delete_directory(DirectoryId=directory_id)


def update(directory_id: str, _old: Properties, _new: Properties, _stack: str) -> Made:
    """Nothing that the stacks use can change in place."""
    return directory_id, {}


def mirror(VpcId: str, SubnetIds: list[str]) -> dict:
    """The VPC and the subnets in moto's EC2, made there on first use."""
    api = client("ec2")
    if VpcId not in mirrored:
        mirrored[VpcId] = api.create_vpc(CidrBlock=ec2._vpcs[VpcId]["CidrBlock"])["Vpc"]["VpcId"]
    for subnet_id in SubnetIds:
        if subnet_id not in mirrored:
            subnet = {name: ec2._subnets[subnet_id][name] for name in ("CidrBlock", "AvailabilityZone")}
            mirrored[subnet_id] = api.create_subnet(VpcId=mirrored[VpcId], **subnet)["Subnet"]["SubnetId"]
    return {"VpcId": mirrored[VpcId], "SubnetIds": [mirrored[subnet_id] for subnet_id in SubnetIds]}
