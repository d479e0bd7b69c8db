"""Creations that fail because a test asks: the parameter /podlaunch/refuse of Parameter Store names the resource."""

from ministack.services import ssm
from ministack.services.cloudformation import provisioners, stacks

from .registry import Made, Properties

PARAMETER = "/podlaunch/refuse"


def register() -> None:
    """Puts it before the engine's own function."""
    provision = provisioners._provision_resource

    def provision_resource(resource_type: str, logical_id: str, properties: Properties, stack: str) -> Made:
        asked = ssm._parameters.get(PARAMETER)
        if asked is not None and asked["Value"] == logical_id:
            raise ValueError(f"{logical_id} is refused, as a test asks")
        return provision(resource_type, logical_id, properties, stack)

    provisioners._provision_resource = provision_resource
    stacks._provision_resource = provision_resource
