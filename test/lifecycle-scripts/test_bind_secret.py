"""The bind secret: its form, and that it is never shown."""

import json
from pathlib import Path

import pytest
from podlaunch_node.faults import Fault
from podlaunch_node.ldap import bind_secret
from support import BIND_DN, PASSWORD, SECRET_ARN, Commands, make_node


def test_it_is_read_from_secrets_manager(tmp_path: Path) -> None:
    text = json.dumps({"bindDn": BIND_DN, "password": PASSWORD})
    commands = Commands({"aws secretsmanager get-secret-value": json.dumps({"SecretString": text})})
    found = bind_secret.fetch(make_node(tmp_path, commands), "us-west-2", SECRET_ARN)
    assert (found.bind_dn, found.password) == (BIND_DN, PASSWORD)
    assert not any(PASSWORD in line for line in commands.lines)
    assert PASSWORD not in repr(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "JSON object"),
        ("hunter2", "JSON object"),
        ('["hunter2"]', "JSON object"),
        ('{"password": "hunter2"}', "no bindDn"),
        ('{"bindDn": "CN=x", "password": ""}', "no password"),
        ('{"bindDn": "CN=x", "password": 7}', "no password"),
        ('{"bindDn": "CN=x\\n", "password": "hunter2"}', "control character in bindDn"),
        ('{"bindDn": "CN=x", "password": "hunter2\\u0000"}', "control character in password"),
    ],
)
def test_another_form_is_a_fault_that_does_not_show_it(text: str | None, words: str) -> None:
    with pytest.raises(Fault, match="PLN-SECRET") as caught:
        bind_secret.parse(text, SECRET_ARN)
    assert words in caught.value.message
    assert "hunter2" not in f"{caught.value} {caught.value.next_step}"
