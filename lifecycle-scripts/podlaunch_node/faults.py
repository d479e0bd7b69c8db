"""What can go wrong, as data: a code, what happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Fault(Exception):
    """A refusal in words.

    `ours` tells the two kinds apart. A fault of ours (bundle, settings, a file that does not
    validate or cannot be written) must stop the launch, which a controller can do and no other
    node (on_init_complete.sh). A fault around us (name, TCP, TLS, bind, secret, a lock) must not:
    the node stays in service and tries again.
    """

    code: str
    message: str
    next_step: str
    ours: bool = False

    def __post_init__(self) -> None:
        super().__init__(self.code, self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def as_dict(self) -> dict[str, object]:
        """The fault for JSON: code, message, nextStep, ours."""
        return {
            "code": self.code,
            "message": self.message,
            "nextStep": self.next_step,
            "ours": self.ours,
        }
