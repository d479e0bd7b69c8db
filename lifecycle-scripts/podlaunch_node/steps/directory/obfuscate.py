"""SSSD's obfuscated password, as `sss_obfuscate` makes it.

Bytes, integers little-endian: u16 method (0 = AES-256), u16 length of the ciphertext, key (32),
IV (16), AES-256-CBC/PKCS#7 of the UTF-8 password and one NUL, then 00 01 02 03; all in base64.
The key is beside the ciphertext: this hides a password from a glance, the file's mode protects it.
"""

from __future__ import annotations

import base64
import binascii
import os
import struct

from podlaunch_node.steps.directory import aes256

SENTINEL = b"\x00\x01\x02\x03"


def obfuscate(password: str, key: bytes | None = None, iv: bytes | None = None) -> str:
    """The token for `ldap_default_authtok`. Key and IV are random unless given (for tests)."""
    key, iv = key or os.urandom(32), iv or os.urandom(16)
    cipher = aes256.encrypt_cbc(key, iv, password.encode() + b"\0")
    token = struct.pack("<HH", 0, len(cipher)) + key + iv + cipher + SENTINEL
    return base64.b64encode(token).decode()


def reveal(token: str) -> str:
    """The password in a token. Throws ValueError where it is not one."""
    try:
        data = base64.b64decode(token.strip(), validate=True)
        method, length = struct.unpack_from("<HH", data)
    except (binascii.Error, struct.error) as error:
        raise ValueError("not an obfuscated password") from error
    if method != 0 or len(data) != 52 + length + 4 or data[52 + length :] != SENTINEL:
        raise ValueError("not an obfuscated password")
    plain = aes256.decrypt_cbc(data[4:36], data[36:52], data[52 : 52 + length])
    if not plain.endswith(b"\0"):
        raise ValueError("not an obfuscated password")
    return plain[:-1].decode()
