"""What the node trusts: the certificate's own chain, else the certificate itself, and only for the LDAPS host."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from ldap_server import Pair
from ldap_server import certificate as make
from podlaunch_node.faults import Fault
from podlaunch_node.node import Node
from podlaunch_node.run import CommandError, run
from podlaunch_node.steps.directory import certificate
from podlaunch_node.system import files
from support import CERTIFICATE_ARN, Commands, make_node, plan

DIRECTORY = plan().settings.directory
HOST = DIRECTORY.ldaps_host


def acm(leaf: str, chain: str | None) -> Commands:
    """ACM's answer; openssl is the real one."""
    answer = json.dumps({"Certificate": leaf, **({"CertificateChain": chain} if chain else {})})
    return Commands({"aws acm get-certificate": answer, "openssl": lambda argv, _stdin: run(argv)})


def signed(folder: Path, name: str, by: Pair) -> str:
    """A certificate for a name under an authority, in PEM."""
    request, out = folder / "leaf.csr", folder / "leaf.pem"
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(folder / "leaf.key")]
    subprocess.run(["openssl", "req", "-new", *key, "-out", str(request), *subject], check=True, capture_output=True)
    sign = ["-CA", str(by.file), "-CAkey", str(by.file), "-CAcreateserial", "-copy_extensions", "copy", "-days", "2"]
    argv = ["openssl", "x509", "-req", "-in", str(request), "-out", str(out), *sign]
    subprocess.run(argv, check=True, capture_output=True)
    return out.read_text()


def test_a_chain_is_the_anchor(tmp_path: Path) -> None:
    authority = make(tmp_path, "ca")
    commands = acm(signed(tmp_path, HOST, authority), f"noise\n{authority.certificate}")
    assert certificate.fetch(make_node(tmp_path, commands), "r", DIRECTORY) == authority.certificate


def test_that_of_a_public_authority_too_whatever_else_the_system_trusts(tmp_path: Path) -> None:
    authority = make(tmp_path, "ca")
    commands = acm(signed(tmp_path, HOST, authority), authority.certificate)
    commands.answers["openssl verify -no_check_time -CApath"] = "the system's store vouches for it"
    node = make_node(tmp_path, commands)
    wanted = plan(anchor=certificate.fetch(node, "r", DIRECTORY))
    certificate.apply(node, wanted)
    assert wanted.anchor == authority.certificate
    assert certificate.cafile(node) == str(node.path(certificate.ANCHOR))


def test_a_chain_that_does_not_vouch_for_the_certificate_is_no_anchor(tmp_path: Path) -> None:
    leaf, other = make(tmp_path, HOST).certificate, make(tmp_path, "other").certificate
    assert certificate.fetch(make_node(tmp_path, acm(leaf, other)), "r", DIRECTORY) == leaf


def test_without_a_chain_the_certificate_itself_is(tmp_path: Path) -> None:
    leaf = make(tmp_path, HOST).certificate
    commands = acm(leaf.replace("\n", "\r\n"), None)
    assert certificate.fetch(make_node(tmp_path, commands), "r", DIRECTORY) == leaf


def test_a_certificate_for_another_host_is_refused_whoever_vouches_for_it(tmp_path: Path) -> None:
    authority = make(tmp_path, "ca")
    commands = acm(signed(tmp_path, "www.corp.example.com", authority), authority.certificate)
    with pytest.raises(Fault, match=f"PLN-CERTIFICATE.* is not one for {HOST}"):
        certificate.fetch(make_node(tmp_path, commands), "r", DIRECTORY)


def test_openssl_itself_says_who_vouches_for_whom(tmp_path: Path) -> None:
    one, other = make(tmp_path, "one").certificate, make(tmp_path, "other").certificate
    node = Node(root=tmp_path, run=run)
    assert certificate.vouches(node, [one], [one])
    assert certificate.vouches(node, [one], [one], "one")
    assert not certificate.vouches(node, [one], [one], "other")
    assert not certificate.vouches(node, [other], [one])
    expired = make(tmp_path, "old", days=-1).certificate
    assert certificate.vouches(node, [expired], [expired]), "dates are the handshake's business"


def test_a_node_without_openssl_says_so(tmp_path: Path) -> None:
    pem = make(tmp_path, HOST).certificate
    node = make_node(tmp_path, Commands({"openssl": CommandError(["openssl"], None, "not found")}))
    with pytest.raises(Fault, match="PLN-CERTIFICATE: openssl") as caught:
        certificate.vouches(node, [pem], [pem])
    assert caught.value.next_step == "Install openssl."


@pytest.mark.parametrize("leaf", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_a_damaged_certificate_is_a_fault(tmp_path: Path, leaf: str) -> None:
    with pytest.raises(Fault, match="PLN-CERTIFICATE"):
        certificate.fetch(make_node(tmp_path, acm(leaf, None)), "r", DIRECTORY)


def test_it_is_asked_for_once_and_again_under_another_name(tmp_path: Path) -> None:
    pem = make(tmp_path, HOST).certificate
    commands = acm(pem, None)
    node = make_node(tmp_path, commands)
    certificate.apply(node, plan(anchor=pem))
    assert certificate.known_or_fetch(node, "r", DIRECTORY) == pem
    assert commands.lines == []
    assert certificate.known_or_fetch(node, "r", replace(DIRECTORY, certificate_arn=f"{CERTIFICATE_ARN}9")) == pem
    assert commands.ran("aws acm")
    with pytest.raises(Fault, match="is not one for"):
        certificate.known_or_fetch(node, "r", replace(DIRECTORY, ldaps_host="ldaps.other.example.com"))


def test_check_apply_verify(tmp_path: Path) -> None:
    pem = make(tmp_path, "leaf").certificate
    node, wanted = make_node(tmp_path), plan(anchor=pem)
    assert len(certificate.check(node, wanted)) == 2
    certificate.apply(node, wanted)
    certificate.verify(node, wanted)
    assert certificate.check(node, wanted) == []
    assert files.matches(node, certificate.ANCHOR, pem, 0o644)
    files.write(node, certificate.ANCHOR, "changed by hand")
    assert certificate.check(node, wanted)
    with pytest.raises(Fault, match="PLN-CERTIFICATE"):
        certificate.verify(node, wanted)
