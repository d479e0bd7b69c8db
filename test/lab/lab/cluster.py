"""The whole lab: directory, load balancer, the VPC's services, three nodes and a laptop."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab import balancer, people, vpc
from lab.balancer import Balancer
from lab.bucket import BUCKET
from lab.certificates import Pair, self_signed, signed
from lab.directory import Directory, directory
from lab.laptop import Laptop
from lab.layers import EDGE, NEWER, NODE, OLDER, SLURM_CONTROLLER, build_missing, build_other_releases
from lab.machine import Machine, forget_cgroups, machine
from lab.node import ADDRESSES, CLUSTER, NODE_TYPES, OTHER_RELEASES, Node
from lab.paths import CHECKOUT, cache
from lab.switch import Switch
from lab.vpc import Vpc

LAPTOP_ADDRESS = "10.192.10.40"
HOSTS = {**ADDRESSES, "laptop": LAPTOP_ADDRESS}
ENTRY_CACHE_SECONDS = 15
REFRESH_SECONDS = 86400
"""The timers stay quiet: a node's own refresh amid a check would take up what that check is about to take back."""
SETTINGS_PARAMETER = f"/podlaunch/{CLUSTER}/node-settings"
SETTINGS_SECRET = f"podlaunch/{CLUSTER}/node-settings"


