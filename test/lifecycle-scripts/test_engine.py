"""A whole run, step by step, with every command answered from a table."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import metadata_world
import pytest
from ldap_server import Pair, certificate, entry, result, serve
from podlaunch_node import engine, identity, install, learn, settings
from podlaunch_node.diagnose import status
from podlaunch_node.faults import Fault
from podlaunch_node.node import WRITTEN_TO, Node
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.directory import sssd_back_end
from podlaunch_node.steps.login import access
from podlaunch_node.steps.metadata import metadata_service
from podlaunch_node.steps.node import cluster_ssh, member_unit, refresh_timer
from podlaunch_node.steps.slurm import slurm_node
from podlaunch_node.system import files, lock
from support import BIND_DN, DOCUMENT, PASSWORD, Clock, Commands, document, make_node, put
from test_nss_pam import stacks
from test_packages import ALL
from test_password_state import file_time
from test_sshd import effective, port
from test_sssd import ROOT, mask

__all__ = ["port"]

BIND = "aws secretsmanager get-secret-value --secret-id arn:"
VOUCHED = "aws secretsmanager get-secret-value --secret-id podlaunch/lab/node-settings --version-stage AWSCURRENT"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("tls"), "localhost")


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """Knows the bind account."""
    if tag == 0x60:
        return [result(0x61, 0 if parts[2][1].decode() == PASSWORD else 49, "data 52e, v")]
    return [entry(BIND_DN, sAMAccountName=["ReadOnly"], userAccountControl=["512"], accountExpires=["0"]), result(0x65)]


def ending_soon(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """The same directory, three days before the bind account's password ends."""
    if tag == 0x63 and parts[0][1].decode() == BIND_DN:
        at = file_time(Clock().now + 3.5 * 86400)
        dates = {"msDS_UserPasswordExpiryTimeComputed": [at]}
        return [entry(BIND_DN, sAMAccountName=["ReadOnly"], **dates), result(0x65)]  # type: ignore[arg-type]
    return directory(tag, parts)


class World:
    """A login node, AWS and a directory, all well."""

    def __init__(self, root: Path, pair: Pair, ldaps: int, ssh: int) -> None:
        place = {**DOCUMENT["directory"], "ldapsHost": "localhost", "ldapsPort": ldaps}
        self.document: dict[str, Any] = {"directory": place, "homeRoot": "/home"}
        self.commands = Commands(
            {
                "ip -json address": json.dumps([{"addr_info": [{"local": "10.0.0.9"}]}]),
                "aws acm get-certificate": json.dumps({"Certificate": pair.certificate}),
                "dpkg-query": ALL,
                **metadata_world.answers(),
                "systemctl is-active": "active",
                "systemctl mask": lambda argv, _stdin: mask(argv),
                "/usr/sbin/sshd -T": effective(ssh),
                "ssh -F /etc/ssh/ssh_config -G": f"knownhostscommand {cluster_ssh.COMMAND}",
                "ss ": "sssd_be",
            }
        )
        ROOT.append(root)
        self.said: list[str] = []
        self.clock = Clock()
        self.node: Node = make_node(root, self.commands, self.clock, self.said)
        put(self.node, "/etc/nsswitch.conf", "passwd: files sss\ngroup: files sss\nshadow: files sss\n")
        stacks(self.node)
        config = {
            "ClusterConfig": {"ClusterArn": "arn:aws:sagemaker:us-west-2:1:cluster/x", "ClusterName": "lab"},
            "InstanceGroups": [{"Name": "login", "Instances": [{"CustomerIpAddress": "10.0.0.9"}]}],
        }
        put(self.node, identity.DEFAULT, json.dumps(config))
        self.secret(PASSWORD)
        self.publish()

    def publish(self, **changes: object) -> None:
        """Write the settings, as the stack does: to SSM, and to the secret that vouches for them."""
        self.put_parameter(**changes)
        text = document(**{**self.document, **changes})
        self.commands.answers[VOUCHED] = json.dumps({"SecretString": text})

    def put_parameter(self, **changes: object) -> None:
        """Write the settings to SSM only, as somebody does who is not the stack."""
        text = document(**{**self.document, **changes})
        self.commands.answers["aws ssm"] = json.dumps({"Parameter": {"Value": text}})

    def secret(self, password: str) -> None:
        """Write the bind secret to Secrets Manager."""
        text = json.dumps({"bindDn": BIND_DN, "password": password})
        self.commands.answers[BIND] = json.dumps({"SecretString": text})

    def run(self, patient: bool = False) -> engine.Outcome:
        """One run; the commands of earlier ones are forgotten."""
        self.commands.lines.clear()
        return engine.apply(self.node, patient)


