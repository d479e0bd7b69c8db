"""The phases of a rehearsal and what each took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phase:
    """What was done, in how many seconds."""

    what: str
    seconds: float


@dataclass
class Times:
    """All phases so far. Each is said when it ends."""

    phases: list[Phase] = field(default_factory=list)

    @contextmanager
    def phase(self, what: str) -> Iterator[None]:
        """Times what is done within. What fails there fails with the phase's name."""
        began = time.monotonic()
        try:
            yield
        except Exception as failed:
            failed.add_note(f"while: {what}")
            raise
        self.phases.append(Phase(what, time.monotonic() - began))
        print(f"{self.phases[-1].seconds:7.1f} s  {what}", flush=True)

    def note(self, what: str, seconds: float) -> None:
        """Adds a time that is no phase of its own."""
        self.phases.append(Phase(what, seconds))
        print(f"{seconds:7.1f} s  = {what}", flush=True)
