"""Makes the virtual environment of one requirements file, once, and prints its folder.

    python3 make-venv.py NAME REQUIREMENTS CACHE

The folder's name has a hash of the requirements and of the Python that runs them, so a change of either makes a new
one. The kernel's file lock lets parallel callers wait for the first, and frees itself when a caller is killed; a file
that is written last tells a whole environment from a broken one.
"""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess
import sys
import venv

name, requirements, cache = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
digest = hashlib.sha256(requirements.read_bytes() + f"{sys.version} {sys.base_prefix}".encode()).hexdigest()
folder = cache / f"venv-{name}-{digest[:12]}"
whole = folder / "whole"

cache.mkdir(parents=True, exist_ok=True)
with open(f"{folder}.lock", "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        subprocess.run(
            [
                folder / "bin" / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "-r",
                requirements,
            ],
            check=True,
            stdout=sys.stderr,
        )
        whole.touch()
print(folder)
