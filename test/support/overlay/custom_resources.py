"""Custom resources that failed to be created: CloudFormation asks to delete them, by the physical id of the answer.

The engine asks that only for what was created.
"""

from ministack.services.cloudformation import custom_resource, stacks

answered: dict[tuple[str, str], str] = {}
"""The physical id of the last failure, by stack and logical id."""

failed: dict[tuple[str, str], dict] = {}
"""What failed to be created, as the engine notes what was created."""


def register() -> None:
    """Puts them around the engine's own functions."""
    deliver, invoke, roll_back = (
        custom_resource.deliver_response,
        custom_resource.invoke_custom_resource,
        stacks._roll_back_operation,
    )

    def deliver_response(token: str, response: dict) -> bool:
        if response.get("Status") == "FAILED":
            answered[response["StackId"], response["LogicalResourceId"]] = response["PhysicalResourceId"]
        return deliver(token, response)

    def invoke_custom_resource(request: str, logical_id: str, properties: dict, *rest, **options):
        try:
            return invoke(request, logical_id, properties, *rest, **options)
        except RuntimeError:
            _, stack_id, resource_type = rest[:3]
            physical_id = answered.pop((stack_id, logical_id))
            if request == "Create":
                failed[stack_id, logical_id] = {
                    "PhysicalResourceId": physical_id,
                    "ResourceType": resource_type,
                    "Properties": properties,
                }
            raise

    async def roll_back_operation(name: str, stack_id: str, stack: dict, operation: dict, *rest):
        logical_id = operation["failed_logical_id"]
        made = failed.pop((stack_id, logical_id), None)
        if made is not None:
            stack.setdefault("_resources", {})[logical_id] = made
            operation["created"] = [*operation["created"], logical_id]
        return await roll_back(name, stack_id, stack, operation, *rest)

    custom_resource.deliver_response = deliver_response
    custom_resource.invoke_custom_resource = invoke_custom_resource
    stacks._roll_back_operation = roll_back_operation
