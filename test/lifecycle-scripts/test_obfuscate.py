"""SSSD's obfuscated password, byte by byte."""

import base64

import pytest
from podlaunch_node.steps.directory.obfuscate import obfuscate, reveal

PASSWORDS = ["x", "R3ad.0nly-Passw0rd", "0123456789abcde", "0123456789abcdef", "pässwörd €", "a" * 200]


@pytest.mark.parametrize("password", PASSWORDS)
def test_there_and_back(password: str) -> None:
    assert reveal(obfuscate(password)) == password


def test_the_layout() -> None:
    data = base64.b64decode(obfuscate("0123456789abcdef", key=bytes(range(32)), iv=bytes(16)))
    assert data[:4] == b"\0\0\x20\0"  # method 0, 32 bytes of ciphertext: 16 + NUL + padding
    assert data[4:36] == bytes(range(32))
    assert data[36:52] == bytes(16)
    assert data[84:] == b"\0\1\2\3"


def test_key_and_vector_are_new_each_time() -> None:
    assert obfuscate("same") != obfuscate("same")


@pytest.mark.parametrize("token", ["", "not base64!", "AAAA", base64.b64encode(b"\0\0\x10\0" + bytes(68)).decode()])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match=r"obfuscated|padding|AES"):
        reveal(token)
