"""SSSD's obfuscated password: the same vectors as the command line's (test/password)."""

import json
from pathlib import Path

import pytest
from podlaunch_node.steps.directory.obfuscate import obfuscate, reveal

FIXTURE = Path(__file__).parents[1] / "fixtures" / "obfuscated-passwords.json"
VECTORS: list[dict[str, str]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{len(vector['password'])} characters")
def test_the_token_is_the_vector_and_reveals_the_password(vector: dict[str, str]) -> None:
    key, iv = bytes.fromhex(vector["key"]), bytes.fromhex(vector["iv"])
    assert obfuscate(vector["password"], key=key, iv=iv) == vector["token"]
    assert reveal(vector["token"]) == vector["password"]


def test_every_padding_is_among_them() -> None:
    assert {16 - (len(vector["password"].encode()) + 1) % 16 for vector in VECTORS} == set(range(1, 17))
