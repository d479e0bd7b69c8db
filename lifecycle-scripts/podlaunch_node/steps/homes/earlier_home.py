"""The home that somebody had under another name: an account that is renamed in the directory keeps its uid."""

from __future__ import annotations

import os
import time
from pathlib import Path

LOOK_SECONDS = 5.0


def find(homes: Path, uid: int, seconds: float = LOOK_SECONDS) -> Path | None:
    """The youngest folder among the homes that belongs to this uid, or None.

    A file system with very many homes is looked through for `seconds` at most: a login waits for it. Throws OSError.
    """
    until = time.monotonic() + seconds
    found: list[tuple[float, Path]] = []
    with os.scandir(homes) as entries:
        for entry in entries:
            if time.monotonic() > until:
                break
            if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False):
                continue
            stat = entry.stat(follow_symlinks=False)
            if stat.st_uid == uid:
                found.append((stat.st_mtime, Path(entry.path)))
    return max(found)[1] if found else None


def advice(earlier: Path, home: str) -> str:
    """What is to be done, for anyone who may: the person, an administrator, `diagnose`."""
    return f"mv {earlier} {Path(earlier).parent / Path(home).name} (as root)"
