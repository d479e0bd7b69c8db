"""The metadata service gives the node's role, and with it the bind secret: it is closed to researchers."""

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab import role_agent, slurm
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.paths import CHECKOUT
from lab.role_agent import ADDRESS, BOTH, PORT, SERVICE, TOKEN, answers, ask

RULES = "/etc/podlaunch/metadata-service.nft"


def test_root_and_administrators_reach_it(lab: Lab, login: Node) -> None:
    assert TOKEN in login.machine.must("sh", "-c", ask())
    assert TOKEN in lab.laptop.key("ubuntu", "login-1", ask()).out
    assert TOKEN in login.through_ssm("sh", "-c", ask()).out


@pytest.mark.parametrize("address", BOTH)
def test_a_researcher_does_not(lab: Lab, login: Node, address: str) -> None:
    refused = lab.laptop.key("carol", "login-1", ask(address))
    assert not refused.ok
    assert TOKEN not in refused.out


def test_nor_as_the_root_of_a_container_on_the_node_s_own_network(lab: Lab, login: Node) -> None:
    asked = "; ".join(ask(address) for address in BOTH)
    said = lab.laptop.key("carol", "login-1", f'unshare --user --map-root-user sh -c "id -u; {asked}"')
    assert said.out.startswith("0")
    assert TOKEN not in said.out


@pytest.mark.parametrize("address", BOTH)
def test_nor_through_a_port_that_ssh_forwards(lab: Lab, login: Node, address: str) -> None:
    target = address if ":" in address else f"{address}:80"
    command = lab.laptop.key_command("carol", "login-1")
    tunnel = [*command[:-1], "-W", target]
    request = "PUT /latest/api/token HTTP/1.0\r\nX-aws-ec2-metadata-token-ttl-seconds: 60\r\n\r\n"
    assert TOKEN not in lab.laptop.machine.run(*tunnel, stdin=request).out


def test_a_researcher_cannot_read_the_bind_secret(lab: Lab, login: Node) -> None:
    read = "aws secretsmanager get-secret-value --secret-id podlaunch-bind --region us-west-2"
    assert login.machine.run("sh", "-c", read).ok, "the role can"
    assert not lab.laptop.key("carol", "login-1", read).ok


def test_a_researcher_is_told_at_login_in_the_words_that_aws_s_command_uses(lab: Lab, login: Node) -> None:
    command = lab.laptop.key_command("carol", "login-1")
    shell = lab.laptop.machine.run(*command[:1], "-tt", *command[1:-1], stdin="exit\n")
    told = lab.laptop.key("carol", "login-1", "aws sts get-caller-identity --region us-west-2")
    assert "Unable to locate credentials" in told.err
    assert '"Unable to locate credentials"' in shell.out


@pytest.mark.parametrize("user", ["nobody", "munge", "messagebus"])
def test_nor_does_a_service_that_has_no_need_of_it(login: Node, user: str) -> None:
    assert not answers(login.machine, user)


def test_the_page_s_own_commands_show_it(login: Node) -> None:
    page = (CHECKOUT / "docs/nodes/metadata-service.md").read_text()
    commands = re.findall(r"^\$ sudo (-u nobody curl .*)$", page, re.MULTILINE)
    assert len(commands) == len(BOTH)
    for command in commands:
        assert not login.machine.run("sh", "-c", f"sudo {command}").ok
        assert TOKEN in login.machine.must("sh", "-c", command.removeprefix("-u nobody "))


@pytest.fixture
def agents(login: Node) -> Iterator[None]:
    """A node with the CloudWatch agent's account, and a person of its own who is called as a service is."""
    login.machine.must("useradd", "--system", "cwagent")
    login.machine.must("useradd", "--system", "telegraf")
    login.machine.must("useradd", "--uid", "2001", "prometheus")
    yield
    for user in ("cwagent", "telegraf", "prometheus"):
        login.machine.run("userdel", user)
    assert login.podlaunch("refresh").ok


