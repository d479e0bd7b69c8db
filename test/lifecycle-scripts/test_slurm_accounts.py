"""Slurm accounts: on the controller, with accounting, and shut for who may not log in any more."""

import dataclasses
from pathlib import Path

import pytest
from ldap_server import certificate, entry, result, serve
from podlaunch_node.faults import Fault
from podlaunch_node.plan import Plan
from podlaunch_node.run import CommandError, Done
from podlaunch_node.steps.slurm import slurm_accounts
from podlaunch_node.steps.slurm.slurm_accounts import Association
from support import Commands, make_node, plan

ON = {
    "scontrol show config": "AccountingStorageType   = accounting_storage/slurmdbd\nClusterName             = lab\n",
    "getent -s files passwd": "root:x:0:0::/root:/bin/bash\nlocal:x:1000:1000::/home/local:/bin/bash\n",
}
SHOW = "sacctmgr --noheader --parsable2 show associations cluster=lab"
QUIET = "sacctmgr --immediate --quiet"
GROUP_DN = "CN=Admins,DC=corp"
SID = bytes([1, 5, 0, 0, 0, 0, 0, 5]) + bytes(16) + (1234).to_bytes(4, "little")


def at(port: int, pem: str, group: str = "controller", **changes: object) -> Plan:
    """A plan for a directory that is served here; a controller's, unless another group is named."""
    wanted = plan(group, anchor=pem, **changes)
    place = dataclasses.replace(wanted.settings.directory, ldaps_host="localhost", ldaps_port=port)
    return dataclasses.replace(wanted, settings=dataclasses.replace(wanted.settings, directory=place))


USER, GROUP = "805306368", "268435456"


def one(name: str, kind: str = USER, flags: int = 512, expires: int = 0) -> bytes:
    """Somebody, or a group."""
    return entry(
        f"CN={name},DC=corp",
        sAMAccountName=[name],
        sAMAccountType=[kind],
        objectSid=[SID],
        userAccountControl=[str(flags)],
        accountExpires=[str(expires)],
    )


def directory(tag: int, parts: list[tuple[int, bytes]]) -> list[bytes]:
    """ClusterAdmin contains people and a group that contains one more and ClusterAdmin itself."""
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
        found += [one("dave", flags=514), one("erin", expires=116444736000000000), one("Local"), one("slurm"), one("0")]
    return [*found, result(0x65)]


def test_nothing_to_do_elsewhere_or_without_accounting(tmp_path: Path) -> None:
    commands = Commands(ON)
    node = make_node(tmp_path, commands)
    assert slurm_accounts.check(node, plan("login")) == []
    assert slurm_accounts.check(node, plan("controller", slurmAccounts=False)) == []
    assert commands.lines == []
    commands.answers["scontrol show config"] = "AccountingStorageType   = (null)\nClusterName = lab\n"
    assert slurm_accounts.check(node, plan("controller")) == []


@pytest.mark.parametrize("code", [None, 1])
def test_a_controller_without_slurm_or_whose_slurm_is_silent_says_so(tmp_path: Path, code: int | None) -> None:
    error = CommandError(["scontrol", "show", "config"], code, "scontrol is not installed")
    node = make_node(tmp_path, Commands({"scontrol": error}))
    with pytest.raises(Fault, match="PLN-SLURM"):
        slurm_accounts.check(node, plan("controller"))


def test_members_get_an_association_and_who_may_not_log_in_is_shut_out(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    rows = {"root": "", "bob": "", "dave": "", "alice": "0", "gone": "", "local": ""}

    def show(_argv: list[str], _stdin: str) -> Done:
        return Done(0, "directory|||\n" + "".join(f"directory|{name}|{n}|{n}\n" for name, n in rows.items()), "")

    def change(argv: list[str], _stdin: str) -> Done:
        names = next(word for word in argv if word.startswith("name=")).removeprefix("name=").split(",")
        rows.update(dict.fromkeys(names, "0" if "GrpJobs=0" in argv else ""))
        return Done(0, "", "")

    commands = Commands({**ON, SHOW: show, f"{QUIET} add user": change, f"{QUIET} modify user": change})
    node = make_node(tmp_path, commands)
    with serve(pair, directory) as port:
        wanted = at(port, pair.certificate)
        assert slurm_accounts.check(node, wanted) == [
            "1 people have no Slurm association",
            "2 people who may not log in can still submit jobs",
            "1 people who may log in again cannot submit jobs yet",
        ]
        slurm_accounts.apply(node, wanted)
        assert slurm_accounts.check(node, wanted) == []
    assert commands.ran(f"{QUIET} add") == [
        f"{QUIET} add account directory Description=people of the directory cluster=lab",
        f"{QUIET} add user name=anna maria account=directory cluster=lab",
    ]
    assert commands.ran(f"{QUIET} modify") == [
        f"{QUIET} modify user where name=dave,gone cluster=lab set GrpSubmitJobs=0 GrpJobs=0",
        f"{QUIET} modify user where name=alice cluster=lab set GrpSubmitJobs=-1 GrpJobs=-1",
    ]
    assert not any("delete" in line or "remove" in line for line in commands.lines)


def test_a_directory_that_shows_nobody_shuts_nobody_out() -> None:
    assert slurm_accounts.compare({}, [Association("directory", "bob", False)], set()).summary() == []


def test_other_accounts_of_somebody_revoked_are_shut_too_and_other_people_s_never() -> None:
    rows = [("directory", "bob", True), ("team", "bob", False), ("team", "admins-own", False)]
    work = slurm_accounts.compare({"carol": True}, [Association(*row) for row in rows], set())
    assert (work.add, work.shut, work.open) == (["carol"], ["bob"], [])


def test_people_who_could_not_be_added_are_counted(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    node = make_node(tmp_path, Commands({**ON, SHOW: "root|root||\n"}))
    with serve(pair, directory) as port, pytest.raises(Fault, match="3 people have no Slurm association"):
        slurm_accounts.apply(node, at(port, pair.certificate))


def test_a_dead_slurmdbd_is_a_fault_that_is_not_ours(tmp_path: Path) -> None:
    down = CommandError(["sacctmgr"], 1, "Connection refused")
    pair = certificate(tmp_path, "localhost")
    node = make_node(tmp_path, Commands({**ON, "sacctmgr": down}))
    with serve(pair, directory) as port, pytest.raises(Fault, match="PLN-SLURM") as caught:
        slurm_accounts.check(node, at(port, pair.certificate))
    assert not caught.value.ours


def test_a_directory_that_hangs_up_is_a_fault_that_is_not_ours(tmp_path: Path) -> None:
    pair = certificate(tmp_path, "localhost")
    node = make_node(tmp_path, Commands({**ON, "sacctmgr": ""}))
    respond = lambda tag, _parts: [result(0x61)] if tag == 0x60 else []  # noqa: E731
    with serve(pair, respond) as port, pytest.raises(Fault, match="PLN-SEARCH"):
        slurm_accounts.check(node, at(port, pair.certificate))