@dataclass
class Lab:
    """The lab. start() brings everything up but joins no node; stop() ends all that it started."""

    run: Path = field(default_factory=lambda: _run_folder())
    switch: Switch = field(default_factory=Switch)
    certificate_arn: str = ""
    keeps_aws_loaded: bool = False
    """Whether the nodes keep the `aws` command loaded, as in the checks."""
    worker_is_whole: bool = True
    """Whether the worker is a joined one, with Slurm: what a check finds where it takes no new one."""
    others: dict[str, Node] = field(default_factory=dict)

    def start(self) -> "Lab":
        """Boots every machine and fills the directory's surroundings. Gives back the lab."""
        self.boot()
        self._fill()
        return self

    def boot(self, start_aws: Callable[[Vpc], int] | None = None) -> None:
        """Boots every machine. AWS is what `start_aws` starts on a port of the VPC's machine, or else moto."""
        self._plan()
        for each in self.machines():
            each.start()
        with ThreadPoolExecutor() as pool:
            serving = pool.submit(self.directory.serve)
            self._vpc_up(start_aws)
            self.laptop.machine.wait_booted()
            prepare: list[Callable[[], None]] = [each.prepare for each in self.nodes.values()]
            for ready in [pool.submit(each) for each in (*prepare, self.laptop.prepare)]:
                ready.result()
            serving.result()

    def start_only(self, names: Sequence[str]) -> list[Machine]:
        """Boots these machines and sets nothing up on them. Gives them back. Raises SystemExit for an unknown name."""
        self._plan()
        known = {each.name: each for each in self.machines()}
        if unknown := [name for name in names if name not in known]:
            raise SystemExit(f"lab: no machine has the name {unknown[0]}: {', '.join(known)}")
        for name in names:
            known[name].start()
        for name in names:
            known[name].wait_booted()
        return [known[name] for name in names]

    def start_other_releases(self) -> dict[str, Node]:
        """Boots a node of each other Debian release beside the lab's three. Gives them back, not joined."""
        build_other_releases()
        assert self.vpc.authority
        for name, layer in zip(OTHER_RELEASES, (OLDER, NEWER), strict=True):
            made = machine(name, OTHER_RELEASES[name], layer, self.run, self.switch, systemd=True)
            self.others[name] = Node(made, self.vpc.authority.certificate)
            made.start()
        with ThreadPoolExecutor() as pool:
            list(pool.map(Node.prepare, self.others.values()))
        return self.others

    def stop_other_releases(self) -> None:
        """Undoes start_other_releases()."""
        for node in self.others.values():
            node.machine.stop()
        self.others.clear()

    def machines(self) -> list[Machine]:
        """Every machine of the lab."""
        nodes = [each.machine for each in (*self.nodes.values(), *self.others.values())]
        return [*self.directory.controllers(), self.balancer.machine, self.vpc.machine, self.laptop.machine, *nodes]

    def stop(self) -> None:
        """Ends every process that the lab started and removes its disks."""
        if hasattr(self, "nodes"):
            for each in self.machines():
                each.stop()
        self.switch.stop()
        forget_cgroups(self.run.name)
        shutil.rmtree(self.run, ignore_errors=True)

    def publish_settings(self, **changes: Any) -> None:  # noqa: ANN401
        """Writes the node settings as the cluster stack does, to SSM and to the secret that vouches for them:
        settings() with these changes.
        """
        self.put_parameter(**changes)
        value = json.dumps({**self.settings(), **changes})
        self.vpc.call("secretsmanager", "put_secret_value", SecretId=SETTINGS_SECRET, SecretString=value)

    def put_parameter(self, **changes: Any) -> None:  # noqa: ANN401
        """Writes the node settings to SSM only, as somebody does who is not the stack."""
        value = json.dumps({**self.settings(), **changes})
        self.vpc.call("ssm", "put_parameter", Name=SETTINGS_PARAMETER, Value=value, Type="String", Overwrite=True)

    def settings(self) -> dict[str, Any]:
        """The node settings of the lab's cluster. Waits of minutes are seconds here, the timer's is a day."""
        return {
            "schemaVersion": 1,
            "clusterName": CLUSTER,
            "directory": {
                "domain": people.DOMAIN,
                "searchBase": people.BASE_DN,
                "ldapsHost": balancer.NAME,
                "bindSecretArn": self.secret_arn,
                "certificateArn": self.certificate_arn,
            },
            "groups": [
                {"name": "ClusterAdmin", "logIn": ["Controller", "Login", "Compute"], "sudo": True},
                {"name": "ClusterDev", "logIn": ["Login", "Compute"], "sudo": False},
                {"name": "Data Science", "logIn": ["Login"], "sudo": False},
                {"name": "Ärzte", "logIn": ["Login"], "sudo": True},
            ],
            "instanceGroups": [{"name": name, "nodeType": kind} for name, kind in NODE_TYPES.items()],
            "homeRoot": "/fsx/home",
            "entryCacheSeconds": ENTRY_CACHE_SECONDS,
            "refreshSeconds": REFRESH_SECONDS,
        }

    def bind_as(self, account: str, password: str = people.BIND_PASSWORD) -> None:
        """Makes the bind secret name this account."""
        secret = json.dumps({"bindDn": f"CN={account},OU=Users,{people.OU}", "password": password})
        self.vpc.call("secretsmanager", "put_secret_value", SecretId=self.secret_arn, SecretString=secret)

    def bind_as_first(self) -> None:
        """Makes the bind secret name the first account, with its right password."""
        self.bind_as(people.BIND_ACCOUNTS[0])

    def import_certificate(self, pair: Pair) -> None:
        """Imports a certificate under the ARN that the settings name."""
        parts: dict[str, Any] = {"Certificate": pair.certificate, "PrivateKey": pair.key}
        if pair.chain:
            parts["CertificateChain"] = pair.chain
        where = {"CertificateArn": self.certificate_arn} if self.certificate_arn else {}
        answer = self.vpc.call("acm", "import_certificate", binary=tuple(parts), **parts, **where)
        self.certificate_arn = answer["CertificateArn"]

    def start_names(self) -> None:
        """Starts the resolver again."""
        self.vpc.stop_names()
        self.vpc.serve_names(HOSTS)

    def forget_name(self) -> None:
        """Makes the resolver know every name but the load balancer's."""
        self.vpc.stop_names()
        self.vpc.serve_names(HOSTS, directory="elsewhere.internal")

    def balancer_back(self) -> None:
        """Puts the load balancer's cable back, and waits until it has both controllers in service."""
        self.switch.cable_in("lb")
        self.balancer.wait_both_up()

    def controllers_away(self) -> None:
        """Pulls both controllers' cables. The load balancer still takes connections."""
        for each in self.directory.controllers():
            self.switch.cable_out(each.name)

    def controllers_back(self) -> None:
        """Undoes controllers_away(), and waits until both are in service."""
        for each in self.directory.controllers():
            self.switch.cable_in(each.name)
        self.balancer.wait_both_up()

    def _plan(self) -> None:
        """Builds what the cache lacks, starts the switch, and says which machines there are. None is started."""
        build_missing()
        self.switch.start()
        self.directory: Directory = directory(self.run, self.switch)
        self.balancer = Balancer(machine("lb", balancer.ADDRESS, EDGE, self.run, self.switch))
        self.vpc = Vpc(machine("vpc", vpc.ADDRESS, EDGE, self.run, self.switch))
        self.laptop = Laptop(machine("laptop", LAPTOP_ADDRESS, NODE, self.run, self.switch))
        self.nodes = {name: Node(self._node(name), "", self.keeps_aws_loaded) for name in ADDRESSES}

    def _vpc_up(self, start_aws: Callable[[Vpc], int] | None) -> None:
        self.vpc.machine.wait_booted()
        self.vpc.serve(HOSTS, start_aws(self.vpc) if start_aws else None)
        assert self.vpc.authority
        for each in self.nodes.values():
            each.authority = self.vpc.authority.certificate
        trust = f"echo nameserver {vpc.ADDRESS} >/etc/resolv.conf; cat >>/etc/ssl/certs/ca-certificates.crt"
        self.laptop.machine.wait_booted()
        self.laptop.machine.sh(trust, stdin=self.vpc.authority.certificate)

    def _fill(self) -> None:
        """Puts into AWS what the stacks would have made, and starts the load balancer."""
        self.authority = self_signed(self.vpc.machine, "Podlaunch authority")
        self.leaf = signed(self.vpc.machine, balancer.NAME, self.authority)
        self.balancer.serve(self.leaf)
        self.import_certificate(self.leaf)
        made = self.vpc.call("secretsmanager", "create_secret", Name="podlaunch-bind", SecretString="{}")
        self.secret_arn = made["ARN"]
        self.bind_as(people.BIND_ACCOUNTS[0])
        self.vpc.call("secretsmanager", "create_secret", Name=SETTINGS_SECRET, SecretString="{}")
        self.publish_settings()
        location = {"LocationConstraint": vpc.REGION}
        self.vpc.call("s3", "create_bucket", Bucket=BUCKET, CreateBucketConfiguration=location)
        self.laptop.publish(CHECKOUT / "lifecycle-scripts")

    def _node(self, name: str) -> Machine:
        layer = SLURM_CONTROLLER if name.startswith("controller") else NODE
        return machine(name, ADDRESSES[name], layer, self.run, self.switch, systemd=True)


def _run_folder() -> Path:
    """A folder for this lab's disks. Those of labs that were killed are removed: their processes died with them."""
    cache().mkdir(parents=True, exist_ok=True)
    for left in cache().glob("run-*-*"):
        if not Path("/proc", left.name.split("-")[1]).exists():
            forget_cgroups(left.name)
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"run-{os.getpid()}-", dir=cache()))
    (folder / "fsx").mkdir()
    (folder / "fsx").chmod(0o1777)
    return folder