def test_services_and_containers_of_the_node_that_need_it_reach_it(login: Node, agents: None) -> None:
    assert login.podlaunch("refresh").ok
    for user in ("cwagent", "slurm", "10001"):
        assert answers(login.machine, user), user
    assert not answers(login.machine, "prometheus")


def test_so_does_a_service_of_the_settings_and_nobody_who_can_log_in(lab: Lab, login: Node, agents: None) -> None:
    assert not answers(login.machine, "telegraf")
    lab.publish_settings(metadataAccounts=["telegraf", "prometheus"])
    try:
        assert login.podlaunch("refresh").ok
        assert answers(login.machine, "telegraf")
        assert not answers(login.machine, "prometheus"), "it has a shell"
    finally:
        lab.publish_settings()
        assert login.podlaunch("refresh").ok
    assert not answers(login.machine, "telegraf")


def test_a_number_of_containers_that_becomes_somebody_s_is_closed(login: Node) -> None:
    login.machine.must("useradd", "--uid", "10001", "somebody")
    try:
        assert login.podlaunch("refresh").ok
        assert not answers(login.machine, "10001")
    finally:
        login.machine.must("userdel", "somebody")
    assert login.podlaunch("refresh").ok


CONTAINER = f"""
ip link add c0 type veth peer name c1
unshare --net sleep 60 & until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep .05; done
ip link set c1 netns $!
ip addr add 10.99.0.1/24 dev c0; ip link set c0 up
to='iifname c0 ip daddr {SERVICE} tcp dport 80 dnat to {ADDRESS}:{PORT}'
nft "table ip lab_container {{
  chain pre {{ type nat hook prerouting priority dstnat; $to; }}
  chain post {{ type nat hook postrouting priority srcnat; ip saddr 10.99.0.0/24 masquerade; }}
}}"
inside="nsenter -t $! -n"
$inside sh -c 'ip addr add 10.99.0.2/24 dev c1; ip link set c1 up; ip route add default via 10.99.0.1'
ask() {{ $inside {ask(SERVICE)}; echo; $inside {ask(f"{ADDRESS}:{PORT}")}; echo; }}
ask
nft delete table inet podlaunch_metadata
ask
nft -f {RULES}
nft delete table ip lab_container; kill $!
"""
"""What a container engine sets up, with SageMaker's redirect for containers; then asks, with the rules and without."""


def test_nor_does_a_container_with_a_network_of_its_own(login: Node) -> None:
    # A machine cannot change the kernel's settings; from the host it is done in the machine's network only.
    forward = ["nsenter", "-t", str(login.machine.pid), "-n", "sysctl", "-q", "-w", "net.ipv4.ip_forward=1"]
    subprocess.run(forward, check=True)
    *closed, service, agent = login.machine.sh(CONTAINER).split("\n")[:4]
    assert (service, agent) == (TOKEN, TOKEN), "without the rules it reaches both: the check is one"
    assert closed == ["", ""]


OTHER = "10.192.10.32:9082"
ELSEWHERE = f"nft insert rule ip nat OUTPUT ip daddr {SERVICE} tcp dport 80 dnat to {OTHER}"
OTHER_AGENT = "systemd-run --collect --unit=lab-other-agent python3 /opt/lab/imds.py us-west-2 10.192.10.32 9082"


def test_wherever_the_node_redirects_the_service_to_is_closed(lab: Lab, login: Node) -> None:
    login.machine.sh(OTHER_AGENT)
    try:
        wait_for(lambda: TOKEN in lab.laptop.key("carol", "login-1", ask(OTHER)).out, 20, "it is open by itself")
        login.machine.sh(ELSEWHERE)
        assert login.podlaunch("refresh").ok
        assert TOKEN in login.machine.must("sh", "-c", ask(OTHER))
        for address in (*BOTH, OTHER):
            assert TOKEN not in lab.laptop.key("carol", "login-1", ask(address)).out
    finally:
        role_agent.again(login.machine)
        login.machine.sh("systemctl stop lab-other-agent")
    assert login.podlaunch("refresh").ok


