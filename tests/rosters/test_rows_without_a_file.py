"""Rows that were never a file meet the same door: read, compared, refused or written at once."""

from datetime import datetime

import pytest

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from pingyi.organizations.models import Organization, Person
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import import_rows
from pingyi.rosters.operations.rows import content_hash
from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import ChargeFields
from tests.cast import FOUNDED, TODAY, Register, identity_number

BRANCH = ["B", "东村党支部", "党支部", "基层", "农村", "T1", TODAY]
NUMBER = identity_number(900)
MEMBER = ["张三", NUMBER, "女", None, "B", "正式党员", TODAY]
CHARGE = ["张三", NUMBER, "T1", None, None]


def test_rows_are_written_with_one_line_of_the_ledger(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    sheets = {"organizations": [BRANCH], "members": [MEMBER], "charges": [CHARGE]}
    made = import_rows(sheets=sheets, scope=None, effective_on=TODAY, by=None, now=now)
    assert made["B"].affiliations.get().parent == register.t1
    person = Person.objects.get(name="张三")
    assert person.memberships.get().organization.code == "B"
    assert person.charges.get().organization == register.t1
    assert Entry.objects.count() == before + 1
    assert Entry.objects.latest("seq").kind == "register.import"
    content = Body.objects.latest("entry_id").content
    assert '"sha256"' in content
    assert NUMBER not in content
    assert not RosterImport.objects.exists()


def test_the_hash_in_the_ledger_tells_what_was_written() -> None:
    first, other = ChargeFields("A", FOUNDED), ChargeFields("A", TODAY)
    assert content_hash([Change("", after=first)]) != content_hash([Change("", after=other)])


def test_one_wrong_cell_and_nothing_is_written(register: Register, now: datetime) -> None:
    before = Entry.objects.count()
    twice = [*BRANCH[:5], "Q", TODAY]
    with pytest.raises(Refusal) as caught:
        import_rows(
            sheets={"organizations": [BRANCH, twice], "members": [MEMBER]},
            scope=None,
            effective_on=TODAY,
            by=None,
            now=now,
        )
    assert caught.value.code == "import_has_errors"
    assert [str(line).split()[0] for line in caught.value.details] == ["党组织!A3", "党组织!F3"]
    assert not Organization.objects.filter(code="B").exists()
    assert Entry.objects.count() == before


def test_rows_that_the_register_has_already_write_nothing(
    register: Register, now: datetime
) -> None:
    def again() -> None:
        sheets = {"organizations": [BRANCH]}
        import_rows(sheets=sheets, scope=None, effective_on=TODAY, by=None, now=now)

    again()
    before = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        again()
    assert caught.value.code == "nothing_to_apply"
    assert Entry.objects.count() == before


def test_an_actor_writes_rows_inside_the_own_subtree_only(
    register: Register, clerk_user: User, member_user: User, now: datetime
) -> None:
    sheets = {"organizations": [BRANCH]}
    import_rows(sheets=sheets, scope=register.t1, effective_on=TODAY, by=clerk_user, now=now)
    elsewhere = ["C", *BRANCH[1:5], "T2", TODAY]
    for user, scope, row, code in (
        (clerk_user, register.t1, elsewhere, "import_has_errors"),
        (clerk_user, register.t2, elsewhere, "outside"),
        (clerk_user, None, elsewhere, "second_top"),
        (member_user, register.t1, ["C", *BRANCH[1:]], "not_an_editor"),
    ):
        sheets = {"organizations": [row]}
        with pytest.raises(Refusal) as caught:
            import_rows(sheets=sheets, scope=scope, effective_on=TODAY, by=user, now=now)
        assert caught.value.code == code
