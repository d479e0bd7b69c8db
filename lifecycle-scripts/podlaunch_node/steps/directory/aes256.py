"""AES-256 in CBC mode with PKCS#7 padding (FIPS 197, SP 800-38A), for one short password.

Python's standard library has no AES, and `openssl enc` wants the key in its argument list, where
every user of the node can read it. This one is slow and not hardened against timing: it runs as
root, on one block or two, with a key that is beside its ciphertext anyway.
"""

from __future__ import annotations

ROUNDS = 14


def _double(value: int) -> int:
    return (value << 1) ^ (0x11B if value & 0x80 else 0)


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left, right = _double(left), right >> 1
    return product


def _make_sbox() -> bytes:
    box = bytearray(256)
    box[0] = 0x63
    power, inverse = 1, 1
    while True:
        power ^= _double(power)  # times 3, which generates every non-zero element
        inverse = _multiply(inverse, 0xF6)  # times 1/3
        folded = inverse
        for shift in (1, 2, 3, 4):
            folded ^= (inverse << shift | inverse >> (8 - shift)) & 0xFF
        box[power] = folded ^ 0x63
        if power == 1:
            return bytes(box)


SBOX = _make_sbox()
UNBOX = bytes(SBOX.index(value) for value in range(256))
SHIFT = [(index + 4 * (index % 4)) % 16 for index in range(16)]
UNSHIFT = [SHIFT.index(index) for index in range(16)]


def _expand(key: bytes) -> list[bytes]:
    if len(key) != 32:
        raise ValueError("an AES-256 key has 32 bytes")
    words = [key[at : at + 4] for at in range(0, 32, 4)]
    constant = 1
    for at in range(8, 4 * (ROUNDS + 1)):
        word = words[-1]
        if at % 8 == 0:
            turned = word[1:] + word[:1]
            word = bytes([SBOX[turned[0]] ^ constant, *(SBOX[byte] for byte in turned[1:])])
            constant = _double(constant)
        elif at % 8 == 4:
            word = bytes(SBOX[byte] for byte in word)
        words.append(_xor(words[at - 8], word))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _mix(state: bytes, row: tuple[int, int, int, int]) -> bytes:
    return bytes(
        _multiply(state[at - at % 4], row[-at % 4])
        ^ _multiply(state[at - at % 4 + 1], row[(1 - at) % 4])
        ^ _multiply(state[at - at % 4 + 2], row[(2 - at) % 4])
        ^ _multiply(state[at - at % 4 + 3], row[(3 - at) % 4])
        for at in range(16)
    )


def encrypt_block(keys: list[bytes], block: bytes) -> bytes:
    """Encrypt 16 bytes with an expanded key."""
    state = _xor(block, keys[0])
    for turn in range(1, ROUNDS + 1):
        state = bytes(SBOX[state[at]] for at in SHIFT)
        if turn < ROUNDS:
            state = _mix(state, (2, 3, 1, 1))
        state = _xor(state, keys[turn])
    return state


def decrypt_block(keys: list[bytes], block: bytes) -> bytes:
    """Decrypt 16 bytes with an expanded key."""
    state = block
    for turn in range(ROUNDS, 0, -1):
        state = _xor(state, keys[turn])
        if turn < ROUNDS:
            state = _mix(state, (14, 11, 13, 9))
        state = bytes(UNBOX[state[at]] for at in UNSHIFT)
    return _xor(state, keys[0])


def encrypt_cbc(key: bytes, iv: bytes, plain: bytes) -> bytes:
    """AES-256-CBC with PKCS#7 padding. Key 32 bytes, iv 16; throws ValueError otherwise."""
    if len(iv) != 16:
        raise ValueError("an AES initialisation vector has 16 bytes")
    keys, missing = _expand(key), 16 - len(plain) % 16
    plain += bytes([missing]) * missing
    out, last = b"", iv
    for at in range(0, len(plain), 16):
        last = encrypt_block(keys, _xor(plain[at : at + 16], last))
        out += last
    return out


def decrypt_cbc(key: bytes, iv: bytes, cipher: bytes) -> bytes:
    """Inverse of encrypt_cbc. Throws ValueError where length or padding is wrong."""
    if len(iv) != 16 or not cipher or len(cipher) % 16:
        raise ValueError("not complete AES blocks")
    keys, out, last = _expand(key), b"", iv
    for at in range(0, len(cipher), 16):
        block = cipher[at : at + 16]
        out += _xor(decrypt_block(keys, block), last)
        last = block
    extra = out[-1]
    if not 1 <= extra <= 16 or out[-extra:] != bytes([extra]) * extra:
        raise ValueError("bad padding")
    return out[:-extra]
