"""Slurm accounts: on the controller, with accounting, and never in a job's way."""

import dataclasses
from pathlib import Path

import pytest
from ldap_server import certificate, entry, result, serve
from podlaunch_node import slurm_accounts
from podlaunch_node.faults import Fault
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError, Done
from support import Commands, make_node, plan

ON = {"scontrol show config": "AccountingStorageType   = accounting_storage/slurmdbd\n"}
GROUP_DN = "CN=Admins,DC=corp"
SID = bytes([1, 5, 0, 0, 0, 0, 0, 5]) + bytes(16) + (1234).to_bytes(4, "little")


def at(port: int, pem: str) -> Plan:
    """A controller's plan for a directory that is served here."""
    wanted = plan("controller", anchor=pem)
    place = dataclasses.replace(wanted.settings.directory, ldaps_host="localhost", ldaps_port=port)
    return dataclasses.replace(wanted, settings=dataclasses.replace(wanted.settings, directory=place))


USER, GROUP = "805306368", "268435456"


def one(name: str, kind: str = USER) -> bytes:
    """Somebody, or a group."""
    return entry(f"CN={name},DC=corp", sAMAccountName=[name], sAMAccountType=[kind], objectSid=[SID])


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """ClusterAdmin holds people and a group that holds one more and ClusterAdmin itself."""
    if tag == 0x60:
        return [result(0x61)]
    condition = parts[6][1]
    found: list[bytes] = []
    if b"objectClass" in condition:
        found = [entry(GROUP_DN, objectSid=[SID])] if b"ClusterAdmin" in condition else []
    elif b"CN=inner" in condition:
        found = [one("anna maria"), entry(GROUP_DN, sAMAccountType=[GROUP], objectSid=[SID])]
    elif GROUP_DN.encode() in condition:
        assert b"1234" in condition, "whose primary group it is counts too"
        found = [one("Alice"), one("bob"), one("odd,name"), one("pc$", "805306369"), one("inner", GROUP)]
    return [*found, result(0x65)]


def test_nothing_to_do_elsewhere_or_without_accounting(tmp_path: Path) -> None:
    commands = Commands(ON)
    node = make_node(tmp_path, commands)
    assert slurm_accounts.check(node, plan("login")) == []
    assert slurm_accounts.check(node, plan("controller", slurmAccounts=False)) == []
    assert commands.lines == []
    commands.answers["scontrol show config"] = "AccountingStorageType   = (null)\n"
    assert slurm_accounts.check(node, plan("controller")) == []
    commands.answers["scontrol show config"] = CommandError(["scontrol"], None, "scontrol is not installed")
    assert slurm_accounts.check(node, plan("controller")) == []


def test_members_without_an_association_get_one(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    known = ["root", "BOB"]

    def add(argv: list[str], _stdin: str) -> Done:
        known.extend(argv[5].removeprefix("name=").split(","))
        return Done(0, "", "")

    commands = Commands(
        {
            **ON,
            "sacctmgr --noheader": lambda *_words: Done(0, "\n".join(known), ""),
            "sacctmgr --immediate --quiet add user": add,
        }
    )
    node = make_node(tmp_path, commands)
    with serve(pair, directory) as port:
        wanted = at(port, pair.certificate)
        assert slurm_accounts.check(node, wanted) == ["2 people have no Slurm association"]
        slurm_accounts.apply(node, wanted)
        assert slurm_accounts.check(node, wanted) == []
    added = commands.ran("sacctmgr --immediate --quiet add")
    assert added[0].startswith("sacctmgr --immediate --quiet add account directory")
    assert added[1] == "sacctmgr --immediate --quiet add user name=alice,anna maria account=directory"
    assert not any("delete" in line or "remove" in line for line in commands.lines)


def test_people_who_could_not_be_added_are_counted(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    node = make_node(tmp_path, Commands({**ON, "sacctmgr --noheader": "root\n"}))
    with serve(pair, directory) as port, pytest.raises(Fault, match="3 people have no Slurm association"):
        slurm_accounts.apply(node, at(port, pair.certificate))


def test_a_dead_slurmdbd_is_a_fault_that_is_not_ours(tmp_path: Path) -> None:
    down = CommandError(["sacctmgr"], 1, "Connection refused")
    node = make_node(tmp_path, Commands({**ON, "sacctmgr": down}))
    with pytest.raises(Fault, match="PLN-SLURM") as caught:
        slurm_accounts.check(node, plan("controller"))
    assert not caught.value.ours


def test_a_directory_that_hangs_up_is_a_fault_that_is_not_ours(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    node = make_node(tmp_path, Commands({**ON, "sacctmgr": ""}))
    respond = lambda tag, _parts: [result(0x61)] if tag == 0x60 else []  # noqa: E731
    with serve(pair, respond) as port, pytest.raises(Fault, match="PLN-SEARCH"):
        slurm_accounts.check(node, at(port, pair.certificate))
