"""Why a value of altSecurityIdentities is offered to sshd or not, for people who pasted it. Never shows the value."""

from __future__ import annotations

import re
from collections.abc import Iterable

ATTRIBUTE = "altSecurityIdentities"
# What Active Directory itself keeps there: mappings of certificates and of Kerberos names.
MAPPING = re.compile(r"^(X509|Kerberos):", re.IGNORECASE)
KEY_TYPE = re.compile(r"^(ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w.@-]+$")
BLANKS = re.compile(r"[ \t\r\n]+")  # str.split() would take a no-break space for one
LONGEST = 16384


def refused(values: Iterable[bytes], offered: Iterable[str]) -> list[str]:
    """Why values are not offered, one entry each; '' where nothing is wrong with it but that SSSD has not read it yet.

    `offered` is what libexec/authorized-keys prints: a value whose key is among them is in order.
    """
    keys = {line.split()[1] for line in offered if len(line.split()) > 1}
    texts = [value.decode(errors="replace") for value in values]
    return [why(text) for text in texts if not MAPPING.match(text) and not _is_offered(text, keys)]


def _is_offered(text: str, keys: set[str]) -> bool:
    return len(text.strip().splitlines()) == 1 and not keys.isdisjoint(text.split())


def why(text: str) -> str:
    """What keeps a value from being one public key; '' where it is one."""
    kind, key, *_comment = [*BLANKS.split(text.strip(" \t\r\n")), "", ""]
    reasons = (
        ("PRIVATE KEY" in text, "is a private key: remove it at once, and make a new pair"),
        (len(text.strip().splitlines()) > 1, "has a line end in it: one value is one key on one line"),
        ("\r" in text, "ends with a carriage return, which SSSD does not take"),
        (not kind, "is empty"),
        (not kind.isascii() or not key.isascii(), "has a character before or in the key that is not ASCII"),
        (not KEY_TYPE.match(kind), f"begins with {_beginning(kind)}"),
        ("-cert-" in kind or kind == "ssh-dss", f"is of the type {kind}, which is not taken"),
        (not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", key), "has no key in base64 as its second word"),
        (len(text) > LONGEST, f"is longer than {LONGEST} characters"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _beginning(word: str) -> str:
    """The prefix that somebody put before a key, in so far as it cannot be the key itself."""
    found = re.match(r'"|[A-Za-z-]{1,24}[:="]', word)
    return found.group(0) if found else "something else than the type of a key"
