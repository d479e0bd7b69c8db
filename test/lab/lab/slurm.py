"""Slurm with accounting, as it stands on a node before the lifecycle scripts run."""

from concurrent.futures import ThreadPoolExecutor

from lab.machine import wait_for
from lab.node import ADDRESSES, CLUSTER, Node

CONTROLLER = "controller-1"
WORKER = "worker-1"

SLURM = f"""ClusterName={CLUSTER}
SlurmctldHost={CONTROLLER}({ADDRESSES[CONTROLLER]})
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
AccountingStorageEnforce=associations
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName={WORKER} NodeAddr={ADDRESSES[WORKER]} CPUs=2 State=UNKNOWN
PartitionName=dev Nodes={WORKER} Default=YES MaxTime=10 State=UP
"""

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
    """Sets Slurm up on every node and waits until the controller has registered with its accounting."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(set_up, nodes.values()))
    machine = nodes[CONTROLLER].machine
    machine.must("systemctl", "start", "mariadb", timeout=180)
    machine.must("mariadb", stdin=GRANT)
    machine.write("/etc/slurm/slurmdbd.conf", DATABASE, "600", "slurm:slurm")
    machine.must("systemctl", "enable", "--now", "slurmdbd")
    wait_for(lambda: machine.run("sacctmgr", "-n", "list", "cluster").ok, 180, "slurmdbd answers")
    machine.run("sacctmgr", "-i", "add", "cluster", CLUSTER)
    machine.must("systemctl", "enable", "--now", "slurmctld")
    wait_for(lambda: "slurmdbd" in machine.run("scontrol", "show", "config").out, 180, "slurmctld answers")


def set_up(node: Node) -> None:
    """Sets Slurm up on one node, as on a node that has been replaced."""
    machine = node.machine
    machine.sh("cat >>/etc/hosts", stdin="".join(f"{address} {name}\n" for name, address in ADDRESSES.items()))
    # Slurm 22.05 always loads a cgroup plugin, and v2 refuses a host with both kinds. v1 loads and is not used here.
    machine.write("/etc/slurm/cgroup.conf", "CgroupPlugin=cgroup/v1\n")
    machine.write("/etc/slurm/slurm.conf", SLURM)
    machine.sh("mkdir -p /var/lib/slurm/slurmctld /var/lib/slurm/slurmd; chown -R slurm: /var/lib/slurm")
    machine.must("systemctl", "enable", "--now", "munge")
    if node.name == WORKER:
        machine.must("systemctl", "enable", "--now", "slurmd")
