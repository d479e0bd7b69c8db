"""Counts the checks, and says at the end what was measured and what each fault cost."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from lab.paths import CHECKOUT

PAGE = CHECKOUT / "docs/lab/faults.md"
FAULTS_PAGE = """# What a fault costs

Measured by the lab's checks on {processors} processors; `npm run test:lab -- --write-docs` writes this page anew.
Entries live 15 s in the lab's cache, not 300 s. "Nothing" for a user means that key and password logins of people who
have logged in on the node before go on, sudo too, and that a wrong password is still refused. An outage ends when the
load balancer has both controllers in service again.

{table}
"""


@dataclass(frozen=True)
class Fault:
    """A row of the fault table."""

    fault: str
    sees: str
    lasts: str
    lost: str


@dataclass(eq=False)
class Report:
    """Collects what the checks measure. A pytest plugin; the fixture `report` hands it to the checks."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many checks failed."""
        return len(self.failures)

    def ended(self, what: str, code: int) -> None:
        """Adds a failure where something ended with a code other than 0 and no check is to blame."""
        if code and not self.failures:
            self.failures.append(f"FAILED {what} - it ended with code {code}")

    def figure(self, name: str, value: float, unit: str = "ms") -> None:
        """Notes a measured number."""
        self.figures[name] = f"{value:.0f} {unit}" if unit == "ms" else f"{value:.1f} {unit}"
        print(f"{name}: {self.figures[name]}")

    def fault(self, fault: str, sees: str, lasts: str, lost: str = "nothing") -> None:
        """Notes what a fault costs."""
        self.faults.append(Fault(fault, sees, lasts, lost))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts: a check that could not be set up or torn down has failed too."""
        if report.failed:
            self.failures.append(f"FAILED {report.nodeid} - {_why(report)}")
        elif report.when == "call" and report.passed:
            self.passed += 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints both tables, or keeps all for anyone who runs the other part."""
        if result := terminalreporter.config.getoption("--result"):
            Path(result).write_text(json.dumps(asdict(self)))
        else:
            terminalreporter.write_line(self.tables())
        if terminalreporter.config.getoption("--write-docs"):
            self.write_page(kept=read_rows(PAGE.read_text()))

    def add(self, other: "Report") -> None:
        """Adds what another part of the checks has found."""
        self.passed += other.passed
        self.failures += other.failures
        self.figures |= other.figures
        self.faults += other.faults

    def tables(self) -> str:
        """What was measured, and what each fault cost."""
        figures = [f"{value:>12}  {name}" for name, value in self.figures.items()]
        return "\n".join(["", "== measured", *figures, "", "== what a fault costs", self.fault_table(), ""])

    def write_page(self, kept: list[Fault] | None = None) -> None:
        """Writes docs/lab/faults.md. After some of the checks the rows of the others are `kept`."""
        page = Report(faults=replaced(kept or [], self.faults))
        PAGE.write_text(FAULTS_PAGE.format(table=page.fault_table(), processors=os.cpu_count()))

    def fault_table(self) -> str:
        """The fault table in Markdown."""
        rows = [f"| {row.fault} | {row.sees} | {row.lasts} | {row.lost} |" for row in self.faults]
        return "\n".join(["| fault | what a user sees | how long | what is lost |", "| --- | --- | --- | --- |", *rows])


def replaced(before: list[Fault], now: list[Fault]) -> list[Fault]:
    """The rows of before, those of the same fault as now has them, and at the end what is new."""
    new = {row.fault: row for row in now}
    return [new.pop(row.fault, row) for row in before] + list(new.values())


def read_rows(page: str) -> list[Fault]:
    """The rows of the fault table in the text of the page."""
    lines = [line for line in page.splitlines() if line.startswith("| ")][2:]
    return [Fault(*line.removeprefix("| ").removesuffix(" |").split(" | ")) for line in lines]


def _why(report: pytest.TestReport) -> str:
    """The first line of what went wrong."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longreprtext).strip().split("\n")[0]


def read(result: Path) -> Report:
    """A report that was kept; one with a failure where a part ended without keeping one."""
    if not result.exists():
        return Report(failures=[f"FAILED part {result.stem} of the checks - it ended before its report"])
    kept = json.loads(result.read_text())
    return Report(**{**kept, "faults": [Fault(**row) for row in kept["faults"]]})