@pytest.fixture
def world(tmp_path: Path, pair: Pair, port: int) -> Iterator[World]:
    """A new node."""
    with serve(pair, directory) as ldaps:
        yield World(tmp_path, pair, ldaps, port)


def codes(outcome: engine.Outcome) -> list[str]:
    """The codes of its faults."""
    return [fault.code for fault in outcome.faults]


def test_a_password_that_ends_soon_is_said_in_time_and_changes_nothing_else(
    tmp_path: Path, pair: Pair, port: int
) -> None:
    with serve(pair, ending_soon) as ldaps:
        world = World(tmp_path, pair, ldaps, port)
        outcome = world.run()
    assert (outcome.faults, outcome.warnings) == ([], [])
    assert [fault.code for fault in outcome.notices] == ["PLN-ENDS"]
    now = status.read(world.node)
    assert status.is_well(now)
    assert any("the password of the bind account ReadOnly ends on" in line for line in status.summary(now))
    assert refresh_timer.check(world.node, 600) == [], "nothing is tried again every minute for it"


def test_a_new_node_joins_and_opens_last(world: World) -> None:
    outcome = world.run(patient=True)
    assert outcome.faults == []
    assert access.is_open(world.node)
    assert world.said[-1].startswith("access:")
    assert status.is_well(status.read(world.node))
    assert refresh_timer.check(world.node, 600) == []
    assert not any(PASSWORD in line for line in [*world.commands.lines, *world.said])


def test_a_second_run_changes_and_restarts_nothing(world: World) -> None:
    world.run()
    before = {path: path.stat().st_mtime_ns for path in world.node.root.rglob("*") if path.is_file()}
    outcome = world.run()
    assert (outcome.changes, outcome.faults) == ([], [])
    assert not [line for line in world.commands.lines if " restart " in line or "pam-auth-update" in line]
    after = {path: path.stat().st_mtime_ns for path in world.node.root.rglob("*") if path.is_file()}
    changed = {str(path) for path in after if after[path] != before.get(path)}
    assert changed == {str(world.node.path(path)) for path in (status.FILE,)}
    assert len(world.commands.ran("aws")) == 3, "the certificate is not asked for again"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("aws ssm", "PLN-AWS"),
        (BIND, "PLN-AWS"),
        (VOUCHED, "PLN-AWS"),
        ("aws acm get-certificate", "PLN-AWS"),
        ("dpkg-query", "PLN-APT"),
    ],
)
def test_a_fault_around_a_new_node_leaves_it_closed_with_a_quick_timer(world: World, command: str, code: str) -> None:
    broken = Done(0, "", "") if command == "dpkg-query" else CommandError(["aws"], 254, "AccessDenied")
    world.commands.answers[command] = broken
    outcome = world.run()
    assert code in codes(outcome)
    assert not any(fault.ours for fault in outcome.faults)
    assert files.read(world.node, access.FILE) == access.CLOSED
    assert refresh_timer.check(world.node, refresh_timer.RETRY_SECONDS) == []
    assert not status.is_well(status.read(world.node))
    assert files.read(world.node, member_unit.UNIT)


def test_a_wrong_password_never_reaches_sssd(world: World) -> None:
    world.secret("wrong")
    assert codes(world.run()) == ["PLN-BIND"]
    assert files.read(world.node, "/etc/sssd/sssd.conf") is None, "SSSD would lock the account out"


def test_a_member_with_a_fault_stays_open_on_its_last_good_account(world: World) -> None:
    world.run()
    before = files.read(world.node, "/etc/sssd/sssd.conf")
    world.secret("wrong")
    assert codes(world.run()) == ["PLN-BIND"]
    assert access.is_open(world.node)
    assert files.read(world.node, "/etc/sssd/sssd.conf") == before
    world.secret(PASSWORD)
    assert world.run().faults == []


