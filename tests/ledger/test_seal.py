"""The database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from pingyi.ledger.models import Entry
from tests.ledger.conftest import written

REFUSED = "never changed or removed"

CHANGES = [
    "UPDATE ledger_entry SET kind = 'other' WHERE seq = 3",
    "UPDATE ledger_entry SET kind = kind",
    "DELETE FROM ledger_entry WHERE seq = 3",
    "DELETE FROM ledger_entry",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_sql_cannot_change_or_remove_a_line(ten_lines, statement):
    before = list(Entry.objects.values_list())
    with (
        pytest.raises(IntegrityError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Entry.objects.values_list()) == before


def test_a_line_cannot_be_replaced_by_an_insert(ten_lines):
    columns = "seq, kind, subject, body_hash, actor_role, at, leaf_hash, root_hash"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            statement = (
                f"INSERT OR REPLACE INTO ledger_entry ({columns}) SELECT seq, 'other', subject, "
                "body_hash, actor_role, at, leaf_hash, root_hash FROM ledger_entry WHERE seq = 3"
            )
        else:
            statement = (
                f"INSERT INTO ledger_entry ({columns}) SELECT {columns} FROM ledger_entry "
                "WHERE seq = 3 ON CONFLICT (seq) DO UPDATE SET kind = 'other'"
            )
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            cursor.execute(statement)
    assert Entry.objects.get(seq=3).kind == "test.done"


def test_the_orm_cannot_change_or_remove_a_line(ten_lines):
    entry = Entry.objects.get(seq=3)
    entry.kind = "other"
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Entry.objects.filter(seq=3).delete()


def test_the_table_cannot_be_emptied(ten_lines):
    # SQLite has no TRUNCATE; a DELETE without WHERE is its way, and tried above.
    empty = {
        "sqlite": "DELETE FROM ledger_entry",
        # The lines above are not committed: their foreign keys are checked now, not at the end.
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE ledger_entry CASCADE",
    }[connection.vendor]
    with (
        pytest.raises(IntegrityError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(empty)
    assert Entry.objects.count() == 10


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tests_that_commit_start_with_an_empty_and_sealed_ledger(turn):
    assert written(2) == [0, 1]
    with pytest.raises(IntegrityError, match=REFUSED):
        Entry.objects.all().delete()
