"""Dates on which something stops working are said before."""

import time
from pathlib import Path

import pytest
from ldap_server import certificate, result, serve
from podlaunch_node.diagnose import link
from podlaunch_node.ldap import client, ends
from podlaunch_node.ldap.ends import DAY, End

NOW = 1_800_000_000.0


def end(days: float, ahead: int = 14) -> End:
    """Something that ends in so many days."""
    return End("it", NOW + days * DAY, ahead, "Renew it.")


@pytest.mark.parametrize(
    ("days", "words"),
    [(13.9, "(in 13 days)"), (1.2, "(in 1 day)"), (0.4, "(within 1 day)"), (-3, "(it has ended)")],
)
def test_it_is_said_when_it_is_near(days: float, words: str) -> None:
    (warning,) = [one.warning(NOW) for one in ends.near([end(days), end(40)], NOW)]
    assert warning.code == "PLN-ENDS"
    assert warning.message.startswith(f"it ends on 2027-01-{15 + int((days * DAY + 28800) // DAY)} {words}")
    assert not warning.ours


def test_what_is_far_away_is_not_said() -> None:
    assert ends.near([end(14.1), end(29, 28)], NOW) == []


def test_a_link_names_the_day_and_warns_when_it_is_near() -> None:
    far, soon = end(20), end(2)
    assert link.until("bind", "as me", [far], NOW).summary() == [f"ok   bind      as me, valid until {far.day}"]
    near = link.until("bind", "as me", [far, soon], NOW)
    assert near.is_whole, "it works today"
    assert near.summary() == [f"WARN bind      PLN-ENDS: as me; {soon.summary(NOW)}", "     what to do: Renew it."]
    assert link.until("bind", "as me", [], NOW).message == "as me"


def test_certificate_and_authority_both_end(tmp_path: Path) -> None:
    shown = certificate(tmp_path, "localhost", 20)
    with (
        serve(shown, lambda _tag, _parts: [result(0x61)]) as port,
        client.connect("localhost", port, shown.certificate, 5) as ldap,
    ):
        leaf, authority = ends.of_certificates(ldap.tls, shown.certificate)
    assert leaf.what == "the certificate of localhost"
    assert authority.what.startswith("the authority")
    for one in (leaf, authority):
        assert one.at - time.time() == pytest.approx(20 * DAY, abs=120)
        assert one.is_near(time.time())
