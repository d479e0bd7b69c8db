"""What there is before a launch: an account, and the machines that AWS will hand out. The stack makes the rest."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from lab import slurm
from lab.cluster import Lab
from lab.node import CLUSTER
from lab.password_resets import password_resets
from lab.people import DOMAIN
from lab.vpc import Vpc
from rehearsal import emulators
from rehearsal.behind import Behind, serving
from rehearsal.emulators import Emulators
from rehearsal.times import Times

CONFIGURATION: dict[str, Any] = {
    "directory": {"domain": DOMAIN},
    "cluster": {"name": CLUSTER},
    # The lab's time for what is cached; a launcher's default is 300.
    "nodes": {"entryCacheSeconds": 15},
}
"""The publisher's podlaunch.yaml."""


@dataclass
class World:
    """The lab with emulated AWS in front of it."""

    lab: Lab = field(default_factory=Lab)
    times: Times = field(default_factory=Times)
    _open: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Boots the machines and emulated AWS. Nodes have their Slurm, and no scripts."""
        tools = emulators.tools()
        self.behind = Behind(self.lab)

        def start_aws(vpc: Vpc) -> int:
            url = self._open.enter_context(serving(self.behind))
            self.cloud: Emulators = emulators.start(vpc.machine, self.lab.run / "emulators", url, tools)
            self._open.callback(self.cloud.stop)
            return self.cloud.port

        self.lab.boot(start_aws)
        self.behind.reset_password = self._open.enter_context(password_resets(self.lab.directory))
        slurm.start(self.lab.nodes)
        self.behind.empty_directory()

    def stop(self) -> None:
        """Ends all that was started."""
        try:
            self._open.close()
        finally:
            self.lab.stop()
