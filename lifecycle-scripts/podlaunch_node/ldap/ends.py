"""Dates on which something stops working, said some days before: passwords, accounts, certificates."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterable
from dataclasses import dataclass

from podlaunch_node.faults import Fault
from podlaunch_node.ldap.client import Entry

ACCOUNT_ATTRIBUTES = ["msDS-UserPasswordExpiryTimeComputed", "accountExpires"]
ACCOUNT_DAYS, CERTIFICATE_DAYS = 14, 30
DAY = 86400.0
NEVER = 0x7FFF_FFFF_FFFF_FFFF
RENEW_ACCOUNT = (
    "Give this account a new password and write it into the bind secret, or exempt the account from the password "
    "policy: docs/by-hand.md, Bind accounts."
)
EXTEND = "Extend accountExpires of this account in the directory."
RENEW_CERTIFICATE = "Renew it under the same authority: `podlaunch certificate renew`, docs/day-2.md."
RENEW_AUTHORITY = "Make a new authority and certificate, and import both: docs/day-2.md, The certificate."


@dataclass(frozen=True)
class End:
    """What ends, when (seconds since 1970), from how many days before it is said, and what to do."""

    what: str
    at: float
    days: int
    next_step: str

    @property
    def day(self) -> datetime.date:
        """The day on which it ends, in UTC."""
        return datetime.datetime.fromtimestamp(self.at, datetime.timezone.utc).date()

    def is_near(self, now: float) -> bool:
        """Whether it is time to say so."""
        return self.at - now < self.days * DAY

    def left(self, now: float) -> str:
        """In how many days it ends, in words."""
        days = int((self.at - now) // DAY)
        return {0: "within 1 day", 1: "in 1 day"}.get(days, f"in {days} days" if days > 0 else "it has ended")

    def summary(self, now: float) -> str:
        """What ends, on which day, in how many days."""
        return f"{self.what} ends on {self.day} ({self.left(now)})"

    def warning(self, now: float) -> Fault:
        """The same as a warning."""
        return Fault("PLN-ENDS", self.summary(now), self.next_step)


def near(ends: Iterable[End], now: float) -> list[End]:
    """Those that are to be said now, the nearest first."""
    return sorted((one for one in ends if one.is_near(now)), key=lambda one: one.at)


def seconds(entry: Entry, attribute: str) -> float | None:
    """A date of the directory as seconds since 1970; None where there is none, or it cannot be read.

    Rule: dates are Windows file times; 0 and the greatest number mean never (MS-ADA1, accountExpires).
    """
    ticks = int((entry.get(attribute) or [b"0"])[0])
    return ticks / 10_000_000 - 11_644_473_600 if 0 < ticks < NEVER else None


def of_password(entry: Entry, what: str, next_step: str) -> list[End]:
    """When an account's password ends."""
    at = seconds(entry, ACCOUNT_ATTRIBUTES[0])
    return [End(what, at, ACCOUNT_DAYS, next_step)] if at is not None else []


def of_account(entry: Entry, what: str, next_step: str) -> list[End]:
    """When an account itself ends."""
    at = seconds(entry, ACCOUNT_ATTRIBUTES[1])
    return [End(what, at, ACCOUNT_DAYS, next_step)] if at is not None else []


def of_certificates(tls: ssl.SSLSocket, anchor: str) -> list[End]:
    """When the certificate that the load balancer shows ends, and the authority that nodes trust for it."""
    host = tls.server_hostname
    shown = dict(tls.getpeercert() or {})
    found = [(f"the certificate of {host}", shown, RENEW_CERTIFICATE)]
    trusted = ssl.create_default_context(cadata=anchor).get_ca_certs()
    found += [(f"the authority of the certificate of {host}", dict(one), RENEW_AUTHORITY) for one in trusted]
    return [
        End(what, float(ssl.cert_time_to_seconds(str(one["notAfter"]))), CERTIFICATE_DAYS, step)
        for what, one, step in found
        if one.get("notAfter")
    ]
