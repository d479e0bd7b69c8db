"""HyperPod's agent for the node's role, on a node of the lab.

A HyperPod node is not an EC2 instance of the cluster's owner. The role's credentials come from an agent in a network
namespace of its own, and a rule in the nat table sends what is meant for the metadata service there. The agent also
answers anyone who asks its own address.
"""

from lab.machine import Machine, wait_for
from lab.paths import HERE

SERVICE = "169.254.169.254"
ADDRESS, PORT = "169.254.0.2", 9081
BOTH = (SERVICE, f"{ADDRESS}:{PORT}")
TOKEN = "lab-metadata-token"
REGION = "us-west-2"
UNIT = "sagemaker-role-proxy-agent"
NAMESPACE = "sagemaker_agent_namespace"

UNIT_TEXT = f"""[Service]
ExecStartPre=/bin/bash /opt/lab/role_agent.sh {SERVICE} {ADDRESS} {PORT} {NAMESPACE}
ExecStart=/usr/bin/nsenter --net=/run/netns/{NAMESPACE} /usr/bin/python3 /opt/lab/imds.py {REGION} {ADDRESS} {PORT}
[Install]
WantedBy=multi-user.target
"""


def ask(address: str = SERVICE) -> str:
    """The shell command that asks for a session's token, as AWS's programs begin."""
    return f"curl -s -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://{address}/latest/api/token"


def answers(machine: Machine, user: str) -> bool:
    """Whether a user of the machine, by name or number, gets the role at one of the addresses."""
    become = ("setpriv", "--reuid", user, "--regid", "nogroup", "--clear-groups", "sh", "-c")
    return any(TOKEN in machine.run(*become, ask(address)).out for address in BOTH)


def set_up(machine: Machine) -> None:
    """Starts the agent and its redirect, now and at each boot."""
    for program in ("imds.py", "role_agent.sh"):
        machine.write(f"/opt/lab/{program}", (HERE / "lab/inside" / program).read_text())
    machine.write(f"/etc/systemd/system/{UNIT}.service", UNIT_TEXT)
    machine.must("systemctl", "enable", "--now", UNIT)
    wait(machine)


def again(machine: Machine) -> None:
    """Puts the redirect back after a check that has emptied every rule."""
    machine.must("systemctl", "restart", UNIT)
    wait(machine)


def wait(machine: Machine) -> None:
    """Waits until the agent answers."""
    wait_for(lambda: machine.run("nc", "-z", SERVICE, "80").ok, 30, f"{machine.name}'s agent answers")
