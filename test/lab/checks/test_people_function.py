"""The people function makes people in the real directory, and they log in."""

import json
import re
from collections.abc import Iterator

import pytest

from lab.cluster import Lab
from lab.directory import DATABASE, public_key
from lab.machine import wait_for
from lab.node import Node
from lab.people import BIND_ACCOUNTS, BIND_PASSWORD, OU
from lab.people_function import PeopleFunction, people_function

ADA = "ada"
MADE = [f"CN={ADA},OU=Users,{OU}", f"CN=podlaunch-bind,OU=Groups,{OU}", f"CN=podlaunch-lock,{OU}"]
SECOND = f"CN={BIND_ACCOUNTS[1]},OU=Users,{OU}"
MARKED = [f"CN=ClusterAdmin,OU=Groups,{OU}", *(f"CN={name},OU=Users,{OU}" for name in BIND_ACCOUNTS)]


@pytest.fixture(scope="module")
def function(lab: Lab) -> Iterator[PeopleFunction]:
    """The function; afterwards the directory is as it was."""
    lab.directory.modify(SECOND, "add", "adminDescription", "podlaunch:bind:1")
    try:
        with people_function(lab) as made:
            yield made
    finally:
        for dn in MADE:
            lab.directory.dc1.run("ldbdel", "-H", DATABASE, dn)
        for dn in MARKED:
            lab.directory.modify(dn, "replace", "adminDescription")
        lab.directory.replicate()


def test_whom_the_function_makes_logs_in_with_sudo_until_removed(
    lab: Lab, login: Node, function: PeopleFunction
) -> None:
    person = {"name": ADA, "groups": ["ClusterAdmin"], "keys": [public_key("crowd")]}
    document = {"groups": ["ClusterAdmin"], "people": [person]}
    (problem,) = function.ask(action="plan", document=document)["problems"]
    found = re.search(r"ClusterAdmin: exists, .* its objectGUID: (\S+)$", problem)
    assert found, problem
    document["groups"] = [{"name": "ClusterAdmin", "objectGUID": found.group(1)}]

    planned = function.ask(action="plan", document=document)
    done = function.ask(action="apply", document=document)
    assert done["done"] == planned["plan"], done
    assert f"put {ADA} into ClusterAdmin, whose members are root of the cluster" in done["done"]
    assert function.ask(action="plan", document=document) == {"plan": [], "problems": [], "notes": []}
    exported = function.ask(action="export")["document"]
    assert [one["name"] for one in exported["people"]] == [ADA]
    show = ["samba-tool", "domain", "passwordsettings", "pso", "show-user"]
    assert "Minimum password length: 14" in lab.directory.dc1.must(*show, ADA)
    of_bind = lab.directory.dc1.must(*show, BIND_ACCOUNTS[1])
    assert "CustomerPSO-01" in of_bind
    assert "Account lockout threshold (attempts): 0" in of_bind

    lab.directory.replicate_both_ways()
    said = lab.laptop.key(ADA, "login-1", "id -un; sudo -n id -un", key="crowd")
    assert said.out.split() == [ADA, "root"], said
    members = lab.directory.dc1.must("samba-tool", "group", "listmembers", "ClusterAdmin").split()
    assert {"alice", ADA} <= {*members}, "whom podlaunch did not make stays"

    answer = function.ask(action="reset password", name=ADA, reader="arn:aws:iam::111122223333:role/Ada")
    secret = lab.vpc.call("secretsmanager", "get_secret_value", SecretId=answer["secret"])
    password = json.loads(secret["SecretString"])["password"]
    assert password not in str(answer)
    lab.directory.replicate_both_ways()
    assert lab.laptop.password(ADA, "login-1", "id -un", password=password).out.split() == [ADA]

    assert function.ask(action="apply", edits=[{"edit": "remove", "name": ADA}])["done"] == [
        f"disable {ADA}",
        f"take {ADA} out of ClusterAdmin",
    ]
    lab.directory.replicate_both_ways()
    refused = lambda: not lab.laptop.key(ADA, "login-1", key="crowd").ok  # noqa: E731
    wait_for(refused, 60, f"{ADA} is refused")


def test_a_bind_account_with_another_password_gets_that_of_the_secret_again(
    lab: Lab, login: Node, function: PeopleFunction
) -> None:
    first = f"CN={BIND_ACCOUNTS[0]},OU=Users,{OU}"
    # Samba hands Admin's rights down to what is in the unit already, some time after they were given.
    wait_for(lambda: "error" not in function.ask(action="apply", edits=[]), 60, "Admin may change what is there")
    lab.directory.set_password(first, "An0ther.Passw0rd")
    lab.directory.set_password(first, "An0ther.Passw0rd2")  # Samba takes the one before for an hour.
    try:
        done = function.ask(action="apply", edits=[])["done"]
        assert done == [f"give {BIND_ACCOUNTS[0]} the password of the bind secret"]
        lab.directory.replicate_both_ways()
        assert login.podlaunch("diagnose").ok
    finally:
        lab.directory.set_password(first, BIND_PASSWORD)
