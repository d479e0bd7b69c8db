"""Certificates of every kind that a load balancer may show."""

import json
from dataclasses import dataclass

from lab.machine import Machine
from lab.paths import HERE


@dataclass(frozen=True)
class Pair:
    """A certificate, its private key and the chain above it, in PEM."""

    certificate: str
    key: str
    chain: str = ""


def self_signed(maker: Machine, name: str, names: list[str] | None = None, authority: bool = True) -> Pair:
    """A certificate that vouches for itself: an authority, or a listener's own without one.

    Its common name is `name`; its alternative names are `names`, or `name` alone.
    """
    return _make(maker, name, [name] if names is None else names, -1, 90, authority, None)


def signed(
    maker: Machine, name: str, by: Pair, names: list[str] | None = None, days: tuple[int, int] = (-1, 90)
) -> Pair:
    """A leaf under an authority. `days` is its validity, counted from today."""
    return _make(maker, name, names or [name], *days, False, by)


def _make(
    maker: Machine, name: str, names: list[str], from_days: int, to_days: int, authority: bool, by: Pair | None
) -> Pair:
    asked = {
        "name": name,
        "names": names,
        "from_days": from_days,
        "to_days": to_days,
        "authority": authority,
        "signer": {"certificate": by.certificate, "key": by.key} if by else None,
    }
    program = (HERE / "lab/inside/make_certificate.py").read_text()
    said = maker.must("python3", "-c", program, stdin=json.dumps(asked), env={"PYTHONPATH": "/opt/moto"})
    return Pair(**json.loads(said), chain=by.certificate if by else "")
