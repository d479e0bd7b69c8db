"""Every kind of certificate that the load balancer may show."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab import balancer
from lab.certificates import Pair, self_signed, signed
from lab.cluster import Lab
from lab.machine import wait_for
from lab.node import Node
from lab.paths import CHECKOUT
from lab.report import Report

REFUSED: dict[str, Callable[[Lab], Pair]] = {
    "expired": lambda lab: signed(lab.vpc.machine, balancer.NAME, lab.authority, days=(-30, -1)),
    "not yet valid": lambda lab: signed(lab.vpc.machine, balancer.NAME, lab.authority, days=(1, 30)),
    "of another name": lambda lab: signed(lab.vpc.machine, "other.internal", lab.authority),
    "of another authority": lambda lab: signed(
        lab.vpc.machine, balancer.NAME, self_signed(lab.vpc.machine, "Somebody else")
    ),
}


@pytest.fixture
def right_certificate_after(lab: Lab, login: Node) -> Iterator[None]:
    """Puts the lab's own certificate back."""
    yield
    lab.balancer.serve(lab.leaf)
    lab.import_certificate(lab.leaf)
    assert login.podlaunch("refresh").ok
    login.wait_online()


def diagnosed(node: Node) -> str:
    """What diagnose says, in lower case."""
    said = node.podlaunch("diagnose")
    assert not said.ok
    return (said.out + said.err).lower()


@pytest.mark.parametrize("kind", REFUSED)
def test_a_wrong_certificate_is_refused_and_named(
    lab: Lab, login: Node, right_certificate_after: None, report: Report, kind: str
) -> None:
    assert lab.laptop.password("alice", "login-1").ok
    lab.balancer.serve(REFUSED[kind](lab))
    login.machine.must("systemctl", "restart", "sssd")
    login.forget_cache()
    assert not login.online(), "the certificate is checked hard"
    assert "certificate" in diagnosed(login)
    assert lab.laptop.key("alice", "login-1").ok, "from the cache"
    report.fault(
        f"a certificate {kind}", "nothing, if he has logged in before; others are refused", "until it is replaced"
    )


def test_the_scripts_do_not_take_the_common_name_for_one_that_the_alternative_names_lack(
    lab: Lab, login: Node, right_certificate_after: None
) -> None:
    # SSSD's LDAP library does; a new node does not get as far as SSSD.
    lab.balancer.serve(signed(lab.vpc.machine, balancer.NAME, lab.authority, ["other.internal"]))
    assert "certificate" in diagnosed(login)


def test_a_leaf_renewed_under_the_same_authority_costs_nothing(
    lab: Lab, login: Node, right_certificate_after: None, report: Report
) -> None:
    renewed = signed(lab.vpc.machine, balancer.NAME, lab.authority)
    lab.balancer.serve(renewed)
    took = wait_for(login.online, 30, "online with the renewed leaf")
    assert lab.laptop.password("carol", "login-1").ok
    lab.import_certificate(renewed)
    before = login.machine.must("systemctl", "show", "-p", "MainPID", "sssd")
    assert login.podlaunch("refresh").ok
    assert login.machine.must("systemctl", "show", "-p", "MainPID", "sssd") == before, "the authority is the same"
    report.fault("the certificate is renewed under the same authority", "nothing", f"online after {took:.1f} s")


def test_what_podlaunch_makes_is_taken_by_sssd_and_by_gnutls(
    lab: Lab, login: Node, right_certificate_after: None, tmp_path: Path
) -> None:
    create = ["node", str(CHECKOUT / "lib/cli.cjs"), "certificate", "create", "--name", balancer.NAME, "--out", "made"]
    subprocess.run(create, check=True, capture_output=True, cwd=tmp_path)
    certificate, key, chain = (
        (tmp_path / "made" / f"{file}.pem").read_text() for file in ("certificate", "certificate-key", "ca")
    )
    pair = Pair(certificate, key, chain)
    lab.balancer.serve(pair)
    lab.import_certificate(pair)
    assert login.podlaunch("refresh").ok
    login.wait_online()
    assert lab.laptop.password("carol", "login-1").ok
    strictly = "LDAPTLS_REQCERT=hard LDAPTLS_CACERT=/etc/podlaunch/directory-ca.pem"
    search = f"{strictly} ldapsearch -x -LLL -H ldaps://{balancer.NAME} -s base -b '' dnsHostName"
    assert "dnsHostName: " in login.machine.sh(search)
    assert "libgnutls" in login.machine.sh("ldd $(command -v ldapsearch)")


def test_a_self_signed_certificate_is_trusted_and_its_successor_after_a_refresh(
    lab: Lab, login: Node, right_certificate_after: None
) -> None:
    for names in ([balancer.NAME], [balancer.NAME], []):  # the last as old guides make them: a common name alone
        pair = self_signed(lab.vpc.machine, balancer.NAME, names, authority=False)
        lab.balancer.serve(pair)
        lab.import_certificate(pair)
        assert login.podlaunch("refresh").ok
        login.wait_online()
        assert lab.laptop.password("carol", "login-1").ok


def test_a_public_certificate_is_trusted_by_its_own_chain_and_no_other_public_authority(
    lab: Lab, login: Node, right_certificate_after: None
) -> None:
    own, other = (self_signed(lab.vpc.machine, name) for name in ("Public One", "Public Two"))
    store, bundle = "/etc/ssl/certs", "/etc/ssl/certs/ca-certificates.crt"
    login.machine.must("cp", bundle, "/root/bundle.before")
    try:
        for index, authority in enumerate((own, other)):
            login.machine.write(f"{store}/public-{index}.pem", authority.certificate)
        login.machine.sh(
            f"cd {store}; cat public-*.pem >>{bundle};"
            "for one in public-*.pem; do ln -s $one $(openssl x509 -hash -noout -in $one).0; done"
        )
        listed = signed(lab.vpc.machine, balancer.NAME, own)
        lab.balancer.serve(listed)
        lab.import_certificate(listed)
        assert login.podlaunch("refresh").ok
        login.wait_online()
        lab.balancer.serve(signed(lab.vpc.machine, balancer.NAME, other))
        login.machine.must("systemctl", "restart", "sssd")
        login.forget_cache()
        assert not login.online(), "the system trusts this authority, the node does not for its directory"
        assert "certificate" in diagnosed(login)
    finally:
        login.machine.sh(
            f"cp /root/bundle.before {bundle}; cd {store}; find . -lname 'public-*' -delete; rm -f public-*"
        )


def test_a_certificate_for_another_host_is_refused_though_its_authority_is_right(
    lab: Lab, login: Node, right_certificate_after: None
) -> None:
    wrong = signed(lab.vpc.machine, "www.hyperpod.internal", lab.authority)
    lab.balancer.serve(wrong)
    lab.import_certificate(wrong)
    refreshed = login.podlaunch("refresh")
    assert f"is not one for {balancer.NAME}" in refreshed.out + refreshed.err


@pytest.mark.parametrize("kind", ["expired", "of another name"])
def test_a_new_node_behind_a_wrong_certificate_stays_closed_and_in_service(
    lab: Lab, new_worker: Node, right_certificate_after: None, kind: str
) -> None:
    lab.balancer.serve(REFUSED[kind](lab))
    joined = new_worker.entry()
    assert joined.ok, joined.err
    assert "certificate" in (joined.out + joined.err).lower()
    assert not lab.laptop.key("alice", "worker-1").ok
    assert lab.laptop.key("ubuntu", "worker-1").ok
