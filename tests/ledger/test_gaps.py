"""A line that is missing, wrong or without its body hides no more than what it said itself."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, models, transaction

from pingyi.core.refusals import Refusal
from pingyi.ledger.enums import FaultKind
from pingyi.ledger.models import Body, Entry, Head
from pingyi.ledger.operations import Rows
from pingyi.ledger.queries import verification
from pingyi.ledger.queries.lines import Root
from pingyi.organizations.models import Organization
from tests.house.raw_values import changed_raw, raw_changes, without_promises
from tests.ledger.conftest import faults, organization, said
from tests.ledger.test_command import run

pytestmark = pytest.mark.usefixtures("vouched", "unsealed")


@pytest.fixture
def four(vouched):
    """Lines 0 to 3 about A to D."""
    return [organization(code) for code in "ABCD"]


def of_all():
    """The faults in the table of all organizations, as the other holds the same ones."""
    return [(kind, key, seq) for kind, table, key, seq in faults() if table == "all"]


def without_body():
    Body.objects.filter(entry=1).delete()


def with_another_body():
    Body.objects.filter(entry=1).update(content='{"another":1}')


def with_a_body_without_rows():
    Body.objects.filter(entry=1).update(rows="")


def with_another_kind():
    Entry.objects.filter(seq=1).update(kind="other")


def with_another_body_hash():
    Entry.objects.filter(seq=1).update(body_hash="00" * 32)


def with_another_leaf():
    Entry.objects.filter(seq=1).update(leaf_hash="x")


def removed():
    without_body()
    Entry.objects.filter(seq=1).delete()


GAPS = [
    without_body, with_another_body, with_a_body_without_rows, with_another_kind,
    with_another_body_hash, with_another_leaf, removed,
]  # fmt: skip


@pytest.mark.parametrize("gap", GAPS)
def test_what_other_lines_say_is_compared_all_the_same(four, gap):
    first, second, third, fourth = (one.pk for one in four)
    gap()
    Organization.objects.filter(pk__in=[first, third]).update(name="甲")
    Organization.objects.filter(pk=fourth).delete()
    assert of_all() == [
        ("changed", third, 2),
        ("removed", fourth, 3),
        ("maybe_changed", first, 0),
        ("maybe_unknown", second, None),
    ]
    Organization.objects.filter(pk=first).delete()
    assert ("maybe_removed", first, 0) in of_all()


@pytest.mark.parametrize("gap", GAPS)
def test_what_is_put_in_is_named_in_spite_of_a_gap(four, gap):
    gap()
    organization_without_a_line = Organization.objects.create(
        code="E", name="戊", kind="branch", level="grassroots", sector_id="rural",
        valid_from=date(2010, 1, 1),
    )  # fmt: skip
    assert ("maybe_unknown", organization_without_a_line.pk, None) in of_all()


def test_a_row_that_is_put_back_is_certain_where_its_removal_can_be_read(four):
    last = four[-1]
    gone = last.pk
    last.delete()
    said(Rows(Organization, [gone]))
    without_body()
    Organization(
        pk=gone, code="D", name="D支部", kind="branch", level="grassroots", sector_id="rural",
        valid_from=date(2010, 1, 1),
    ).save(force_insert=True)  # fmt: skip
    assert ("unknown", gone, 4) in of_all()


def test_what_no_line_can_have_left_is_certain_in_spite_of_a_gap(four):
    Body.objects.filter(entry=3).delete()
    never = "'x'" if connection.vendor == "sqlite" else "'infinity'"
    changed_raw(Organization._meta.get_field("valid_to"), four[0].pk, never)
    assert ("changed", four[0].pk, 0) in of_all()


@pytest.mark.parametrize(
    ("gap", "kind", "unproved"),
    [
        (with_another_body, FaultKind.BODY_CHANGED, 0),
        (with_another_kind, FaultKind.LINE_CHANGED, 0),
        (with_another_leaf, FaultKind.LINE_CHANGED, 4),
        (removed, FaultKind.MISSING, 4),
    ],
)
def test_the_others_are_proved_while_the_leaf_is_there(four, gap, kind, unproved):
    gap()
    found = verification.verify()
    assert (found.fault.kind, found.fault.seq, found.size) == (kind, 1, 1)
    assert (found.unread.count, found.unread.first) == (1, 1)
    assert (found.unproved.count, found.rows) == (unproved, 8)
    noted = Root(1, found.root_hash)
    assert verification.verify(noted=noted).unproved.count == (unproved and unproved - 1)
    other = verification.verify(noted=Root(4, "00" * 32))
    assert (other.fault, other.unproved.count) == (found.fault, 4)


def test_lines_that_only_the_head_does_not_know_are_unproved(four):
    Head.objects.update(size=3, frontier=["00" * 32, "00" * 32])
    found = verification.verify()
    assert (found.fault.kind, found.fault.seq) == (FaultKind.INSERTED, 3)
    assert (found.unproved.count, found.unproved.first) == (4, 0)


def test_lines_that_were_cut_off_are_counted(four):
    Body.objects.filter(entry__gte=2).delete()
    Entry.objects.filter(seq__gte=2).delete()
    found = verification.verify()
    assert (found.fault.kind, found.unread.count, found.unread.first) == (FaultKind.MISSING, 2, 2)


def test_a_line_before_the_first_is_named(four):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_seq_starts_at_zero"
            )
    first = Entry.objects.get(seq=0)
    first.seq = -1
    with without_promises():
        first.save(force_insert=True)
    found = verification.verify()
    assert (found.fault.kind, found.fault.seq) == (FaultKind.INSERTED, -1)
    assert (found.unproved.count, found.row_faults) == (0, ())


@pytest.mark.parametrize(("model", "pk"), [(Entry, 1), (Body, 1), (Body, 4), (Head, 1)])
def test_every_column_of_the_ledger_is_named_in_whatever_form_it_is_changed(four, model, pk):
    """Of the lines one speaks of rows, the other of none."""
    assert said() == 4
    unnoticed = []
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        for change in raw_changes(field, pk):
            with transaction.atomic():
                try:
                    with transaction.atomic():
                        differs = changed_raw(field, pk, change[1])
                except DatabaseError:
                    differs = False
                if differs and verification.verify().is_whole:
                    unnoticed.append((field.attname, *change))
                transaction.set_rollback(True)
    assert unnoticed == []
    assert verification.verify().is_whole


def test_a_change_of_which_the_seq_is_huge_ends_at_once(four):
    Body.objects.filter(entry=3).delete()
    Entry.objects.filter(seq=3).update(seq=models.Value(2**62))
    found = verification.verify()
    assert (found.fault.kind, found.unread.first) == (FaultKind.MISSING, 3)


def test_the_command_says_what_cannot_be_compared(four, capsys):
    with_another_leaf()
    with pytest.raises(Refusal) as told:
        run(capsys, "verify")
    second = four[1].pk
    put_in = f"{second} was put in without an entry, unless one that cannot be read did so."
    assert str(told.value) == "Entry 1 is not the one that was written at this place."
    unread, unproved, *rows = told.value.details
    assert unread.startswith(
        "1 entry is missing or wrong; what it said of rows cannot be compared."
    )
    assert unproved.startswith(
        "From entry 0 on, 4 entries lead to no root that is known: rows are "
    )
    assert rows == [f"Organization {put_in}", f"Open organization {put_in}"]
