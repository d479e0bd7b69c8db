"""Computes the tables of docs/scale.md from unit costs measured in the lab (costs.json) and AWS's published rates.

`--check` compares the page with what is computed and changes nothing. The same seed gives the same page.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "lifecycle-scripts"))

import aws_requests  # noqa: E402
from podlaunch_node.steps.node import refresh_timer  # noqa: E402

import people  # noqa: E402

PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- computed by bench/scale/run: {} -->", "<!-- end -->"
NODES = (10, 100, 500, 1000, 2000, 6758)
PEOPLE = (10, 100, 1000, 5000, 10_000, 30_000)
REFRESH = 600
"""The default of refreshSeconds."""
PARAMETER_BYTES = 8192
"""Parameter Store's limit for a parameter of the advanced tier, which Intelligent-Tiering chooses above 4,096."""


def requests_table() -> str:
    """What AWS is asked, by the number of nodes."""
    lines = [
        "| nodes | first boot: all have asked after | most ACM requests in a second (10) | a day's refreshes: most "
        "Parameter Store requests in a second (40) | every node has a fault: it retries after at most | most Parameter "
        "Store requests in a second then (40) | with a fixed minute: requests lost in 10 minutes | a new certificate "
        "is with every node after | without the wait: ACM requests lost |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for nodes in NODES:
        chance = random.Random(nodes)
        boot = aws_requests.first_boot(nodes, chance)
        steady = aws_requests.steady(nodes, REFRESH, 1, chance)[aws_requests.SSM]
        outage = aws_requests.outage(nodes, 10, chance)[aws_requests.SSM]
        before = aws_requests.outage(nodes, 10, chance, refresh_timer.RETRY_SECONDS)[aws_requests.SSM]
        certificate = aws_requests.new_certificate(nodes, REFRESH, chance)
        at_once = aws_requests.new_certificate(nodes, refresh_timer.RETRY_SECONDS, chance, wait=False)
        assert boot[aws_requests.ACM].lost == steady.lost == outage.lost == certificate.lost == 0, nodes
        lines.append(
            f"| {nodes:,} | {minutes(boot[aws_requests.ACM].last)} | {boot[aws_requests.ACM].peak} | {steady.peak} "
            f"| {minutes(refresh_timer.retry_seconds(nodes))} | {outage.peak} | {share(before)} "
            f"| {minutes(certificate.last)} | {share(at_once)} |"
        )
    return "\n".join(lines)


def directory_table(costs: people.Costs) -> str:
    """What the two controllers are asked, by the number of nodes."""
    lines = [
        "| nodes | connections and binds a second, refreshes | the same, people at work on every node "
        "| the load balancer was away: binds a second when it is back |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for nodes in NODES:
        refreshes, at_work, back = people.binds(nodes, REFRESH)
        lines.append(f"| {nodes:,} | {refreshes:.1f} | {at_work:.1f} | {back:.0f} |")
    lines.append(
        f"\nThe lab's two Samba controllers, which share {costs.processors} processors with everything else, answered "
        f"{costs.binds_per_second:.0f} connections with bind and search a second."
    )
    return "\n".join(lines)


def people_table(costs: people.Costs) -> str:
    """What the controller's refresh takes, by the number of people in the groups."""
    lines = [
        "| people | the directory's answer | Slurm's list | a refresh with nothing new "
        "| the first run: all are added |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for count in PEOPLE:
        asked, listed, first = people.refresh(count, costs)
        both = max(asked, listed)
        lines.append(
            f"| {count:,} | {minutes(asked)} | {minutes(listed)} | {minutes(both)} | {minutes(first + 2 * both)} |"
        )
    return "\n".join(lines)


def groups_table() -> str:
    """How many groups and instance groups the settings document has room for."""
    told = subprocess.run(["node", HERE / "settings-size.mjs"], check=True, capture_output=True, text=True)
    lines = ["| groups | instance groups | settings document |", "| ---: | ---: | ---: |"]
    for groups, instance_groups, size in json.loads(told.stdout):
        room = "" if size <= PARAMETER_BYTES else ": too large"
        lines.append(f"| {groups} | {instance_groups} | {size:,} bytes{room} |")
    return "\n".join(lines)


def minutes(seconds: float) -> str:
    """A time that a person reads."""
    if seconds < 0.1:
        return "< 0.1 s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def share(answered: aws_requests.Answered) -> str:
    """How many requests were lost, of how many."""
    return f"{answered.lost:,} of {answered.sent:,}" if answered.lost else "0"


def filled(page: str) -> str:
    """The page with its tables computed anew. Throws ValueError where a table's place is missing."""
    costs = people.Costs(**json.loads((HERE / "costs.json").read_text()))
    tables = {
        "requests": requests_table(),
        "directory": directory_table(costs),
        "people": people_table(costs),
        "groups": groups_table(),
    }
    for name, table in tables.items():
        begin = BEGIN.format(name)
        start = page.index(begin) + len(begin)
        page = f"{page[:start]}\n{table}\n{page[page.index(END, start) :]}"
    return page


def main() -> int:
    """Writes the page, or with --check tells whether it is current."""
    page = PAGE.read_text()
    wanted = filled(page)
    if "--check" in sys.argv:
        if page != wanted:
            print("docs/scale.md is not what bench/scale/run computes: run it.", file=sys.stderr)
        return int(page != wanted)
    PAGE.write_text(wanted)
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
