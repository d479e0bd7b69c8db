"""A node of the cluster: a machine as HyperPod hands it to the lifecycle scripts."""

import json
from dataclasses import dataclass
from typing import Any

from lab import loaded_aws, role_agent, vpc
from lab.bucket import SCRIPTS, sync
from lab.directory import public_key
from lab.machine import Machine, Result, wait_for

CLUSTER = "lab"
CLUSTER_ARN = f"arn:aws:sagemaker:{vpc.REGION}:123456789012:cluster/abcdefgh1234"
RESOURCE_CONFIG = "/opt/ml/config/resource_config.json"
ENVIRONMENT = {"SAGEMAKER_RESOURCE_CONFIG_PATH": RESOURCE_CONFIG, "PODLAUNCH_FAILURE_WAIT": "0"}
"""What HyperPod sets; and no minute's wait after a failure, which is there for CloudWatch."""
STAGED = "/tmp/sagemaker-lifecycle-scripts"
LOG = "/var/log/provision/podlaunch.log"

RENEWED = """
updated() { sssctl user-show "$1" | sed -n 's/^Cache entry last update time: //p'; }
before=$(updated "$1")
[ -z "$before" ] || [ "$(date -d "$before" +%s)" != "$(date +%s)" ] || sleep 1
sss_cache -u "$1"; getent passwd "$1" >/dev/null
after=$(updated "$1")
[ -n "$after" ] && [ "$after" != "$before" ]
"""
"""Whether SSSD's entry of a person is renewed when it is made old."""

ADDRESSES = {"controller-1": "10.192.10.31", "login-1": "10.192.10.32", "worker-1": "10.192.10.33"}
OTHER_RELEASES = {"older-1": "10.192.10.34", "newer-1": "10.192.10.35"}
"""Login nodes of other Debian releases. Only the checks that need them start them."""

NODE_TYPES = {"controller": "Controller", "login": "Login", "worker": "Compute"}


@dataclass
class Node:
    """One node. start() makes it new, join() runs the scripts as HyperPod does."""

    machine: Machine
    authority: str
    keeps_aws_loaded: bool = False

    @property
    def name(self) -> str:
        """The node's host name."""
        return self.machine.name

    def replace(self, disk: str = "") -> None:
        """Makes the node new, as HyperPod does with one that has failed. `disk` limits its disk, as in 256m."""
        self.machine.stop()
        self.machine.wipe()
        self.machine.disk = disk
        self.machine.start()
        self.prepare()

    def reboot(self) -> None:
        """Power off and on again; the disk stays, /run and /tmp do not."""
        self.machine.stop()
        self.machine.start()
        self.machine.wait_booted()
        role_agent.wait(self.machine)

    def prepare(self) -> None:
        """What HyperPod has done before it runs a lifecycle script."""
        self.machine.wait_booted()
        if self.keeps_aws_loaded:
            loaded_aws.set_up(self.machine)
        role_agent.set_up(self.machine)
        self.machine.sh(
            f"echo nameserver {vpc.ADDRESS} >/etc/resolv.conf; cat >>/etc/ssl/certs/ca-certificates.crt",
            stdin=self.authority,
        )
        self.machine.write("/etc/hosts", f"127.0.0.1 localhost\n{self.machine.address} {self.name}\n")
        self.machine.write(RESOURCE_CONFIG, json.dumps(resource_config()), mode="644")
        self.machine.write("/home/ubuntu/.ssh/authorized_keys", public_key("ubuntu") + "\n", "600", "ubuntu:ubuntu")
        self.machine.sh("chown ubuntu: /home/ubuntu/.ssh; id -u ssm-user >/dev/null 2>&1 || useradd -m ssm-user")
        self.machine.write("/etc/sudoers.d/ssm-agent-users", "ssm-user ALL=(ALL) NOPASSWD:ALL\n", mode="440")

    def download(self) -> None:
        """Downloads the scripts from the node bucket. S3 keeps no modes, so none is kept here."""
        sync(self.machine, SCRIPTS, STAGED)

    def entry(self, script: str = "on_init_complete-*.sh", under: tuple[str, ...] = ()) -> Result:
        """Runs an entry point from the staged folder, in the environment that HyperPod gives it, `under` a command.

        By itself it is the one whose name says which list of files counts, as the cluster stack names it.
        """
        command = (*under, "sh", "-c", f"cd {STAGED} && exec bash {script}")
        return self.machine.run(*command, env=ENVIRONMENT, timeout=600)

    def forget_list(self) -> None:
        """Makes the staged folder one that nothing vouches for, so that a check may change a file of it."""
        self.machine.sh(f"cd {STAGED} && rm .assets.json on_init_complete-*.sh")

    def join(self) -> Result:
        """Downloads the scripts and runs the default entry point."""
        self.download()
        joined = self.entry()
        self.at_rest()
        return joined

    def at_rest(self) -> None:
        """Waits until no run of the node's own timer is under way: one may have queued behind the last run."""
        busy = ("systemctl", "is-active", "podlaunch-refresh.service")
        wait_for(lambda: self.machine.run(*busy).out.strip() != "activating", 120, f"{self.name}'s timer is at rest")

    def stop_timer(self) -> None:
        """Keeps the node from trying again by itself, a minute after a run that failed, until the next run."""
        self.machine.sh("systemctl stop podlaunch-refresh.timer podlaunch-refresh.service 2>/dev/null; true")

    def through_ssm(self, *command: str) -> Result:
        """Runs a command as the Systems Manager agent's shell does: as ssm-user, past sshd and PAM."""
        become = "setpriv --reuid ssm-user --regid ssm-user --init-groups --".split()
        return self.machine.run(*become, *command, timeout=30)

    def podlaunch(self, *arguments: str, timeout: float = 300) -> Result:
        """Runs the command that the scripts leave on the node."""
        return self.machine.run("podlaunch-node", *arguments, timeout=timeout)

    def forget_cache(self) -> None:
        """Marks all that SSSD has cached as old; entries and passwords stay for the time without a directory."""
        self.machine.run("sss_cache", "-E")

    def online(self, user: str = "alice") -> bool:
        """Whether SSSD is talking to the directory now: an entry that is made old is renewed at once.

        A login proves nothing here, the cache answers too.
        """
        return self.machine.run("bash", "-c", RENEWED, "online", user).ok

    def wait_online(self, seconds: float = 60, user: str = "alice") -> float:
        """Waits until SSSD talks to the directory again, and has renewed this entry; gives back the seconds it took."""
        return wait_for(lambda: self.online(user), seconds, f"{self.name} talks to the directory", pause=0.2)


def resource_config(arn: str = CLUSTER_ARN, names: dict[str, str] | None = None) -> dict[str, Any]:
    """resource_config.json of the lab's cluster, in HyperPod's form.

    `names` are its groups' by kind of node, where the cluster is not the lab's own.
    """
    groups = []
    everyone = {**ADDRESSES, **OTHER_RELEASES}
    for group in NODE_TYPES:
        instances = [
            {
                "InstanceName": f"{group}-{number}",
                "AgentIpAddress": f"169.254.10.{number}",
                "CustomerIpAddress": address,
                "InstanceId": f"i-{number:017x}",
            }
            for number, (name, address) in enumerate(everyone.items(), start=1)
            if group == ("login" if name in OTHER_RELEASES else name.split("-")[0])
        ]
        name_of_group = names[NODE_TYPES[group]] if names else group
        groups.append({"Name": name_of_group, "InstanceType": "ml.c5.xlarge", "Instances": instances})
    return {"ClusterConfig": {"ClusterArn": arn, "ClusterName": CLUSTER}, "InstanceGroups": groups}