def test_logins_that_a_killed_run_holds_are_let_go_by_the_next_even_if_that_one_fails(world: World) -> None:
    world.run()
    sssd_back_end.hold_logins(world.node)  # and killed here
    world.secret("wrong")
    assert codes(world.run()) == ["PLN-BIND"]
    assert not world.node.path(sssd_back_end.CHANGING).exists()


def test_settings_that_break_their_schema_are_ours_and_change_nothing(world: World) -> None:
    world.run()
    world.publish(groups="everybody")
    outcome = world.run()
    assert codes(outcome) == ["PLN-SETTINGS"]
    assert outcome.faults[0].ours
    assert access.is_open(world.node)


def test_a_parameter_that_says_more_than_the_stack_has_no_effect_and_the_log_says_why(world: World) -> None:
    world.run()
    sudoers, gate = (files.read(world.node, path) for path in ("/etc/sudoers.d/podlaunch", access.FILE))
    everybody = {"name": "Domain Users", "logIn": ["Login"], "sudo": True}
    world.put_parameter(groups=[*DOCUMENT["groups"], everybody], userMetadataAccess="open")
    world.said.clear()
    outcome = world.run()
    assert [fault.code for fault in outcome.warnings] == ["PLN-VOUCH"]
    said = outcome.warnings[0].message
    assert "the group Domain Users may log in on login nodes, with sudo" in said
    assert "userMetadataAccess is open, it was closed" in said
    assert outcome.faults == []
    assert outcome.changes == [f"{refresh_timer.TIMER} differs"], "it looks again sooner, and does nothing else"
    assert [files.read(world.node, path) for path in ("/etc/sudoers.d/podlaunch", access.FILE)] == [sudoers, gate]
    assert "PLN-VOUCH" in "\n".join(status.summary(status.read(world.node)))


def test_a_new_node_takes_the_stack_s_settings_where_the_parameter_says_more(world: World) -> None:
    elsewhere = {**world.document["directory"], "ldapsHost": "ldaps.attacker.example"}
    world.put_parameter(directory=elsewhere)
    outcome = world.run()
    assert [fault.code for fault in outcome.warnings] == ["PLN-VOUCH"]
    assert "ldapsHost is ldaps.attacker.example" in outcome.warnings[0].message
    assert outcome.faults == []
    assert access.is_open(world.node)


def test_what_takes_something_away_needs_nobody_to_vouch_for_it(world: World) -> None:
    world.run()
    world.put_parameter(groups=DOCUMENT["groups"][1:], passwordLogin=False)
    world.said.clear()
    outcome = world.run()
    assert (outcome.faults, outcome.warnings) == ([], [])
    assert "ClusterAdmin" not in (files.read(world.node, access.FILE) or "")
    assert world.said[0] == (
        "settings: the group ClusterAdmin may no longer log in on the controller, login nodes, workers; "
        "the group ClusterAdmin loses sudo; passwordLogin is false, it was true"
    )


def test_while_the_stack_s_copy_cannot_be_read_the_last_settings_count(world: World) -> None:
    world.run()
    world.commands.answers[VOUCHED] = CommandError(["aws"], 254, "AccessDenied")
    outcome = world.run()
    assert ([fault.code for fault in outcome.warnings], outcome.faults) == (["PLN-AWS"], [])
    world.put_parameter(userMetadataAccess="open")
    assert [fault.code for fault in world.run().warnings] == ["PLN-VOUCH"]
    assert settings.parse(settings.kept(world.node) or "", "kept").user_metadata_access == "closed"


def test_a_group_that_the_settings_do_not_know_is_ours(world: World) -> None:
    world.publish(instanceGroups=[{"name": "other", "nodeType": "Login"}])
    outcome = world.run()
    assert codes(outcome) == ["PLN-SETTINGS"]
    assert "login" in outcome.faults[0].message


