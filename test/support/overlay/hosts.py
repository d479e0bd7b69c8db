"""AWS::EC2::Instance, its address, EC2 Instance Connect Endpoints, and Systems Manager's documents and associations.

ministack keeps instances and addresses, moto keeps the documents. Images have public parameters, as on AWS.
"""

import json
import uuid

from ministack.services import ec2, ssm

from . import network
from .api import client, request
from .registry import Made, Properties, add, may_wait

IMAGE = "ami-0123456789abcdef0"
PUBLIC = "/aws/service/"

described: dict[str, Properties] = {}
"""What hosts, endpoints and associations were made with, by id."""


def register() -> None:
    """Adds the types, and the images' parameters."""
    replacing = ("ImageId", "SubnetId", "KeyName", "BlockDeviceMappings")
    add("AWS::EC2::Instance", create_instance, delete_instance, update_instance, replacing)
    endpoint = ("SubnetId", "SecurityGroupIds", "PreserveClientIp")
    add("AWS::EC2::InstanceConnectEndpoint", create_endpoint, forget, network.tags_only, endpoint)
    add("AWS::SSM::Document", create_document, delete_document, network.tags_only, ("Content", "DocumentType"))
    add("AWS::SSM::Association", create_association, forget, network.tags_only, ("Name", "Targets"))
    for resource_type in ("AWS::EC2::Instance", "AWS::SSM::Document", "AWS::SSM::Association"):
        may_wait(resource_type)
    resolve = ssm.resolve_parameter_value

    def with_images(name: str, *arguments, **named) -> str | None:
        return IMAGE if name.startswith(PUBLIC) else resolve(name, *arguments, **named)

    ssm.resolve_parameter_value = with_images


def create_instance(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """botocore checks what the API has too; the profile, the subnet and the groups must be there."""
    wanted = {name: value for name, value in properties.items() if name != "Tags"}
    profile = wanted.pop("IamInstanceProfile")
    # The API wants the text; a template wants it in base 64.
    request("ec2", "RunInstances", {**wanted, "IamInstanceProfile": {"Name": profile}, "MinCount": 1, "MaxCount": 1})
    must_exist(properties["SubnetId"], properties["SecurityGroupIds"])
    asked = {name: [str(properties[name])] for name in ("ImageId", "InstanceType", "SubnetId")}
    groups = {f"SecurityGroupId.{place}": [group] for place, group in enumerate(properties["SecurityGroupIds"], 1)}
    asked |= {"UserData": [properties.get("UserData", "")], "IamInstanceProfile.Name": [profile], **groups}
    instance = network.answered(ec2._run_instances(asked), "instanceId")
    described[instance] = properties
    return instance, {"InstanceId": instance, "PrivateIp": ec2._instances[instance]["PrivateIpAddress"]}


def update_instance(instance: str, _old: Properties, new: Properties, _stack: str) -> Made:
    """Other user data stops and starts an instance; it stays the same."""
    ec2._instances[instance]["UserData"] = new.get("UserData", "")
    described[instance] = new
    return instance, {}


def delete_instance(instance: str, _properties: Properties) -> None:
    """Terminates it."""
    ec2._terminate_instances({"InstanceId.1": [instance]})
    described.pop(instance, None)


def must_exist(subnet: str, groups: list[str]) -> None:
    """Fails as EC2 does where a subnet or a group is not there."""
    if subnet not in ec2._subnets:
        raise ValueError(f"InvalidSubnetID.NotFound: {subnet}")
    for group in groups:
        if group not in ec2._security_groups:
            raise ValueError(f"InvalidGroup.NotFound: {group}")


def create_endpoint(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """A VPC has one endpoint."""
    must_exist(properties["SubnetId"], properties["SecurityGroupIds"])
    vpc = ec2._subnets[properties["SubnetId"]]["VpcId"]
    if any(one.get("VpcId") == vpc for one in described.values()):
        raise ValueError("InstanceConnectEndpointLimitExceeded")
    endpoint = f"eice-{uuid.uuid4().hex[:17]}"
    described[endpoint] = {**properties, "VpcId": vpc}
    arn = f"arn:aws:ec2:us-west-2:000000000000:instance-connect-endpoint/{endpoint}"
    return endpoint, {"Id": endpoint, "InstanceConnectEndpointArn": arn}


def forget(physical_id: str, _properties: Properties) -> None:
    """Removes what only this module knows."""
    described.pop(physical_id, None)


def create_document(logical_id: str, properties: Properties, stack: str) -> Made:
    """moto reads the content; without a name CloudFormation makes one."""
    name = properties.get("Name") or f"{stack}-{logical_id}-{uuid.uuid4().hex[:12]}"
    content, kind = json.dumps(properties["Content"]), properties["DocumentType"]
    client("ssm").create_document(Name=name, Content=content, DocumentFormat="JSON", DocumentType=kind)
    return name, {}


def delete_document(name: str, _properties: Properties) -> None:
    """Removes the document."""
    client("ssm").delete_document(Name=name)


def create_association(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """The document and the instances must be there; what it does, only AWS can show."""
    wanted = {name: value for name, value in properties.items() if name != "Tags"}
    request("ssm", "CreateAssociation", wanted)
    client("ssm").describe_document(Name=properties["Name"])
    for target in properties["Targets"]:
        for instance in target["Values"]:
            if instance not in ec2._instances:
                raise ValueError(f"InvalidTarget: {instance}")
    association = str(uuid.uuid4())
    described[association] = properties
    return association, {"AssociationId": association}
