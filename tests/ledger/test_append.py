import json
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy, override

from pingyi.ledger.models import Entry, Head
from pingyi.ledger.operations import Line, Signature, append, append_many
from pingyi.ledger.queries import lines, verification
from tests.ledger.conftest import BY, NOW, written


def deed(**changes):
    values = {
        "kind": "test.done",
        "subject": "thing:1",
        "body": {"number": 1},
        "rows": (),
        "by": BY,
        "now": NOW,
    }
    return values | changes


def test_lines_are_numbered_from_zero_without_gaps(db):
    with transaction.atomic():
        assert append(**deed()) == 0
        assert append(**deed()) == 1
        assert append_many([Line(**deed()), Line(**deed())]) == [2, 3]
        assert append(**deed()) == 4
    assert verification.verify().is_whole
    assert Head.objects.get().size == 5


def test_nothing_is_appended_for_no_lines(db):
    assert append_many([]) == []
    assert not Head.objects.exists()


def test_the_body_stays_outside_the_line(db):
    body = {"name": "王小兰", "share": Fraction(1, 3), "on": NOW.date()}
    append(**deed(body=body))
    entry = Entry.objects.get()
    assert json.loads(entry.body.content) == {"name": "王小兰", "share": "1/3", "on": "2011-06-28"}
    assert "王小兰" not in str([getattr(entry, field.attname) for field in Entry._meta.fields])


def test_a_late_translation_does_not_depend_on_who_did_the_deed(db, settings):
    settings.LANGUAGE_CODE = "de"
    with override("fr"):
        append(**deed(body={"day": gettext_lazy("Monday")}))
    assert json.loads(Entry.objects.get().body.content) == {"day": "Montag"}


def test_many_lines_at_once_give_the_same_tree_as_one_by_one(db):
    with transaction.atomic():
        for number in range(7):
            append(**deed(body={"number": number}))
    result = verification.verify()
    assert (result.size, result.is_whole) == (7, True)
    assert lines.root() == lines.Root(7, Entry.objects.get(seq=6).root_hash)


def test_the_number_of_statements_does_not_grow_with_the_lines(db, django_assert_num_queries):
    written(1)
    with django_assert_num_queries(6):  # savepoint, head, entries, bodies, head, release
        written(3)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_line_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match=r"transaction\.atomic"):
        append(**deed())
    assert not Entry.objects.exists()


def test_a_deed_that_fails_leaves_no_line(db):
    def failing() -> None:
        with transaction.atomic():
            append(**deed())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    written(1)
    result = verification.verify()
    assert (result.size, result.root_hash) == (1, lines.root().root_hash)
    assert result.is_whole


@pytest.mark.parametrize(
    "changes", [{"kind": ""}, {"kind": "x" * 61}, {"subject": "x" * 201}, {"by": Signature(7, "")}]
)
def test_a_text_that_would_not_be_read_back_is_refused(db, changes):
    with pytest.raises(ValueError, match="must have 1 to"):
        append(**deed(**changes))


def test_lines_about_a_thing_come_latest_first(ten_lines, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = [(line.seq, line.body.content) for line in lines.lines_about("thing:1")]
    assert told == [(7, '{"number":7}'), (4, '{"number":4}'), (1, '{"number":1}')]


def test_the_moment_is_kept_to_the_microsecond(db):
    append(**deed(now=NOW + timedelta(microseconds=1)))
    assert Entry.objects.get().at == NOW + timedelta(microseconds=1)
    assert verification.verify().is_whole
