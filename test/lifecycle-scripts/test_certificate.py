"""What the node trusts: the chain, else the certificate, or the system's store."""

import json
from pathlib import Path

import pytest
from ldap_server import certificate as make
from podlaunch_node import certificate, files
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError, run
from support import CERTIFICATE_ARN, Commands, make_node, plan

BY_SYSTEM = "openssl verify -no_check_time -CApath"
NOT_KNOWN = CommandError(["openssl"], 2, "unable to get local issuer certificate")


def acm(leaf: str, chain: str | None) -> str:
    """ACM's answer."""
    return json.dumps({"Certificate": leaf, **({"CertificateChain": chain} if chain else {})})


def test_a_chain_is_the_anchor(tmp_path: Path) -> None:
    leaf, chain = make(tmp_path, "leaf").certificate, make(tmp_path, "ca").certificate
    commands = Commands({"aws acm get-certificate": acm(leaf, f"noise\n{chain}"), BY_SYSTEM: NOT_KNOWN})
    assert certificate.fetch(make_node(tmp_path, commands), "r", CERTIFICATE_ARN) == chain


def test_a_chain_that_does_not_vouch_for_the_certificate_is_no_anchor(tmp_path: Path) -> None:
    leaf, other = make(tmp_path, "leaf").certificate, make(tmp_path, "other").certificate
    commands = Commands({"aws acm get-certificate": acm(leaf, other), "openssl verify": NOT_KNOWN})
    assert certificate.fetch(make_node(tmp_path, commands), "r", CERTIFICATE_ARN) == leaf


def test_without_a_chain_the_certificate_itself_is(tmp_path: Path) -> None:
    leaf = make(tmp_path, "leaf").certificate
    commands = Commands({"aws acm get-certificate": acm(leaf.replace("\n", "\r\n"), None)})
    assert certificate.fetch(make_node(tmp_path, commands), "r", CERTIFICATE_ARN) == leaf


def test_what_the_system_vouches_for_is_left_to_its_store(tmp_path: Path) -> None:
    leaf, chain = make(tmp_path, "leaf").certificate, make(tmp_path, "ca").certificate
    commands = Commands({"aws acm get-certificate": acm(leaf, chain)})
    assert certificate.fetch(make_node(tmp_path, commands), "r", CERTIFICATE_ARN) is None
    assert certificate.cafile(make_node(tmp_path), plan(anchor=None)) == certificate.SYSTEM


def test_openssl_itself_says_who_vouches_for_whom(tmp_path: Path) -> None:
    one, other = make(tmp_path, "one").certificate, make(tmp_path, "other").certificate
    node = Node(root=tmp_path, run=run)
    system, chain = ["-CApath", "/etc/ssl/certs", "-no-CAfile"], ["-partial_chain", "-no-CApath"]
    assert not certificate.vouches(node, system, [one], [one])
    assert certificate.vouches(node, chain, [one], [one])
    assert not certificate.vouches(node, chain, [one], [other])
    expired = make(tmp_path, "old", days=-1).certificate
    assert certificate.vouches(node, chain, [expired], [expired]), "dates are the handshake's business"


@pytest.mark.parametrize("leaf", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_a_damaged_certificate_is_a_fault(tmp_path: Path, leaf: str) -> None:
    commands = Commands({"aws acm get-certificate": acm(leaf, None)})
    with pytest.raises(Fault, match="PLN-CERTIFICATE"):
        certificate.fetch(make_node(tmp_path, commands), "r", CERTIFICATE_ARN)


def test_it_is_asked_for_once_and_again_under_another_name(tmp_path: Path) -> None:
    pem = make(tmp_path, "leaf").certificate
    commands = Commands({"aws acm get-certificate": acm(pem, None)})
    node = make_node(tmp_path, commands)
    certificate.apply(node, plan(anchor=pem))
    assert certificate.known_or_fetch(node, "r", CERTIFICATE_ARN) == pem
    assert commands.lines == []
    assert certificate.known_or_fetch(node, "r", f"{CERTIFICATE_ARN}9") == pem
    assert len(commands.lines) == 1


def test_check_apply_verify(tmp_path: Path) -> None:
    pem = make(tmp_path, "leaf").certificate
    node, wanted = make_node(tmp_path), plan(anchor=pem)
    assert len(certificate.check(node, wanted)) == 2
    certificate.apply(node, wanted)
    certificate.verify(node, wanted)
    assert certificate.check(node, wanted) == []
    assert files.is_so(node, certificate.ANCHOR, pem, 0o644)
    files.write(node, certificate.ANCHOR, "changed by hand")
    assert certificate.check(node, wanted)
    with pytest.raises(Fault, match="PLN-CERTIFICATE"):
        certificate.verify(node, wanted)
