"""Values of altSecurityIdentities that are not offered to sshd, and why."""

import pytest
from podlaunch_node.diagnose import key_values

BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIAbc"
KEY = f"ssh-ed25519 {BLOB} alice@laptop"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (f"SSHKey:{KEY}", "begins with SSHKey:"),
        (f'from="10.0.0.0/8" {KEY}', "begins with from="),
        (f'"{KEY}"', 'begins with "'),
        (BLOB, "begins with something else than the type of a key"),
        (f"{KEY}\n{KEY}", "line end"),
        (f"ssh-ed25519 {BLOB[:9]}\r\n{BLOB[9:]}", "line end"),
        (f"{KEY}\r", "carriage return"),
        (f"\ufeff{KEY}", "not ASCII"),
        (f"ssh-ed25519\u00a0{BLOB}", "not ASCII"),
        (f"ssh-dss {BLOB}", "ssh-dss"),
        (f"ssh-ed25519-cert-v01@openssh.com {BLOB}", "cert"),
        ("ssh-ed25519", "no key in base64"),
        ("ssh-ed25519 AA=A me", "no key in base64"),
        (f"ssh-rsa {'A' * 20_000}", "longer than"),
        (" ", "is empty"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----", "private key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----", "line end"),
    ],
)
def test_the_reason_is_said_and_never_the_value(value: str, reason: str) -> None:
    (said,) = key_values.refused([value.encode()], [])
    assert reason in said
    assert BLOB[4:12] not in said


def test_keys_that_are_offered_and_the_directory_s_own_mappings_are_in_order() -> None:
    values = [KEY, f" ssh-ed25519\t{BLOB}  other", "X509:<I>CN=CA<S>CN=alice", "kerberos:alice@EXAMPLE.COM"]
    assert key_values.refused([one.encode() for one in values], [KEY]) == []


def test_a_key_that_sssd_has_not_read_yet_has_nothing_wrong_with_it() -> None:
    assert key_values.refused([KEY.encode()], []) == [""]