def test_a_changed_setting_is_applied_and_nothing_else(world: World) -> None:
    world.run()
    world.publish(groups=[{"name": "Staff", "logIn": ["Login"], "sudo": True}])
    outcome = world.run()
    assert outcome.faults == []
    assert "+:(Staff):ALL" in (files.read(world.node, access.FILE) or "")
    assert '"%Staff"' in (files.read(world.node, "/etc/sudoers.d/podlaunch") or "")
    assert "systemctl restart sssd" not in world.commands.lines


def test_a_certificate_that_no_longer_fits_is_asked_for_again(world: World, tmp_path: Path) -> None:
    world.run()
    kept = json.loads(files.read(world.node, "/var/lib/podlaunch/certificate.json") or "")
    stale = certificate(tmp_path, "localhost").certificate
    files.write(world.node, "/var/lib/podlaunch/certificate.json", json.dumps({**kept, "anchor": stale}), mode=0o600)
    outcome = world.run()
    assert outcome.faults == []
    assert world.commands.ran("aws acm")
    assert files.read(world.node, "/etc/podlaunch/directory-ca.pem") == kept["anchor"]


def test_homes_that_cannot_be_made_are_a_warning(world: World) -> None:
    put(world.node, "/home", "not a folder")
    outcome = world.run()
    assert outcome.faults == []
    assert [fault.code for fault in outcome.warnings] == ["PLN-HOME"]
    assert access.is_open(world.node)


def test_the_settings_are_known_even_where_the_secret_is_not(world: World) -> None:
    world.publish(joinFailure="fail")
    world.commands.answers[BIND] = CommandError(["aws"], 254, "AccessDenied")
    outcome = world.run()
    assert outcome.settings and outcome.settings.join_failure == "fail"


def test_first_boot_waits_by_the_size_of_the_cluster(world: World) -> None:
    world.run(patient=True)
    assert world.clock.slept[0] == 0.5 / 8


def test_two_runs_never_overlap(world: World) -> None:
    with lock.only_one(world.node):
        outcome = world.run()
    assert codes(outcome) == ["PLN-LOCK"]
    assert sum(world.clock.slept) == lock.LOCK_SECONDS


def test_nobody_else_can_hold_the_lock(world: World) -> None:
    with lock.only_one(world.node):
        assert world.node.path(lock.FOLDER).stat().st_mode & 0o777 == 0o700
        assert world.node.path(lock.FILE).stat().st_mode & 0o777 == 0o600


def test_a_broken_download_is_ours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_node: Node) -> list[str]:
        raise Fault("PLN-BUNDLE", "not complete", "publish again", ours=True)

    monkeypatch.setattr(install, "check", broken)
    outcome = world.run()
    assert codes(outcome) == ["PLN-BUNDLE"]
    assert files.read(world.node, access.FILE) is None


def test_the_kept_settings_are_the_ones_that_were_valid(world: World) -> None:
    world.run()
    assert settings.kept(world.node) == json.loads(str(world.commands.answers["aws ssm"]))["Parameter"]["Value"]
    assert dataclasses.is_dataclass(settings.parse(settings.kept(world.node) or "", "kept"))


def test_a_group_that_was_taken_out_is_out_at_once_even_while_the_directory_is_away(world: World) -> None:
    world.run()
    place = {**world.document["directory"], "ldapsPort": 1}
    world.publish(directory=place, groups=[{"name": "Staff", "logIn": ["Login"], "sudo": True}])
    assert codes(world.run()) == ["PLN-TCP"]
    assert "Staff" in (files.read(world.node, access.FILE) or "")
    assert "ClusterAdmin" not in (files.read(world.node, access.FILE) or "")


def test_a_member_whose_metadata_service_cannot_be_closed_lets_nobody_in(world: World) -> None:
    world.run()
    world.commands.answers["setpriv"] = metadata_world.OPEN_TO_NOBODY
    world.publish(groups=[{"name": "Staff", "logIn": ["Login"], "sudo": True}])
    assert codes(world.run()) == ["PLN-METADATA"]
    assert files.read(world.node, access.FILE) == access.CLOSED
    assert '"%ClusterAdmin"' not in (files.read(world.node, "/etc/sudoers.d/podlaunch") or "")
    world.commands.answers["setpriv"] = metadata_world.REFUSED
    assert codes(world.run()) == []
    assert "+:(Staff):ALL" in (files.read(world.node, access.FILE) or "")


