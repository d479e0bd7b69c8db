"""Differences between settings, in words, and which of them widen."""

import dataclasses
from typing import Any

import pytest
from podlaunch_node import settings
from podlaunch_node.settings import Settings
from podlaunch_node.settings_changes import between
from support import DOCUMENT, document

ADMIN, SCIENCE = DOCUMENT["groups"]
NEW = {"name": "New", "logIn": ["Login"], "sudo": False}


def parsed(**changes: Any) -> Settings:
    """The settings with changes."""
    return settings.parse(document(**{"metadataAccounts": ["telegraf"], **changes}), "a test")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"groups": [ADMIN, SCIENCE, NEW]}, "the group New may log in on login nodes"),
        ({"groups": [ADMIN, SCIENCE, {**NEW, "sudo": True}]}, "the group New may log in on login nodes, with sudo"),
        ({"groups": [ADMIN, {**SCIENCE, "sudo": True}]}, "the group Data Science gets sudo"),
        (
            {"groups": [ADMIN, {**SCIENCE, "logIn": ["Login", "Compute", "Controller"]}]},
            "the group Data Science may log in on workers, the controller",
        ),
        ({"userMetadataAccess": "open"}, "userMetadataAccess is open, it was closed"),
        ({"directory": {**DOCUMENT["directory"], "ldapsHost": "x.y"}}, "the directory's ldapsHost is x.y"),
        ({"directory": {**DOCUMENT["directory"], "ldapsPort": 637}}, "the directory's ldapsPort is 637, it was 636"),
        ({"instanceGroups": DOCUMENT["instanceGroups"][:2]}, "the instance group worker is None, it was Compute"),
        ({"homeRoot": "/tmp/home"}, "homeRoot is /tmp/home, it was /fsx/home"),
        ({"refreshSeconds": 86400}, "refreshSeconds is 86400, it was 600"),
        ({"joinFailure": "fail"}, "joinFailure is fail, it was retry"),
        ({"slurmAccounts": False}, "slurmAccounts is false, it was true"),
        ({"metadataAccounts": ["telegraf", "fluentd"]}, "metadataAccounts is telegraf, fluentd, it was telegraf"),
    ],
)
def test_what_lets_more_people_do_more_widens(changes: dict[str, Any], words: str) -> None:
    (change,) = between(parsed(), parsed(**changes))
    assert change.widens
    assert change.message.startswith(words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"groups": [ADMIN]}, ["the group Data Science may no longer log in on login nodes"]),
        ({"groups": [{**ADMIN, "sudo": False}, SCIENCE]}, ["the group ClusterAdmin loses sudo"]),
        ({"passwordLogin": False}, ["passwordLogin is false, it was true"]),
        ({"expiredPassword": "refuse-all"}, ["expiredPassword is refuse-all, it was refuse-password"]),
        ({"refreshSeconds": 60}, ["refreshSeconds is 60, it was 600"]),
        ({"workerLogin": "with-job"}, ["workerLogin is with-job, it was always"]),
        ({"metadataAccounts": []}, ["metadataAccounts is empty, it was telegraf"]),
        ({}, []),
    ],
)
def test_what_takes_something_away_does_not(changes: dict[str, Any], words: list[str]) -> None:
    found = between(parsed(), parsed(**changes))
    assert [change.message for change in found] == words
    assert not any(change.widens for change in found)


def test_the_way_back_widens() -> None:
    changed = parsed(groups=[ADMIN], passwordLogin=False, expiredPassword="refuse-all", refreshSeconds=60)
    back = between(changed, parsed())
    assert len(back) == 4
    assert all(change.widens for change in back)


def test_a_setting_that_nothing_is_said_of_widens_by_any_change() -> None:
    for field in dataclasses.fields(Settings):
        if field.name in ("groups", "instance_groups", "directory"):
            continue
        other: dict[str, Any] = {field.name: object()}
        changed = dataclasses.replace(parsed(), **other)
        assert [change.message for change in between(parsed(), changed)], field.name
