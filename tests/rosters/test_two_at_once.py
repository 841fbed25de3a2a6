"""Two people at the same import: it is written, taken back or put aside once."""

from collections.abc import Callable
from typing import Any

import pytest

from pingyi.ledger.queries.verification import verify
from pingyi.organizations.models import Organization, Person
from pingyi.register.operations import change_person
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from tests.at_once import AtOnce, refused
from tests.cast import NOW
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster

Deed = Callable[[], None]


def deed(done: Callable[..., None], roster_import: RosterImport) -> Deed:
    """To be done from the command line."""
    given: dict[str, Any] = {"roster_import": roster_import, "by": None, "now": NOW}
    return lambda: done(**given)


@pytest.mark.lock("apply.apply_roster", "apply.start_apply")
@pytest.mark.parametrize("done", [operations.apply_roster, operations.start_apply])
def test_an_import_is_written_once(
    done: Callable[..., None], at_once: AtOnce, preview: Door
) -> None:
    made = preview(small_roster())
    with refused("import_state"):
        at_once(deed(done, made), deed(done, made))
    assert Organization.objects.count() == 3


@pytest.mark.lock("undo._undone")
def test_an_import_is_taken_back_once(at_once: AtOnce, apply: Door) -> None:
    made = apply(small_roster())
    undo = deed(operations.undo_roster, made)
    with refused("import_state"):
        at_once(undo, undo)


@pytest.mark.lock("upload._again", "upload.discard_roster")
@pytest.mark.parametrize("done", [operations.preview_again, operations.discard_roster])
def test_an_import_that_is_being_written_is_neither_read_again_nor_put_aside(
    done: Callable[..., None], at_once: AtOnce, preview: Door
) -> None:
    made = preview(small_roster())
    with refused("import_state"):
        at_once(deed(operations.apply_roster, made), deed(done, made))
    assert RosterImport.objects.get().state == "applied"


@pytest.mark.lock("organizations.register_locked", "organizations.register_held")
def test_an_import_does_not_undo_what_is_done_while_it_is_compared(
    at_once: AtOnce, apply: Door, preview: Door
) -> None:
    file = small_roster()
    apply(file)
    file["党员"][0][0] = "王大一"
    made = preview(file)
    person = Person.objects.get(name="王一")

    def rename() -> None:
        change_person(
            person=person,
            name="王小一",
            gender="male",
            born_on=None,
            joined_on=None,
            by=None,
            now=NOW,
        )

    with refused("register_changed"):
        at_once(rename, deed(operations.apply_roster, made))
    person.refresh_from_db()
    assert person.name == "王小一"
    assert verify().is_whole
