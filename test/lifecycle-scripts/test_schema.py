"""The reader of JSON Schema: each word of the contract, and no word unknown."""

import json
from typing import Any

import pytest
from podlaunch_node import schema
from podlaunch_node.settings import SCHEMA
from support import DOCUMENT

CONTRACT = json.loads(SCHEMA.read_text(encoding="utf-8"))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The document with one value changed; `a.b.0` walks into objects and lists."""
    copy: Any = json.loads(json.dumps(DOCUMENT))
    part, keys = copy, path.split(".")
    for key in keys[:-1]:
        part = part[int(key)] if isinstance(part, list) else part[key]
    part[keys[-1]] = value
    return dict(copy)


def test_the_document_is_valid() -> None:
    assert schema.violations(CONTRACT, DOCUMENT) == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("schemaVersion", 2, "schemaVersion: must be 1"),
        ("schemaVersion", True, "schemaVersion: must be 1"),
        ("clusterName", "-lab", "clusterName: does not match"),
        ("clusterName", "lab\n", "clusterName: does not match"),
        ("clusterName", "x" * 64, "at most 63 characters"),
        ("directory.ldapsPort", 0, "directory.ldapsPort: must be at least 1"),
        ("directory.ldapsPort", 65536, "must be at most 65535"),
        ("directory.ldapsPort", "636", "must be of type integer"),
        ("directory.ldapsPort", True, "must be of type integer"),
        ("directory.searchBase", "OU=x,DC=y,DC=z", "directory.searchBase: does not match"),
        ("groups", [], "at least 1 items"),
        ("groups", [DOCUMENT["groups"][0]] * 21, "at most 20 items"),
        ("groups.0.name", 'a"b', "groups[0].name: does not match"),
        ("groups.0.logIn", ["Login", "Login"], "must not repeat"),
        ("groups.0.logIn", ["login"], "groups[0].logIn[0]: must be one of Controller, Login, Compute"),
        ("joinFailure", "ignore", "must be one of retry, fail"),
        ("connectionExpireSeconds", 350, "must be at most 349"),
        ("surprise", 1, "the document: surprise is not known"),
        ("groups", "everybody", "groups: must be of type array"),
    ],
)
def test_each_violation_is_named(path: str, value: Any, words: str) -> None:
    found = schema.violations(CONTRACT, changed(path, value))
    assert len(found) == 1
    assert words in found[0]


def test_all_violations_are_found_at_once() -> None:
    broken = {**DOCUMENT, "joinFailure": 1, "extra": 1}
    del broken["groups"]
    assert len(schema.violations(CONTRACT, broken)) == 3


def test_defaults_are_filled_in_and_the_document_is_left_alone() -> None:
    full = schema.with_defaults(CONTRACT, DOCUMENT)
    assert full["directory"]["ldapsPort"] == 636
    assert full["sshKeyPair"] is True
    assert full["entryCacheSeconds"] == 300
    assert "entryCacheSeconds" not in DOCUMENT


def test_a_word_that_the_reader_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="minProperties"):
        schema.violations({"type": "object", "minProperties": 1}, {})
