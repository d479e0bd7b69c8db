"""The engine's table of resource types."""

from collections.abc import Callable

from ministack import app
from ministack.services.cloudformation.provisioners import _REPLACING_PROPERTIES, _RESOURCE_HANDLERS

Properties = dict
Made = tuple[str, dict]
"""A resource's physical id, and its attributes for Fn::GetAtt."""


def add(
    resource_type: str,
    create: Callable[[str, Properties, str], Made],
    delete: Callable[[str, Properties], None],
    update: Callable[[str, Properties, Properties, str], Made],
    replacing: tuple[str, ...],
) -> None:
    """A type that the engine does not know; `replacing` are the properties whose change makes a new resource."""
    assert resource_type not in _RESOURCE_HANDLERS, f"ministack knows {resource_type} now: remove it here"
    _RESOURCE_HANDLERS[resource_type] = {"create": create, "delete": delete, "update": update}
    _REPLACING_PROPERTIES[resource_type] = replacing


def wrap(resource_type: str, verb: str, wrapper: Callable[[Callable], Callable]) -> None:
    """Puts a function around one of the engine's own; the wrapper takes the old one and gives the new."""
    handlers = _RESOURCE_HANDLERS[resource_type]
    handlers[verb] = wrapper(handlers[verb])


def serve(service: str, handler: Callable) -> None:
    """Answers the requests of a service that clients send to ministack."""
    app.SERVICE_HANDLERS[service] = handler
