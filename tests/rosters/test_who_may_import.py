"""Who may preview, put aside, apply and undo an import, in which state, and where."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.rosters import operations
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.permissions import (
    why_not_apply_roster,
    why_not_discard_roster,
    why_not_import_roster,
    why_not_preview_roster_again,
    why_not_undo_roster,
)
from tests.cast import Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, small_roster

Guard = Callable[[User | None, RosterImport, datetime], Refusal | None]
WHO = [
    (None, None),
    ("office", None),
    ("clerk", None),
    ("other_clerk", "outside"),
    ("member", "not_an_editor"),
    ("inspector", "not_an_editor"),
]
BEFORE = [why_not_preview_roster_again, why_not_discard_roster, why_not_apply_roster]


@pytest.fixture
def actor(request: pytest.FixtureRequest, who: str | None) -> User | None:
    user: User | None = request.getfixturevalue(f"{who}_user") if who else None
    return user


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def one_member() -> Sheets:
    """What changes one branch of a large register."""
    return {"党员": [["孙五", None, "女", None, "T1-1", "正式党员", None]]}


@pytest.mark.parametrize(("who", "wrong"), WHO)
def test_below_an_organization_its_editors_import(
    register: Register, actor: User | None, wrong: str | None, now: datetime
) -> None:
    assert code(why_not_import_roster(actor, register.t1, now)) == wrong


@pytest.mark.parametrize(("who", "wrong"), WHO)
@pytest.mark.parametrize("guard", BEFORE)
def test_a_preview_is_for_those_who_may_import_there(
    guard: Guard, register: Register, preview: Door, actor: User | None, wrong: str | None,
    now: datetime,
) -> None:  # fmt: skip
    assert code(guard(actor, preview(one_member(), scope="T1"), now)) == wrong


@pytest.mark.parametrize(("who", "wrong"), WHO)
def test_an_applied_import_is_undone_by_those_who_may_edit_there(
    register: Register, apply: Door, actor: User | None, wrong: str | None, now: datetime
) -> None:
    assert code(why_not_undo_roster(actor, apply(one_member(), scope="T1"), now)) == wrong


@pytest.mark.parametrize(
    ("who", "wrong"), [(None, None), ("office", None), ("clerk", None), ("member", "not_an_editor")]
)
def test_an_import_into_the_whole_register_is_undone_by_any_editor(
    register: Register, apply: Door, actor: User | None, wrong: str | None, now: datetime
) -> None:
    assert code(why_not_undo_roster(actor, apply(one_member()), now)) == wrong


def wrong_rows() -> Sheets:
    file = one_member()
    file["党员"][0][4] = "nowhere"
    return file


def put_aside(made: RosterImport, now: datetime) -> RosterImport:
    operations.discard_roster(roster_import=made, by=None, now=now)
    return RosterImport.objects.get(pk=made.pk)


STATES: dict[str, tuple[ImportState, list[str | None]]] = {
    "previewed": (ImportState.PREVIEWED, [None, None, None, "import_state"]),
    "without a change": (ImportState.PREVIEWED, [None, None, "nothing_to_apply", "import_state"]),
    "refused": (ImportState.REFUSED, [None, None, "import_has_errors", "import_state"]),
    "applied": (ImportState.APPLIED, [*["import_state"] * 3, None]),
    "put aside": (ImportState.DISCARDED, ["import_state"] * 4),
}


@pytest.mark.parametrize("how", STATES)
def test_what_can_be_done_follows_from_the_state(
    how: str, register: Register, preview: Door, apply: Door, office_user: User, now: datetime
) -> None:
    made = {
        "previewed": lambda: preview(one_member(), scope="T1"),
        "without a change": lambda: preview({}, scope="T1"),
        "refused": lambda: preview(wrong_rows(), scope="T1"),
        "applied": lambda: apply(one_member(), scope="T1"),
        "put aside": lambda: put_aside(preview(one_member(), scope="T1"), now),
    }[how]()
    state, codes = STATES[how]
    assert made.state == state
    assert [
        code(guard(office_user, made, now)) for guard in (*BEFORE, why_not_undo_roster)
    ] == codes


def test_only_the_last_import_can_be_undone(register: Register, apply: Door, now: datetime) -> None:
    first = apply(one_member(), scope="T1")
    last = apply(small_roster(), scope="T2", effective_on=date(2011, 6, 1))
    assert code(why_not_undo_roster(None, first, now)) == "not_the_last_import"
    assert why_not_undo_roster(None, last, now) is None
