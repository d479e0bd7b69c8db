"""AES against the standards' own vectors and against OpenSSL."""

import os
import subprocess

import pytest
from podlaunch_node.steps.directory import aes256

# NIST SP 800-38A, F.2.5: CBC-AES256.
KEY = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
IV = bytes.fromhex("000102030405060708090a0b0c0d0e0f")
PLAIN = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51")
CIPHER = bytes.fromhex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d")


def test_the_vector_of_sp_800_38a() -> None:
    assert aes256.encrypt_cbc(KEY, IV, PLAIN)[:32] == CIPHER


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 31, 32, 200])
def test_openssl_makes_and_reads_the_same(length: int) -> None:
    key, iv, plain = os.urandom(32), os.urandom(16), os.urandom(length)
    ours = aes256.encrypt_cbc(key, iv, plain)
    argv = ["openssl", "enc", "-aes-256-cbc", "-K", key.hex(), "-iv", iv.hex()]
    assert subprocess.run(argv, input=plain, capture_output=True, check=True).stdout == ours
    assert aes256.decrypt_cbc(key, iv, ours) == plain


@pytest.mark.parametrize(("key", "iv"), [(b"x" * 31, IV), (KEY, b"x" * 15)])
def test_a_key_or_vector_of_another_length_is_refused(key: bytes, iv: bytes) -> None:
    with pytest.raises(ValueError, match="AES"):
        aes256.encrypt_cbc(key, iv, b"")


@pytest.mark.parametrize("cipher", [b"", b"x" * 15, CIPHER[:16]])
def test_what_is_no_ciphertext_is_refused(cipher: bytes) -> None:
    with pytest.raises(ValueError, match=r"AES blocks|padding"):
        aes256.decrypt_cbc(KEY, IV, cipher)
