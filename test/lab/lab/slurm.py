"""Slurm with accounting, as it is on a HyperPod node before the lifecycle scripts run."""

from collections.abc import Iterator
from contextlib import contextmanager

from lab.machine import Result, wait_for
from lab.node import ADDRESSES, CLUSTER, Node

CONTROLLER = "controller-1"
LOGIN = "login-1"
WORKER = "worker-1"
BIN = "/opt/slurm/bin"
ETC = "/opt/slurm/etc"

# As AWS makes it: the login node is one of Slurm's nodes too, all nodes are in the default partition dev, the workers
# also in one of their own; associations are kept and nothing is made of them; nodes get their settings from slurmctld.
SLURM = f"""ClusterName={CLUSTER}
SlurmctldHost={CONTROLLER}({ADDRESSES[CONTROLLER]})
SlurmctldParameters=enable_configless
SlurmUser=slurm
AuthType=auth/munge
StateSaveLocation=/var/lib/slurm/slurmctld
SlurmdSpoolDir=/var/lib/slurm/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost={CONTROLLER}
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName={LOGIN} NodeAddr={ADDRESSES[LOGIN]} CPUs=2 State=UNKNOWN
NodeName={WORKER} NodeAddr={ADDRESSES[WORKER]} CPUs=2 State=UNKNOWN
PartitionName=dev Nodes=ALL Default=YES MaxTime=10 State=UP
PartitionName=workers Nodes={WORKER} MaxTime=10 State=UP
"""

ENFORCE = "AccountingStorageEnforce=associations,limits"
"""What some set beside it: without an association nobody runs a job, and its limits count."""

DATABASE = f"""AuthType=auth/munge
DbdHost={CONTROLLER}
SlurmUser=slurm
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StorageLoc=slurm_acct_db
"""

GRANT = "create database slurm_acct_db; grant all on slurm_acct_db.* to slurm@localhost identified via unix_socket;"


def start(nodes: dict[str, Node]) -> None:
    """Sets Slurm up on every node and waits until all of them have registered."""
    controller = nodes[CONTROLLER]
    machine = controller.machine
    set_up(controller)
    machine.must("systemctl", "start", "mariadb", timeout=180)
    machine.must("mariadb", stdin=GRANT)
    machine.write(f"{ETC}/slurmdbd.conf", DATABASE, "600", "slurm:slurm")
    machine.must("systemctl", "enable", "--now", "slurmdbd")
    wait_for(lambda: run(controller, "sacctmgr", "-n", "list", "cluster").ok, 180, "slurmdbd answers")
    run(controller, "sacctmgr", "-i", "add", "cluster", CLUSTER)
    machine.must("systemctl", "enable", "--now", "slurmctld")
    wait_for(lambda: "slurmdbd" in run(controller, "scontrol", "show", "config").out, 180, "slurmctld answers")
    for name in (LOGIN, WORKER):
        set_up(nodes[name])


def set_up(node: Node) -> None:
    """Sets Slurm up on one node, as on a node that has been replaced."""
    machine = node.machine
    machine.sh("cat >>/etc/hosts", stdin="".join(f"{address} {name}\n" for name, address in ADDRESSES.items()))
    machine.sh("mkdir -p /var/lib/slurm/slurmctld /var/lib/slurm/slurmd; chown -R slurm: /var/lib/slurm")
    machine.must("systemctl", "enable", "--now", "munge")
    if node.name == CONTROLLER:
        # Slurm 22.05 always loads a cgroup plugin, and v2 refuses a host with both kinds. v1 loads and is not used.
        machine.write(f"{ETC}/cgroup.conf", "CgroupPlugin=cgroup/v1\n")
        machine.write(f"{ETC}/slurm.conf", SLURM)
    else:
        options = f"SLURMD_OPTIONS='--conf-server {CONTROLLER} -d /opt/slurm/sbin/slurmstepd'\n"
        machine.write("/etc/default/slurmd", options)
        machine.must("systemctl", "enable", "--now", "slurmd")


def run(node: Node, command: str, *words: str, timeout: float = 60) -> Result:
    """Runs a command of Slurm's as root."""
    return node.machine.run(f"{BIN}/{command}", *words, timeout=timeout)


def state(node: Node, of: str) -> tuple[str, str]:
    """State and reason of one of Slurm's nodes, as the node `node` sees them. A star at the state: it is silent."""
    shown = run(node, "sinfo", "--noheader", "--nodes", of, "--partition", "dev", "--format", "%T|%E").out.strip()
    now, _, reason = shown.partition("|")
    return now, reason


def wait_takes_jobs(node: Node) -> None:
    """Waits until Slurm gives jobs to a node: some seconds after a drain was taken back it has asked it for a sign."""
    wait_for(lambda: state(node, node.name)[0] in ("idle", "mixed", "allocated"), 60, f"{node.name} takes jobs")


@contextmanager
def enforced(controller: Node) -> Iterator[None]:
    """With associations and limits enforced; then as AWS leaves it again."""
    change(controller, SLURM + ENFORCE + "\n")
    try:
        yield
    finally:
        change(controller, SLURM)


def change(controller: Node, text: str) -> None:
    """Writes slurm.conf, restarts slurmctld and waits until it answers."""
    controller.machine.write(f"{ETC}/slurm.conf", text)
    controller.machine.must("systemctl", "restart", "slurmctld")
    wait_for(lambda: run(controller, "scontrol", "ping").out.count("is UP") == 1, 60, "slurmctld answers")