HARMLESS = ("/usr/sbin/nft list", "iptables-save", "ip6tables-save", "getent")


def test_the_first_thing_that_a_run_changes_is_the_metadata_service(world: World) -> None:
    world.commands.answers["/usr/sbin/nft list table"] = metadata_world.ABSENT
    world.run()
    changed = [line for line in world.commands.lines if not line.startswith(HARMLESS)]
    assert changed[0] == "/usr/sbin/nft --file -"


def test_it_is_closed_while_another_run_goes_on(world: World) -> None:
    world.commands.answers["/usr/sbin/nft list table"] = metadata_world.ABSENT
    with lock.only_one(world.node):
        assert codes(world.run()) == ["PLN-LOCK"]
    assert world.commands.ran("/usr/sbin/nft --file -")


def test_a_new_node_that_hears_nothing_of_aws_is_closed_at_its_next_boot_too(world: World) -> None:
    world.commands.answers["aws"] = CommandError(["aws"], 254, "AccessDenied")
    world.commands.answers["aws ssm"] = CommandError(["aws"], 254, "AccessDenied")
    assert codes(world.run()) == ["PLN-AWS"]
    assert files.read(world.node, metadata_service.UNIT) == metadata_service.UNIT_TEXT


def test_a_metadata_service_that_is_open_is_a_fault_beside_any_other(world: World) -> None:
    world.commands.answers["setpriv"] = metadata_world.OPEN_TO_NOBODY
    world.commands.answers["aws ssm"] = CommandError(["aws"], 254, "AccessDenied")
    assert codes(world.run()) == ["PLN-AWS", "PLN-METADATA"]
    assert files.read(world.node, access.FILE) == access.CLOSED


def test_settings_that_open_it_keep_it_open_in_the_next_run(world: World) -> None:
    world.publish(userMetadataAccess="open")
    world.commands.answers["/usr/sbin/nft list table"] = metadata_world.ABSENT
    assert world.run().faults == []
    assert files.read(world.node, metadata_service.UNIT) is None
    outcome = world.run()
    assert (outcome.changes, outcome.faults) == ([], [])
    assert not world.commands.ran("/usr/sbin/nft --file")


def test_what_a_killed_run_left_is_gone_after_the_next(world: World) -> None:
    for folder in WRITTEN_TO:
        put(world.node, f"{folder}/.x.podlaunch-abc", "half")
    world.run()
    assert not list(world.node.root.rglob(".x.podlaunch-abc"))


def test_every_folder_that_a_run_writes_to_is_swept(world: World) -> None:
    world.run()
    ours = ("/opt", "/home", "/var/log", "/proc")
    written = {
        "/" + str(path.parent.relative_to(world.node.root)) for path in world.node.root.rglob("*") if path.is_file()
    }
    put_here = {"/opt/ml/config", "/etc/pam.d", lock.FOLDER}
    assert {path for path in written if not path.startswith(ours)} - put_here <= set(WRITTEN_TO)


def test_check_asks_and_writes_nothing(world: World) -> None:
    own = identity.find(world.node, patient=False)
    plan = learn.plan(own, *learn.ask(world.node, own), patient=False)
    assert all(step.NAME for step in engine.ALL_STEPS if step.check(world.node, plan))
    assert not world.node.path(settings.KEPT).exists()
    assert not world.node.path(identity.KEPT).exists()


def in_a_cluster_of(world: World, nodes: int) -> None:
    """Let resource_config.json name this many nodes; this one is among them."""
    others = [{"CustomerIpAddress": f"10.1.{n // 250}.{n % 250}"} for n in range(nodes - 1)]
    config = json.loads(files.read(world.node, identity.DEFAULT) or "")
    config["InstanceGroups"][0]["Instances"] = [{"CustomerIpAddress": "10.0.0.9"}, *others]
    put(world.node, identity.DEFAULT, json.dumps(config))


def test_many_nodes_with_one_fault_try_again_at_a_pace_that_parameter_store_answers(world: World) -> None:
    in_a_cluster_of(world, 3000)
    world.commands.answers[BIND] = CommandError(["aws"], 254, "AccessDenied")
    world.run()
    assert refresh_timer.check(world.node, 200) == []


