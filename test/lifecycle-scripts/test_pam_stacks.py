"""Our lines in PAM's stacks that somebody edited."""

import re

import pytest
from podlaunch_node.steps.session import nss_pam, pam_stacks
from support import plan

# What other profiles put into the blocks: Primary and Additional. `end` is as pam-auth-update reads it.
STOCK = {
    "auth": (["[success=end default=ignore] pam_unix.so nullok"], ["optional pam_cap.so"]),
    "account": (["[success=1 new_authtok_reqd=done default=ignore] pam_unix.so"], []),
    "password": (["[success=end default=ignore] pam_unix.so obscure yescrypt"], ["optional pam_gnome_keyring.so"]),
}


def built(stack: str, blocks: tuple[list[str], list[str]], ours: list[str] | None = None) -> str:
    """A stack as pam-auth-update writes it, with our lines first in their block."""
    ours = [re.sub(r"(pam_\w+\.so)\s*", r"\1 ", line) for line in ours or []]
    primary, additional = blocks
    if pam_stacks.BLOCK[stack] == pam_stacks.PRIMARY:
        primary = [*ours, *primary]
    else:
        additional = [*ours, *additional]
    numbered = [line.replace("=end", f"={len(primary) - at}") for at, line in enumerate(primary)]
    rows = [
        *("#", f"# /etc/pam.d/common-{stack}", "#", "", pam_stacks.PRIMARY, *numbered, pam_stacks.FALLBACK),
        *("requisite pam_deny.so", "# prime the stack", "required pam_permit.so"),
        *(pam_stacks.ADDITIONAL, *additional, "# end of pam-auth-update config"),
    ]
    return "".join(f"{stack}\t{row}\n" if row and not row.startswith("#") else f"{row}\n" for row in rows)


def lines(stack: str, **changes: str) -> list[str]:
    """Our lines."""
    return nss_pam.wanted_lines(plan(**changes), stack)


@pytest.mark.parametrize("stack", pam_stacks.STACKS)
def test_they_are_where_pam_auth_update_puts_them(stack: str) -> None:
    ours = lines(stack)
    assert len(ours) > 2
    wanted = built(stack, STOCK[stack], ours)
    assert pam_stacks.splice(built(stack, STOCK[stack]), stack, [], ours) == wanted
    assert pam_stacks.is_built(wanted, ours)
    assert not pam_stacks.is_built(built(stack, STOCK[stack]), ours)


@pytest.mark.parametrize("stack", pam_stacks.STACKS)
def test_they_take_the_place_of_older_ones(stack: str) -> None:
    old, new = lines(stack), lines(stack, expiredPassword="refuse-all")
    for before, after in ((old, new), (new, old)):
        text = built(stack, STOCK[stack], before)
        assert pam_stacks.splice(text, stack, before, after) == built(stack, STOCK[stack], after)


@pytest.mark.parametrize("stack", pam_stacks.STACKS)
def test_where_one_of_them_was_deleted_all_are_put_back(stack: str) -> None:
    ours = lines(stack)
    for at in range(len(ours)):
        text = built(stack, STOCK[stack], [*ours[:at], *ours[at + 1 :]])
        assert not pam_stacks.is_built(text, ours)
        assert pam_stacks.splice(text, stack, ours, ours) == built(stack, STOCK[stack], ours)


@pytest.mark.parametrize(
    ("stack", "own"),
    [
        ("auth", ["[success=end default=ignore] pam_sss.so use_first_pass"]),
        ("account", ["sufficient pam_localuser.so", "[default=bad success=ok user_unknown=ignore] pam_sss.so"]),
        ("password", ["sufficient pam_sss.so use_authtok"]),
    ],
)
def test_lines_of_sssd_s_own_profile_do_nothing_any_more(stack: str, own: list[str]) -> None:
    primary, additional = STOCK[stack]
    at = (primary, [*own, *additional]) if stack == "account" else ([*primary, *own], additional)
    nothing = [re.sub(r".*pam_sss.*", "[default=ignore]\tpam_permit.so ", line) for line in own]
    then = (primary, [*nothing, *additional]) if stack == "account" else ([*primary, *nothing], additional)
    ours = lines(stack)
    assert pam_stacks.splice(built(stack, at), stack, [], ours) == built(stack, then, ours)


def landing(text: str, row: str) -> str:
    """The module that a line's first jump leads to in the end: what it lands on may jump whatever comes out."""
    modules = [one.split("\t", 1)[1] for one in text.splitlines() if one and not one.startswith("#")]
    at = next(number for number, one in enumerate(modules) if one.startswith(row))
    jump = re.search(r"success=(\d+)", modules[at])
    assert jump
    while jump:
        at += 1 + int(jump.group(1))
        jump = re.match(r"\[default=(\d+)\]", modules[at])
    return modules[at]


EDITS = {
    "a module added before the block": (pam_stacks.PRIMARY, f"auth\trequired pam_faildelay.so\n{pam_stacks.PRIMARY}"),
    "a module added in the block": (
        f"{pam_stacks.FALLBACK}\n",
        f"auth\t[default=die] pam_faillock.so authfail\n{pam_stacks.FALLBACK}\n",
    ),
    "a module commented out": ("auth\toptional pam_cap.so", "# auth optional pam_cap.so"),
    "an option taken away": (" nullok", ""),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_stays_and_every_jump_of_ours_lands_behind_the_fallback(edit: str) -> None:
    text = built("auth", STOCK["auth"])
    edited = text.replace(*EDITS[edit])
    assert edited != text
    spliced = pam_stacks.splice(edited, "auth", [], lines("auth"))
    assert spliced is not None
    kept = [row for row in spliced.splitlines() if "pam_sss" not in row]
    assert [row for row in edited.splitlines() if row not in kept] == []
    sss = [row for row in spliced.splitlines() if "pam_sss.so" in row]
    assert [landing(spliced, row.split("\t", 1)[1]) for row in sss] == ["required pam_permit.so"] * len(sss)


@pytest.mark.parametrize(
    "edited",
    [
        "auth required pam_unix.so\n",
        built("auth", STOCK["auth"]).replace(pam_stacks.PRIMARY, "# mine"),
        built("auth", STOCK["auth"]).replace(pam_stacks.FALLBACK, ""),
        built("auth", STOCK["auth"]).replace("auth\trequisite pam_deny.so\n", ""),
        built("auth", STOCK["auth"]).replace("#\n", "auth [success=1 default=ignore] pam_x.so\n", 1),
        built("auth", STOCK["auth"]).replace("#\n", "@include mine\n", 1),
        built("auth", STOCK["auth"]).replace("nullok", "nullok \\\n  audit"),
    ],
)
def test_where_an_edit_leaves_no_place_nothing_is_put(edited: str) -> None:
    assert pam_stacks.splice(edited, "auth", [], lines("auth")) is None


def test_a_line_among_ours_is_noticed() -> None:
    text = built("account", STOCK["account"], lines("account"))
    between = text.replace("account\t[default=die]", "account\trequired pam_x.so\naccount\t[default=die]", 1)
    assert pam_stacks.is_built(text, lines("account"))
    assert between != text
    assert not pam_stacks.is_built(between, lines("account"))
