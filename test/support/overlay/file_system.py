"""AWS::FSx::FileSystem, made by moto's FSx."""

from .api import client, request
from .moto import forward
from .registry import Made, Properties, add, serve

MOUNT_NAME = "abcdebmv"
"""moto gives file systems no mount name."""


def register() -> None:
    """Adds the type, with the properties that replace a file system for Lustre, and FSx's API."""
    replacing = ("FileSystemType", "StorageType", "SubnetIds", "SecurityGroupIds", "FileSystemTypeVersion")
    add("AWS::FSx::FileSystem", create, delete, update, replacing)
    serve("fsx", forward)


def create(_logical_id: str, properties: Properties, _stack: str) -> Made:
    """botocore checks the properties against FSx's own API."""
    made = client("fsx").create_file_system(**request("fsx", "CreateFileSystem", properties))["FileSystem"]
    attributes = {"DNSName": made["DNSName"], "LustreMountName": MOUNT_NAME, "ResourceARN": made["ResourceARN"]}
    return made["FileSystemId"], attributes


def delete(file_system_id: str, _properties: Properties) -> None:
    """Removes the file system."""
    client("fsx").delete_file_system(FileSystemId=file_system_id)


def update(_file_system_id: str, _old: Properties, _new: Properties, _stack: str) -> Made:
    """moto cannot change a file system."""
    raise ValueError("The emulator cannot update a file system.")
