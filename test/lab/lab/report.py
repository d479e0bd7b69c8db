"""Runs the checks as pytest tests, and says at the end what was measured, what each fault cost, and how many passed."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lab.paths import CHECKOUT, HERE

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
    failed: int = 0
    figures: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

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
            self.failed += 1
        elif report.when == "call" and report.passed:
            self.passed += 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints both tables."""
        terminalreporter.section("measured")
        for name, value in self.figures.items():
            terminalreporter.write_line(f"{value:>12}  {name}")
        terminalreporter.section("what a fault costs")
        terminalreporter.write_line(self.fault_table())
        if terminalreporter.config.getoption("--write-docs"):
            page = FAULTS_PAGE.format(table=self.fault_table(), processors=os.cpu_count())
            (CHECKOUT / "docs/lab/faults.md").write_text(page)

    def fault_table(self) -> str:
        """The fault table in Markdown."""
        rows = [f"| {row.fault} | {row.sees} | {row.lasts} | {row.lost} |" for row in self.faults]
        return "\n".join(["| fault | what a user sees | how long | what is lost |", "| --- | --- | --- | --- |", *rows])


def run_checks(arguments: list[str]) -> int:
    """Runs pytest with these arguments. The last line is `N passed, N failed`; gives back 0 when none failed."""
    report = Report()
    where = [] if any(Path(word.split("::")[0]).exists() for word in arguments) else [str(HERE / "checks")]
    code = pytest.main(["--rootdir", str(HERE), "-c", str(HERE / "pyproject.toml"), *arguments, *where], [report])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not report.failed:
        report.failed += 1
    print(f"{report.passed} passed, {report.failed} failed")
    return 0 if code == pytest.ExitCode.OK and not report.failed else 1