def test_the_nodes_of_a_cluster_ask_for_a_new_certificate_one_after_the_other(world: World, tmp_path: Path) -> None:
    in_a_cluster_of(world, 2000)
    other = certificate(tmp_path, "localhost")
    world.commands.answers["aws acm get-certificate"] = json.dumps({"Certificate": other.certificate})
    world.clock.slept.clear()
    assert codes(world.run()) == ["PLN-TLS"]
    assert world.clock.slept == [125.0], "this test's chance is half: ACM needs 250 s to answer 2,000 nodes"


def in_slurm(world: World) -> list[str]:
    """Let Slurm know this node. Gives back what Slurm is told from then on: a state, and the reason for a drain."""
    told: list[str] = []

    def show(_argv: list[str], _stdin: str) -> Done:
        now, _, reason = told[-1].removeprefix("state=").partition(" reason=") if told else ("idle", "", "")
        state = f"State={'IDLE+DRAIN' if now == 'drain' else 'IDLE'} Reason={reason}" if reason else "State=IDLE"
        return Done(0, f"NodeName=ip-10-0-0-9 NodeAddr=10.0.0.9 {state}\n", "")

    def update(argv: list[str], _stdin: str) -> Done:
        told.append(" ".join(argv[3:]))
        return Done(0, "", "")

    world.commands.answers |= {"scontrol --oneliner show node": show, "scontrol update nodename=ip-10-0-0-9": update}
    return told


def test_a_new_node_takes_no_job_before_its_gate_is_open(world: World) -> None:
    told = in_slurm(world)
    world.commands.answers["aws ssm"] = CommandError(["aws"], 254, "AccessDenied")
    world.run()
    assert told == [f"state=drain reason={slurm_node.NOT_JOINED}"]
    lines = world.commands.lines
    drained = next(at for at, line in enumerate(lines) if line.startswith("scontrol update"))
    assert drained < next(at for at, line in enumerate(lines) if line.startswith("aws")), "before AWS is asked"
    world.publish(loginNodeJobs=True)
    assert codes(world.run()) == []
    assert told[1:] == ["state=undrain"]
    assert world.run().changes == []


def test_a_member_whose_metadata_service_cannot_be_closed_takes_no_more_jobs(world: World) -> None:
    told = in_slurm(world)
    world.publish(loginNodeJobs=True)
    world.run()
    world.commands.answers["setpriv"] = metadata_world.OPEN_TO_NOBODY
    assert codes(world.run()) == ["PLN-METADATA"]
    assert told[-1] == f"state=drain reason={slurm_node.NOT_JOINED}"


def test_a_login_node_that_is_joined_is_drained_for_good(world: World) -> None:
    told = in_slurm(world)
    assert codes(world.run()) == []
    assert told == [f"state=drain reason={slurm_node.NOT_JOINED}", f"state=drain reason={slurm_node.LOGIN}"]
    assert world.run().changes == []
    assert len(told) == 2


def test_a_slurmctld_that_is_silent_keeps_nobody_out(world: World) -> None:
    world.commands.answers["scontrol"] = CommandError(["scontrol"], None, "no end after 20 s")
    outcome = world.run()
    assert codes(outcome) == []
    assert {fault.code for fault in outcome.warnings} == {"PLN-DRAIN"}
    assert access.is_open(world.node)


def test_a_drain_that_slurm_did_not_take_at_the_start_is_given_at_the_end(world: World) -> None:
    told = in_slurm(world)
    show = world.commands.answers["scontrol --oneliner show node"]
    asked: list[str] = []

    def silent_once(argv: list[str], stdin: str) -> Done:
        asked.append(argv[-1])
        assert callable(show)
        return show(argv, stdin) if len(asked) > 1 else Done(1, "", "Unable to contact slurm controller")

    world.commands.answers |= {
        "scontrol --oneliner show node": silent_once,
        "aws ssm": CommandError(["aws"], 254, "no"),
    }
    outcome = world.run()
    assert told == [f"state=drain reason={slurm_node.NOT_JOINED}"]
    assert "PLN-DRAIN" not in [fault.code for fault in outcome.warnings]
