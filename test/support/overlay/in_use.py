"""What EC2 does not let go of because something is in it: subnets and security groups of what is still there.

The engine deletes a subnet whatever is in it. On AWS a directory, a file system, a load balancer, a NAT gateway and a
function in the VPC have interfaces there: DeleteSubnet and DeleteSecurityGroup answer DependencyViolation.
"""

from ministack.services import alb, ec2

from . import directory
from .api import client
from .registry import Properties, may_wait, wrap


def register() -> None:
    """Puts the question around the engine's handlers."""
    for resource_type in ("AWS::EC2::Subnet", "AWS::EC2::SecurityGroup"):
        wrap(resource_type, "delete", only_unused)
        may_wait(resource_type)


def only_unused(handler):
    """Fails, in EC2's words, while anything is in it."""

    def delete(physical_id: str, properties: Properties) -> None:
        users = sorted(users_of(physical_id))
        if users:
            raise ValueError(f"DependencyViolation: {physical_id} has dependencies and cannot be deleted: {users}")
        handler(physical_id, properties)

    return delete


def users_of(thing: str) -> set[str]:
    """Who has an interface in the subnet, or with the security group."""
    found = {arn for arn, balancer in alb._lbs.items() if thing in str(balancer)}
    found |= {gateway for gateway, one in ec2._nat_gateways.items() if thing in str(one) and one["State"] != "deleted"}
    for system in client("fsx").describe_file_systems()["FileSystems"]:
        if thing in system["SubnetIds"] or thing in system.get("SecurityGroupIds", []):
            found.add(system["FileSystemId"])
    there = directory.mirrored.get(thing)
    for one in client("ds").describe_directories()["DirectoryDescriptions"]:
        if there in one["VpcSettings"]["SubnetIds"]:
            found.add(one["DirectoryId"])
    return found
