"""Where the lab keeps things. Everything is outside the checkout."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
"""The folder test/lab of the checkout."""

CHECKOUT = HERE.parent.parent
"""The root of the checkout; its lifecycle-scripts/ are what is tested."""


def cache() -> Path:
    """The folder of everything that is built once: layers, the domain, the harness's own packages."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "podlaunch-lab"
