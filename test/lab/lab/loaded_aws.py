"""The `aws` command of a node, kept loaded for the checks.

It is the same command, and each call is a process of its own; but a call takes a tenth of a second and not six. A run
of the scripts makes four, and there are some hundreds of runs. The bench measures without it.
"""

from lab.machine import Machine
from lab.paths import HERE

INSIDE = HERE / "lab/inside"
UNIT = "lab-aws.service"
UNIT_TEXT = """[Service]
ExecStart=/usr/bin/python3 /opt/lab/aws_loaded.py
Nice=5
[Install]
WantedBy=multi-user.target
"""


def set_up(machine: Machine) -> None:
    """Loads the command, now and at each boot. Until it is loaded `aws` is the command itself."""
    machine.write("/opt/lab/aws_loaded.py", (INSIDE / "aws_loaded.py").read_text())
    client = (INSIDE / "aws_client.py").read_text()
    machine.write("/usr/local/bin/aws", f"#!/usr/bin/python3 -IS\n{client}", mode="755")
    machine.write(f"/etc/systemd/system/{UNIT}", UNIT_TEXT)
    machine.must("systemctl", "enable", "--now", UNIT)
