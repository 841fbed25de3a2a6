"""What lines say of rows, told with organizations alone."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger import rules
from pingyi.ledger.doors import Vouched
from pingyi.ledger.doors import _flaw as flaw
from pingyi.ledger.enums import RowFaultKind
from pingyi.ledger.models import Body
from pingyi.ledger.operations import Line, Rows, append, append_many
from pingyi.ledger.queries import lines, verification
from pingyi.organizations.models import Organization, Sector
from tests.ledger.conftest import BY, NOW, faults, organization, said
from tests.ledger.test_command import run


@pytest.mark.parametrize("text", ["[]", '{"a":1}', "null", "{"])
def test_what_are_no_rows_is_refused(text):
    with pytest.raises(ValueError, match=r"rows of a line|Expecting"):
        rules.rows_of(text)


def test_a_door_finds_columns_that_are_none():
    assert flaw("k", Vouched(Organization, "x", without=["name"])) == ""
    told = flaw("k", Vouched(Organization, "x", without=["nme", "name", "cde"]))
    assert told == "leaves out cde, nme, which is no column"


def test_a_door_finds_columns_of_which_no_form_is_known(monkeypatch):
    forms = {kind: form for kind, form in rules.FORMS["sqlite"].items() if kind != "DateField"}
    monkeypatch.setattr(rules, "FORMS", {"sqlite": forms})
    told = flaw("k", Vouched(Organization, "x"))
    assert told == "stands for valid_from, and no form is known of DateField"


def test_a_door_finds_columns_that_are_yes_no_or_nothing(monkeypatch):
    field = User._meta.get_field("is_active")
    assert flaw("k", Vouched(User, "x", without=["last_login", "password"])) == ""
    monkeypatch.setattr(field, "null", True)
    assert flaw("k", Vouched(User, "x")).startswith("stands for is_active, which is yes, no or")


def test_rows_that_are_as_their_last_lines_left_them_are_whole(made):
    first, second = made
    first.name = "甲"
    first.save()
    said(first)
    gone = second.pk
    second.delete()
    said(Rows(Organization, [gone]))
    found = verification.verify()
    assert (found.is_whole, found.rows) == (True, 2)


def test_a_deed_does_not_vouch_for_what_the_program_never_writes(made):
    """Somebody ended it on a day that is none; then a deed speaks of the same row."""
    first = made[0]
    with connection.cursor() as cursor:
        never = "'x'" if connection.vendor == "sqlite" else "'infinity'"
        cursor.execute(f"UPDATE organizations_organization SET valid_to = {never}")
    said(Rows(Organization, [first.pk]))
    assert ("changed", "all", first.pk, 2) in faults()


def test_what_may_change_without_a_deed_is_not_looked_at(made):
    Organization.objects.update(initials="zb")
    assert faults() == [("changed", "open", one.pk, at) for at, one in enumerate(made)]


def test_each_kind_of_fault_is_told_apart(made):
    first, second = (one.pk for one in made)
    Organization.objects.filter(code="A").update(valid_to=date(2011, 1, 1))
    Organization.objects.filter(code="B").delete()
    Organization(
        code="C", name="丙", kind="branch", level="grassroots", sector_id="rural",
        valid_from=NOW.date(),
    ).save()  # fmt: skip
    new = Organization.objects.get(code="C").pk
    assert sorted(faults()) == sorted(
        [
            ("changed", "all", first, 0),
            ("removed", "all", second, 1),
            ("unknown", "all", new, None),
            ("removed", "open", first, 0),
            ("removed", "open", second, 1),
            ("unknown", "open", new, None),
        ]
    )


def test_each_line_of_many_speaks_of_its_own_rows(made):
    first, second = made
    with transaction.atomic():
        seqs = append_many(
            [Line("t", "s", {}, [first], BY, NOW), Line("t", "s", {}, [second], BY, NOW)]
        )
    told = [json.loads(Body.objects.get(entry=seq).rows) for seq in seqs]
    assert [list(one["all"]) for one in told] == [[str(first.pk)], [str(second.pk)]]


def test_rows_for_which_the_ledger_does_not_stand_are_a_mistake(vouched):
    with pytest.raises(LookupError, match="Sector"):
        said(Sector(pk="rural"))


def test_many_rows_are_read_in_one_question(made, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(4 + 2):
        # Two tables; then head, entry, body, head.
        append(
            kind="t", subject="s", body={}, rows=[Rows(Organization, range(12_000))], by=BY, now=NOW
        )


def test_rows_cannot_be_taken_out_of_a_line(made, unsealed):
    Body.objects.filter(entry=0).update(rows="")
    assert verification.verify().fault.seq == 0


def test_a_clock_that_was_set_back_is_said_and_no_fault(made):
    with transaction.atomic():
        later = NOW.replace(year=2012)
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=later)
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=NOW)
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=later)
    found = verification.verify()
    assert (found.is_whole, found.backwards.count, found.backwards.first) == (True, 1, 3)


def test_a_deed_that_waited_for_others_is_not_dated_backwards(made):
    with transaction.atomic():
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=NOW.replace(minute=34))
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=NOW)
    assert verification.verify().backwards.count == 0


def test_the_command_names_rows_and_missing_bodies(made, capsys):
    assert "4 rows for which it stands are as they were left." in run(capsys, "verify")
    Organization.objects.filter(code="A").update(name="甲")
    with pytest.raises(Refusal) as told:
        run(capsys, "verify")
    key = made[0].pk
    assert str(told.value) == f"Organization {key} is not as entry 0 left it: it was changed."
    assert list(told.value.details) == [
        f"Open organization {key} is not as entry 0 left it: it was changed."
    ]
    with pytest.raises(Refusal):
        run(capsys, "verify", "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["row_faults"] == [
        {"kind": RowFaultKind.CHANGED, "table": table, "key": key, "entry": 0}
        for table in ("all", "open")
    ]
    Body.objects.filter(entry=1).delete()
    with pytest.raises(Refusal, match=r"^The body of 1 entry is missing; .* The first is entry 1"):
        run(capsys, "verify")


def test_the_command_says_that_a_clock_was_set_back(made, capsys):
    with transaction.atomic():
        append(kind="t", subject="s", body={}, rows=(), by=BY, now=NOW.replace(year=2010))
    with override("en"):
        call_command("ledger", "verify")
    assert "a clock was set back" in capsys.readouterr().err


def test_more_faults_than_people_read_are_counted(vouched, capsys):
    for number in range(15):
        organization(f"N{number}")
    Organization.objects.update(name="同名")
    with pytest.raises(Refusal) as told:
        run(capsys, "verify")
    assert len(told.value.details) == 21
    assert told.value.details[-1] == "And 9 more; --json lists all of them."


def test_a_root_read_from_paper_is_enough(made, capsys):
    short = lines.root().short
    assert short.replace(" ", "") == "2:" + lines.root().root_hash[:20]
    assert "2 entries" in run(capsys, "verify", "--noted", short)
    other = lines.Root(2, "0" * 20)
    assert verification.verify(noted=other).fault.seq == 2


def test_rows_are_named_by_another_column_too(made):
    rural = Rows(Organization, ["rural"], by="sector_id")
    Organization.objects.update(name="同名")
    first, second = made
    gone = second.pk
    second.delete()
    assert said(Rows(Organization, [gone]), rural) == 2
    found = verification.verify()
    assert (found.is_whole, found.rows) == (True, 2)
    told = json.loads(Body.objects.get(entry=2).rows)
    assert told["all"].keys() == {str(first.pk), str(gone)}
    assert said(Rows(Organization, ["nowhere"], by="sector_id")) == 3
    assert Body.objects.get(entry=3).rows == ""
