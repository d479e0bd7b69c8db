"""The node bucket, and how folders come into it and out of it."""

import hashlib
import json
from pathlib import Path

from lab.machine import Machine

BUCKET = "sagemaker-lab-123456789012"
SCRIPTS = f"s3://{BUCKET}/lifecycle-scripts"
CONFIG = "/run/lab-aws-config"
ONE_AT_A_TIME = "[default]\ns3 =\n  max_concurrent_requests = 1\n"
"""By itself `aws s3` has ten threads, and each loads the trust anchors into the one TLS context that they share
(urllib3 1.26). OpenSSL does not lock that: once in some thousand times the command ends with a segmentation fault."""
PATIENT = {"AWS_METADATA_SERVICE_TIMEOUT": "5", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "3"}
"""The `aws` command gives the metadata service one second otherwise, and the lab may be busy."""


def sync(machine: Machine, source: str, target: str, env: dict[str, str] | None = None) -> None:
    """Makes the target, a folder of the machine or an s3:// address, what the source is. Raises CommandFailed."""
    machine.write(CONFIG, ONE_AT_A_TIME)
    command = ("aws", "s3", "sync", "--quiet", "--delete", source, target)
    machine.must(*command, env={"AWS_CONFIG_FILE": CONFIG, **PATIENT, **(env or {})})


def as_published(folder: Path) -> dict[str, str]:
    """What the copy function puts beside a folder's files, by name: their list, and the entry script under the name of
    the list's hash. Python's caches are in neither.
    """
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and "cache" not in str(path.relative_to(folder))
    )
    listed = [
        {
            "path": f"lifecycle-scripts/{path.relative_to(folder)}",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "size": path.stat().st_size,
        }
        for path in files
    ]
    text = json.dumps({"schemaVersion": 1, "files": listed})
    name = f"on_init_complete-{hashlib.sha256(text.encode()).hexdigest()}.sh"
    return {".assets.json": text, name: (folder / "on_init_complete.sh").read_text()}
