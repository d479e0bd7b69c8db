"""One link of the chain that `diagnose` walks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from podlaunch_node.faults import Fault

State = Literal["whole", "broken", "not reached"]


@dataclass(frozen=True)
class Link:
    """Its name, its state, what was found, and what to do where it is broken."""

    name: str
    state: State
    words: str
    code: str = ""
    next_step: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong here."""
        return self.state == "whole"

    def as_dict(self) -> dict[str, str]:
        """The link for JSON."""
        return {
            "link": self.name,
            "state": self.state,
            "words": self.words,
            "code": self.code,
            "nextStep": self.next_step,
        }

    def in_words(self) -> list[str]:
        """The link for people: one line, and one more where something is to be done."""
        mark = {"whole": "ok  ", "broken": "FAIL", "not reached": "-   "}[self.state]
        code = f"{self.code}: " if self.code else ""
        lines = [f"{mark} {self.name:9} {code}{self.words}"]
        return [*lines, f"     what to do: {self.next_step}"] if self.next_step else lines


def whole(name: str, words: str) -> Link:
    """A link that holds."""
    return Link(name, "whole", words)


def broken(name: str, fault: Fault) -> Link:
    """A link that does not."""
    return Link(name, "broken", fault.message, fault.code, fault.next_step)


def unreached(name: str) -> Link:
    """A link behind a broken one."""
    return Link(name, "not reached", "not reached")
