"""One link of the chain that `diagnose` walks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from podlaunch_node.faults import Fault
from podlaunch_node.ldap.ends import End, near

State = Literal["whole", "ending", "broken", "not reached"]


@dataclass(frozen=True)
class Link:
    """Its name, its state, what was found, and what to do where it is broken."""

    name: str
    state: State
    message: str
    code: str = ""
    next_step: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong here today."""
        return self.state in ("whole", "ending")

    def as_dict(self) -> dict[str, str]:
        """The link for JSON."""
        return {
            "link": self.name,
            "state": self.state,
            "words": self.message,
            "code": self.code,
            "nextStep": self.next_step,
        }

    def summary(self) -> list[str]:
        """The link for people: one line, and one more where something is to be done."""
        mark = {"whole": "ok  ", "ending": "WARN", "broken": "FAIL", "not reached": "-   "}[self.state]
        code = f"{self.code}: " if self.code else ""
        lines = [f"{mark} {self.name:9} {code}{self.message}"]
        return [*lines, f"     what to do: {self.next_step}"] if self.next_step else lines


def whole(name: str, message: str) -> Link:
    """A link that is well."""
    return Link(name, "whole", message)


def until(name: str, message: str, ends: Iterable[End], now: float) -> Link:
    """A link that is well, with the day on which the first thing on it ends; a warning where that day is near."""
    first = sorted(ends, key=lambda one: one.at)[:1]
    for one in near(first, now):
        return Link(name, "ending", f"{message}; {one.summary(now)}", "PLN-ENDS", one.next_step)
    return whole(name, "".join([message, *(f", valid until {one.day}" for one in first)]))


def broken(name: str, fault: Fault) -> Link:
    """A link that does not."""
    return Link(name, "broken", fault.message, fault.code, fault.next_step)


def unreached(name: str) -> Link:
    """A link behind a broken one."""
    return Link(name, "not reached", "not reached")
