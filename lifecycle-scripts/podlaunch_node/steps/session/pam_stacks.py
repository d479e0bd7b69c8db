"""Our lines in one of PAM's stacks, /etc/pam.d/common-NAME: are they there, and how do they get into an edited one.

pam-auth-update builds all stacks or none: where somebody edited one of them inside its blocks, even the one for
sessions, where we have no line, it leaves all of them alone. Then our lines are put where it would have put them.
"""

from __future__ import annotations

import re

STACKS = ("auth", "account", "password")
PRIMARY = '# here are the per-package modules (the "Primary" block)'
ADDITIONAL = '# and here are more per-package modules (the "Additional" block)'
FALLBACK = "# here's the fallback if no module succeeds"
BLOCK = {"auth": PRIMARY, "account": ADDITIONAL, "password": PRIMARY}
NOTHING = "{}\t[default=ignore]\tpam_permit.so "
# What a profile calls its lines that are first in the block.
TITLE = {"auth": "Auth-Initial", "account": "Account", "password": "Password"}


def profile_lines(profile: str, stack: str) -> list[str]:
    """The lines that a profile has for a stack, without the type before them."""
    block = re.search(rf"^{TITLE[stack]}:\n((?:\t.*\n)+)", profile, re.MULTILINE)
    return [line.strip() for line in block.group(1).splitlines()] if block else []


def is_built(text: str, lines: list[str]) -> bool:
    """Whether the stack has these lines one after the other, and no pam_sss but theirs."""
    there, wanted = [_key(line) for line in _modules(text)], [_key(line) for line in lines]
    return _find(there, wanted) is not None and _count_sss(there) == _count_sss(wanted)


def splice(text: str, stack: str, old: list[str], new: list[str]) -> str | None:
    """The stack with the new lines at the start of their block, in place of the old ones; all else stays as it is.

    A line of SSSD's own profile, which ours conflicts with, becomes one that does nothing: jumps count lines.
    None where the edit leaves no place for them: a mark is missing, or a jump would land among them.
    """
    rows = text.splitlines()
    if BLOCK[stack] not in rows or any(row.endswith("\\") or row.lstrip().startswith("@") for row in rows):
        return None
    at = rows.index(BLOCK[stack]) + 1
    if _jumps_past(rows[:at]):
        return None
    rows = [
        NOTHING.format(stack) if _count_sss([_key(row)]) else row for row in [*rows[:at], *_without(rows[at:], old)]
    ]
    end = _fallback(rows[at:]) if BLOCK[stack] == PRIMARY else 0
    if end is None:
        return None
    put = [f"{stack}\t{_written(line, end + len(new) - 1 - number)}" for number, line in enumerate(new)]
    spliced = "\n".join([*rows[:at], *put, *rows[at:]]) + "\n"
    return spliced if is_built(spliced, new) else None


def _written(line: str, end: int) -> str:
    """A line as pam-auth-update writes it: `end` as a number, a blank before the options, also where there are none."""
    module, options = re.fullmatch(r"((?:\[[^]]*\]|\w+)\s+\S+)\s*(.*)", line).groups()  # type: ignore[union-attr]
    return re.sub(r"=end\b", f"={end}", module) + f" {options}"


def _modules(text: str) -> list[str]:
    return [row for row in text.splitlines() if _is_module(row)]


def _is_module(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


def _key(row: str) -> str:
    """A line without its type, and without the numbers of its jumps: they depend on what comes after it."""
    row = re.sub(r"^-?(auth|account|password|session)\s+", "", row.strip())
    control, rest = re.fullmatch(r"(\[[^]]*\]|\S*)\s*(.*)", row).groups()  # type: ignore[union-attr]
    return " ".join([re.sub(r"=(\d+|end)\b", "=#", control), *rest.split()])


def _count_sss(keys: list[str]) -> int:
    return sum(" pam_sss.so" in key and not key.startswith("#") for key in keys)


def _find(there: list[str], wanted: list[str]) -> int | None:
    """Where the wanted ones begin, one after the other."""
    size = len(wanted)
    return next((at for at in range(len(there) - size + 1) if there[at : at + size] == wanted), None)


def _without(rows: list[str], old: list[str]) -> list[str]:
    """The rows without the old lines: from the first on, one after the other, some may be missing."""
    left = [_key(line) for line in old]
    gone: set[int] = set()
    for at in (at for at, row in enumerate(rows) if _is_module(row)):
        key = _key(rows[at])
        if key in left:
            gone.add(at)
            left = left[left.index(key) + 1 :]
        elif gone:
            break
    return [row for at, row in enumerate(rows) if at not in gone]


def _jumps_past(rows: list[str]) -> bool:
    """Whether one of the modules jumps over more modules than follow it here."""
    modules = [row for row in rows if _is_module(row)]
    jumps = (re.search(r"\[([^]]*)\]", row) for row in modules)
    farthest = [max((int(n) for n in re.findall(r"=(\d+)", jump.group(1))), default=0) if jump else 0 for jump in jumps]
    return any(at + 1 + far > len(modules) for at, far in enumerate(farthest))


def _fallback(rows: list[str]) -> int | None:
    """How many modules of the block there are up to the end of its fallback, pam_deny; None without one."""
    if FALLBACK not in rows:
        return None
    at = rows.index(FALLBACK)
    after = [row for row in rows[at:] if _is_module(row)]
    if not after or _key(after[0]) != "requisite pam_deny.so":
        return None
    return sum(_is_module(row) for row in rows[:at]) + 1
