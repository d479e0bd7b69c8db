"""The table of times in docs/lab/rehearsal.md."""

import datetime
import os

from lab.paths import CHECKOUT
from rehearsal.times import Phase

PAGE = CHECKOUT / "docs/lab/rehearsal.md"
BEGIN, END = "<!-- times -->\n", "<!-- end of times -->\n"


def write(phases: list[Phase]) -> None:
    """Puts the table in the place of the one before."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}{table(phases)}{END}{after}")


def table(phases: list[Phase]) -> str:
    """The phases and their seconds, as Markdown."""
    load = os.getloadavg()[2]
    day = datetime.datetime.now(datetime.UTC).date()
    measured = f"Measured on {day}, on {os.cpu_count()} processors that had a load of {load:.0f} meanwhile."
    rows = [f"| {phase.what} | {phase.seconds:.1f} |" for phase in phases]
    return "\n".join([f"{measured}\n", "| phase | seconds |", "| --- | --- |", *rows, ""])