def carol_is_refused(lab: Lab, node: Node) -> bool:
    """Whether a researcher on this node does not reach the service; root must."""
    assert TOKEN in node.machine.must("sh", "-c", ask())
    said = lab.laptop.key("carol", node.name, "; ".join(["id -un", *(ask(address) for address in BOTH)]))
    assert said.out.startswith("carol")
    return TOKEN not in said.out


def test_it_is_closed_again_after_a_reboot_before_anybody_can_log_in(lab: Lab, worker: Node) -> None:
    worker.reboot()
    order = "systemctl show -p ActiveEnterTimestampMonotonic --value"
    closed, ssh, cron = (int(worker.machine.sh(f"{order} {unit}")) for unit in ("podlaunch-metadata", "ssh", "dbus"))
    assert 0 < closed < min(ssh, cron)
    worker.wait_online()
    assert carol_is_refused(lab, worker)


@pytest.mark.parametrize("verb", ["restart", "reload"])
def test_nftables_with_rules_of_its_own_opens_it_for_no_longer_than_it_takes(lab: Lab, login: Node, verb: str) -> None:
    login.machine.must("systemctl", "start", "nftables")
    login.machine.must("systemctl", verb, "nftables")
    wait_for(lambda: login.machine.run("nft", "list", "table", "inet", "podlaunch_metadata").ok, 5, "closed again")
    role_agent.again(login.machine)  # SageMaker's redirect is among the rules that nftables empties.
    assert carol_is_refused(lab, login)
    login.machine.must("systemctl", "stop", "nftables")
    role_agent.again(login.machine)
    assert login.podlaunch("refresh").ok
    assert carol_is_refused(lab, login)


def test_rules_that_were_emptied_are_back_before_aws_is_asked(lab: Lab, login: Node) -> None:
    login.machine.must("nft", "flush", "ruleset")
    role_agent.again(login.machine)
    lab.vpc.deny("AmazonSSM.GetParameter")
    try:
        assert not login.podlaunch("refresh").ok
        assert carol_is_refused(lab, login)
    finally:
        lab.vpc.allow_all()
    assert login.podlaunch("refresh").ok


BEFORE_NAT = f"s/priority raw/priority filter/; /{ADDRESS}/d; /9081/d"
"""Makes of the rules what they were before HyperPod's redirect was known."""


def test_rules_that_look_right_and_refuse_nobody_are_found_out(lab: Lab, login: Node) -> None:
    login.machine.sh(f"sed '{BEFORE_NAT}' {RULES} | nft -f -")
    assert TOKEN in lab.laptop.key("carol", "login-1", ask()).out, "they are in the kernel and close nothing"
    refreshed = login.podlaunch("refresh")
    assert refreshed.ok
    assert "open to users" in refreshed.out
    assert carol_is_refused(lab, login)


LOOT = "/fsx/home/carol/loot"
THIEF = f"while :; do {ask()} | grep -o {TOKEN} || echo closed; sleep .1; done >{LOOT}"


def test_a_job_that_waited_for_a_new_worker_loses_the_role_before_the_worker_has_asked_aws_for_anything(
    lab: Lab, login: Node, new_worker: Node
) -> None:
    def last() -> str:
        return login.machine.run("tail", "-n1", LOOT).out.strip()

    queued = lab.laptop.key("carol", "login-1", f'sbatch --parsable -o /dev/null --chdir /tmp --wrap "{THIEF}"')
    assert queued.ok, queued
    try:
        slurm.set_up(new_worker)
        wait_for(lambda: last() == TOKEN, 90, "the job runs before the scripts do, and has the role")
        lab.vpc.unreachable()
        with ThreadPoolExecutor() as pool:
            entry = pool.submit(new_worker.entry)
            try:
                wait_for(lambda: last() == "closed" or entry.done(), 60, "the job has lost the role")
                assert not entry.done()
            finally:
                lab.vpc.reachable()
        assert entry.result().ok
        assert last() == "closed"
    finally:
        slurm.run(login, "scancel", queued.out.strip())
        login.machine.run("rm", LOOT)
