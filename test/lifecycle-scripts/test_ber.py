"""Basic encoding rules, by hand-made bytes."""

import pytest
from podlaunch_node.ldap import ber


@pytest.mark.parametrize(
    ("made", "known"),
    [
        (ber.integer(0), "020100"),
        (ber.integer(127), "02017f"),
        (ber.integer(128), "02020080"),
        (ber.integer(65536), "0203010000"),
        (ber.integer(2, ber.ENUM), "0a0102"),
        (ber.boolean(True), "0101ff"),
        (ber.octets("é"), "0402c3a9"),
        (ber.tlv(ber.SEQUENCE), "3000"),
    ],
)
def test_known_bytes(made: bytes, known: str) -> None:
    assert made.hex() == known


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 70_000])
def test_every_length_is_read_back(size: int) -> None:
    whole = ber.tlv(0x04, b"x" * size)
    assert list(ber.elements(whole)) == [(0x04, b"x" * size)]
    assert sum(ber.size_of(whole) or (0, 0)) == len(whole)


@pytest.mark.parametrize("data", ["04", "0402ff", "0482", "048201"])
def test_what_is_cut_off_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="cut off"):
        list(ber.elements(bytes.fromhex(data)))


@pytest.mark.parametrize("data", ["0480", "0485ffffffffff"])
def test_an_impossible_length_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="impossible"):
        ber.size_of(bytes.fromhex(data))
