"""Reads a document against the JSON Schema that is its contract, and fills in its defaults.

Only the words that `node-settings.schema.json` uses are known; any other word in the schema is
refused, so that a rule is never overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}
ABOUT = {
    "$schema",
    "$id",
    "title",
    "description",
    "default",
    "examples",
    "definitions",
    "required",
    "items",
    "properties",
}


def violations(schema: dict[str, Any], value: Any, root: dict[str, Any] | None = None, at: str = "") -> list[str]:
    """Every way in which value breaks the schema, each as "place: what is wrong"."""
    root = schema if root is None else root
    if "$ref" in schema:
        return violations(_resolve(root, schema["$ref"]), value, root, at)
    place = at or "the document"
    if "type" in schema and not _has_type(value, schema["type"]):
        return [f"{place}: must be of type {schema['type']}"]
    found = [f"{place}: {message}" for word, limit in schema.items() for message in _breaks(word, limit, value, schema)]
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        found += [f"{place}: {key} is missing" for key in schema.get("required", []) if key not in value]
        for key, part in value.items():
            if key in properties:
                found += violations(properties[key], part, root, f"{at}.{key}" if at else key)
    if isinstance(value, list) and "items" in schema:
        for index, part in enumerate(value):
            found += violations(schema["items"], part, root, f"{at}[{index}]")
    return found


def with_defaults(schema: dict[str, Any], value: Any, root: dict[str, Any] | None = None) -> Any:
    """A copy of a valid document in which every absent property has its default."""
    root = schema if root is None else root
    if "$ref" in schema:
        return with_defaults(_resolve(root, schema["$ref"]), value, root)
    if isinstance(value, list):
        return [with_defaults(schema.get("items", {}), part, root) for part in value]
    if not isinstance(value, dict):
        return value
    properties = schema.get("properties", {})
    full = {key: part["default"] for key, part in properties.items() if "default" in part} | value
    return {key: with_defaults(properties.get(key, {}), part, root) for key, part in full.items()}


def _resolve(root: dict[str, Any], pointer: str) -> dict[str, Any]:
    part = root
    for step in pointer.removeprefix("#/").split("/"):
        part = part[step]
    return part


def _has_type(value: Any, name: str) -> bool:
    if name == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[name])


def _breaks(word: str, limit: Any, value: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong with value by one word of the schema."""
    if word in ABOUT or word == "type" or word.startswith("x-"):
        return []
    if word == "additionalProperties" and limit is False:
        return [f"{key} is not known" for key in value if key not in schema.get("properties", {})]
    if word not in RULES:
        raise ValueError(f"the schema word {word} is not known to this reader")
    holds, message = RULES[word]
    shown = ", ".join(map(str, limit)) if isinstance(limit, list) else limit
    return [] if holds(value, limit) else [message.format(shown)]


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def _matches(pattern: str, value: str) -> bool:
    """A search as in JavaScript, where `$` means the very end."""
    return re.search(re.sub(r"\$$", r"\\Z", pattern), value) is not None


RULES: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "const": (_same, "must be {!r}"),
    "enum": (lambda value, limit: any(_same(value, one) for one in limit), "must be one of {}"),
    "pattern": (lambda value, limit: _matches(limit, value), "does not match {}"),
    "minimum": (lambda value, limit: bool(value >= limit), "must be at least {}"),
    "maximum": (lambda value, limit: bool(value <= limit), "must be at most {}"),
    "maxLength": (lambda value, limit: len(value) <= limit, "must have at most {} characters"),
    "minItems": (lambda value, limit: len(value) >= limit, "must have at least {} items"),
    "maxItems": (lambda value, limit: len(value) <= limit, "must have at most {} items"),
    "uniqueItems": (lambda value, _: len({repr(one) for one in value}) == len(value), "must not repeat an item"),
}
