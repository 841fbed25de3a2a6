"""Whoever changes, removes or puts in a row in the database itself is found by `ledger verify`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.operations.one_time_codes import start_one_time_code
from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.operations.grades import decide_grades
from pingyi.appraisals.operations.sealed import prepare_vote
from pingyi.appraisals.operations.stages import add_opinion
from pingyi.appraisals.queries.boxes import box_called
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.units import move_unit
from pingyi.ledger.doors import VOUCHED, Vouched
from pingyi.ledger.enums import RowFaultKind
from pingyi.ledger.models import Body
from pingyi.ledger.queries.rows import _hashes
from pingyi.ledger.queries.stored import damaged_text_readable
from pingyi.ledger.queries.verification import Verification, verify
from pingyi.mailbox.operations.binding import bind_address
from pingyi.notifications.doors import Debtor, Missing
from pingyi.notifications.operations.urge import urge
from pingyi.notifications.operations.wishes import choose_address, make_feed
from pingyi.register import operations as register_operations
from pingyi.returns.operations import sealing, sending
from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.operations.intake import take_in
from pingyi.reviews.models import Review
from pingyi.reviews.operations.record import record_review
from pingyi.rosters.operations import apply_roster, upload_roster
from tests.appraisals.test_decided_grades import PACK
from tests.cast import NOW, Register, user_with
from tests.house.every_address import proposed, stamped
from tests.house.raw_values import changed_raw, raw_changes, without_promises
from tests.packs_of_their_own import counted
from tests.rosters.workbook import workbook

Deeds = dict[str, Any]
ROOMS = sorted({key.partition(".")[0] for key in VOUCHED})
# Tables of the rooms that no line stands for, and why.
NOT_VOUCHED = {
    "accounts.access": "the access log, which the database itself keeps from being changed",
    "accounts.failedtries": "how long the next try to sign in waits; nothing rests on it",
    "downloads.download": "a file that is kept for a day; nothing rests on it",
    "keeping.backup": "the making of a backup; nothing rests on it",
    "ledger.entry": "the ledger itself",
    "ballots.box": "sealed: vouched for by its manifest and its board, which stand in the ledger",
    "ballots.bundle": "sealed: a line about a ballot would tell when it came",
    "ledger.body": "the ledger itself",
    "ledger.head": "the ledger itself",
    "mailbox.mail": "what came in; what was taken over of it is vouched for",
    "mailbox.mailboxlook": "when the mailbox was last looked into; nothing rests on it",
    "notifications.message": "what somebody was told; nothing rests on it",
    "notifications.delivery": "the way of an e-mail; nothing rests on it",
    "notifications.letter": "what an address was told; nothing rests on it",
    "notifications.reminderday": "that the reminders of a day were composed",
    "organizations.identitykey": "tells one key from another; nothing rests on it",
    "organizations.sector": "a list that comes with the program",
    "organizations.postcategory": "a list that comes with the program",
    "returns.batch": "files handed in together; each has its own line once it is received",
    "returns.batchfile": "the same",
    "rosters.rosterchange": "the preview of an import; what it wrote is vouched for row by row",
    "ui.draft": "what was typed and not sent yet is no record",
    "ui.sending": "what was sent from a page within a day, so that it is not done twice",
}


@pytest.fixture
def deeds(
    register: Register, people: Deeds, records: Deeds, signed: Any, now: datetime, tmp_path: Any,
    settings: Any, own_campaign: Any,
) -> Deeds:  # fmt: skip
    """Every kind of row, each of them written by a deed."""
    settings.MEDIA_ROOT = tmp_path
    given: Deeds = {"by": None, "now": now}
    review = Review.objects.get(pk=records["reviews:records"])
    add_opinion(appraisal=Appraisal.objects.get(), text="办事慢", **given)
    start_one_time_code(by=people["member"], now=now)
    proposer = user_with("proposer", Role.OFFICE, register.t1, now)
    place = register.village
    grant_role(user=people["member"], role=Role.OFFICE, organization=place, by=proposer, now=now)
    proposed(review.round.campaign, people["clerk"], now)
    fill_in_imprint(
        round_=review.round, unit=review.counted_in, filled_on=now.date(),
        foot={"负责人": "陈卫东"}, **given,
    )  # fmt: skip
    reported(review.round, now)
    take_in(content=b"", filename="form.xlsx", **given)
    _copied(review, now)
    founded = register_operations.split_organization(
        organization=register.school,
        parts=[
            register_operations.SplitPart(
                "T1-9", "新校党支部", "branch", "grassroots", "school",
                frozenset([register.people["school_member"].pk]),
            )
        ],
        on=NOW.date(), **given,
    )  # fmt: skip
    register_operations.add_secondary_affiliation(
        organization=founded[0], parent=register.t2, on=NOW.date(), **given
    )
    register_operations.merge_people(
        kept=register.people["school_member"], taking=(), reason="重复登记",
        other=register_operations.add_person(name="孙莉", **given), **given,
    )  # fmt: skip
    units = {unit.code: unit for unit in review.round.campaign.units.all()}
    move_unit(unit=units["T1-2"], parent=units["T2"], reason="区划调整", **given)
    _imported(given)
    bind_address(address="clerk@example.com", organization=register.t1, **given)
    _told(people["office"], now)
    unit = units["T1-1"]
    box = box_called(review.round, "annex5")
    prepare_vote(round_=review.round, unit=unit, box=box, slips=12, **given)
    _graded(own_campaign(PACK), now)
    return records


def _graded(round_: Round, now: datetime) -> None:
    """A grade that was decided, in a campaign whose pack asks for it."""
    appraisal = counted(round_, "T1", "a", now).appraisal
    form, person = needed_plan(round_).forms[0], round_.campaign.participants.get(name="李秀兰")
    by = {"decider": "镇党委会议", "decided_on": now.date(), "by": None, "now": now}
    decide_grades(appraisal=appraisal, form=form, grades={person.pk: ("yes", "")}, **by)


def _told(office: User, now: datetime) -> None:
    """Somebody with an e-mail address and a calendar, who urges whoever owes something."""
    choose_address(address="office@example.com", is_wanted=True, by=office, now=now)
    make_feed(by=office, now=now)
    owing = Debtor("u1", "陈卫东", "中共青石镇委员会", "附件1", (office.pk,))
    listed = Missing("统计表", "cx2011 first", "/", "/", None, lambda: [owing])
    given: Deeds = {"what": "returns.owed", "text": "请尽快", "by": office, "now": now}
    urge(missing=listed, everybody=True, who=(), **given)


def reported(round_: Round, now: datetime) -> None:
    """A return that was sent back over a figure said otherwise than it was counted."""
    unit = round_.campaign.units.get(code="T1")
    given: dict[str, Any] = {"round_": round_, "unit": unit, "by": None, "now": now}
    cell, why = "annex3.total.rural", "名册中一名党员六月已转出"
    sealing.correct(cell=cell, said=2, reason=why, **given)
    foot = {"负责人": "陈卫东", "填表人": "何静", "联系电话": "0730-5550101"}
    sealing.seal(table="annex3", filled_on=now.date(), foot=foot, **given)
    stamped(round_, unit, now)
    sending.submit(table="annex3", **given)
    sending.send_back(table="annex3", remarks={cell: why}, **given)


def _copied(review: Review, now: datetime) -> None:
    """A second review with the same words, elsewhere, bears a sign."""
    record_review(
        round_=review.round, reviewer=review.reviewer, unit=None, participant=review.participant,
        form="meeting", held_on=review.held_on, place="河边", achievements=review.achievements,
        problems=review.problems, direction=review.direction, accept_signs=True, by=None, now=now,
    )  # fmt: skip


def _imported(given: Deeds) -> None:
    sheets = {"党组织": [["T1-8", "新村党支部", "党支部", "基层", "农村", "T1", "2011-01-01"]]}
    made = upload_roster(
        content=workbook(sheets), filename="roster.xlsx", scope=None,
        effective_on=date(2011, 6, 1), **given,
    )  # fmt: skip
    made.refresh_from_db()
    assert not made.errors
    apply_roster(roster_import=made, **given)


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """The database's own promises about a row do not hold whoever has its password."""
    with without_promises(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def named(found: Verification) -> set[tuple[str, str, int]]:
    assert found.fault is None
    return {(fault.kind, fault.table, fault.key) for fault in found.row_faults}


def rows_of(vouched: Vouched) -> list[int]:
    rows = vouched.model._base_manager.filter(vouched.only)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def of_room(room: str) -> list[tuple[str, Vouched]]:
    return [(key, vouched) for key, vouched in VOUCHED.items() if key.startswith(f"{room}.")]


def another(field: Any, value: Any) -> Any:
    """Something else that fits into the column, foreign keys aside."""
    match field:
        case models.BooleanField():
            return not value
        case models.JSONField():
            return {"another": 1}
        case models.DateTimeField():
            return (value or NOW) + timedelta(seconds=1)
        case models.DateField():
            return (value or NOW.date()) + timedelta(days=1)
        case models.CharField() | models.TextField() | models.FileField():
            text = str(value or "")
            return text[:-1] + ("a" if text[-1:] != "a" else "b")
    # Numbers, and keys of other rows.
    return f"{value}x" if isinstance(value, str) else (value or 0) + 1


def test_what_the_deeds_left_is_whole_and_every_kind_of_row_is_there(deeds):
    found = verify()
    assert (found.is_whole, found.row_faults) == (True, ())
    assert [key for key, vouched in VOUCHED.items() if not rows_of(vouched)] == []


def test_every_table_of_the_rooms_is_vouched_for_or_has_a_reason():
    tables = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("pingyi.")
    }
    vouched = {each.model._meta.label_lower for each in VOUCHED.values()}
    assert tables - vouched == set(NOT_VOUCHED)


@pytest.mark.parametrize("room", ROOMS)
def test_a_row_changed_in_the_database_is_named_whatever_column_it_is(deeds, room):
    for key, vouched in of_room(room):
        pk = rows_of(vouched)[0]
        unnoticed = [
            field.attname
            for field in vouched.model._meta.concrete_fields
            if not field.primary_key
            and field.attname not in vouched.without
            and not is_noticed(key, vouched.model._base_manager.filter(pk=pk), field)
        ]
        assert (key, unnoticed) == (key, [])
    assert verify().is_whole


def is_noticed(key: str, row: Any, field: Any) -> bool:
    """Whether another value in the column is named, or the database itself refuses it."""
    value, pk = row.values_list(field.attname, "pk").get()
    with undone_afterwards():
        try:
            with transaction.atomic():
                row.update(**{field.attname: another(field, value)})
        except IntegrityError:
            return True
        # A row whose state says that it binds nobody any more is as good as removed.
        kinds = (RowFaultKind.CHANGED, RowFaultKind.REMOVED)
        return any((kind, key, pk) in named(verify()) for kind in kinds)


@pytest.mark.parametrize("room", ROOMS)
def test_a_column_is_named_in_whatever_form_the_database_takes_another_value(deeds, room):
    """Also where a driver would read it as what was there before."""
    unnoticed = []
    for key, vouched in of_room(room):
        for field in vouched.model._meta.concrete_fields:
            if field.primary_key or field.attname in vouched.without:
                continue
            unnoticed += [
                (key, field.attname, *change)
                for pk in empty_and_filled(vouched, field)
                for before in [hashes_of(vouched, pk)]
                for change in raw_changes(field, pk)
                if not hash_differs(before, vouched, field, pk, change[1])
            ]
    assert unnoticed == []
    assert verify().is_whole


def empty_and_filled(vouched: Vouched, field: Any) -> list[int]:
    """A row that holds nothing in the column, and one that holds something, where there are."""
    rows = vouched.model._base_manager.filter(vouched.only).order_by("pk")
    nothing = models.Q(**{f"{field.attname}__isnull": True})
    return [*rows.filter(nothing)[:1].values_list("pk", flat=True),
            *rows.exclude(nothing)[:1].values_list("pk", flat=True)]  # fmt: skip


def hashes_of(vouched: Vouched, pk: int) -> dict[int, str]:
    """That of the row, or none."""
    with damaged_text_readable():
        return dict(_hashes(vouched, models.Q(pk=pk)))


def hash_differs(
    before: dict[int, str], vouched: Vouched, field: Any, pk: int, literal: str
) -> bool:
    """Whether the row has another hash then, or none; or the database itself refuses it."""
    with undone_afterwards(), damaged_text_readable():
        try:
            with transaction.atomic():
                if not changed_raw(field, pk, literal):
                    return True
        except DatabaseError:
            return True
        return before != hashes_of(vouched, pk)


UNREADABLE = {
    "sqlite": ["'x'", "x'78'", "9e999", "CAST(x'ff41' AS TEXT)"],
    "postgresql": ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'20000-01-01'"],
}


def test_what_no_driver_can_read_is_named_too(deeds):
    review = Review.objects.order_by("pk").first()
    for column in ("held_on", "recorded_at"):
        for literal in UNREADABLE[connection.vendor]:
            with undone_afterwards():
                assert changed_raw(Review._meta.get_field(column), review.pk, literal)
                assert named(verify()) == {(RowFaultKind.CHANGED, "reviews.review", review.pk)}


@pytest.mark.parametrize("room", ROOMS)
def test_a_row_removed_from_the_database_is_named(deeds, room):
    for key, vouched in of_room(room):
        pk = rows_of(vouched)[-1]
        with undone_afterwards():
            rows = vouched.model._base_manager.filter(pk=pk)
            rows._raw_delete(rows.db)
            assert (RowFaultKind.REMOVED, key, pk) in named(verify())


def test_a_row_put_into_the_database_is_named(deeds):
    review = Review.objects.first()
    review.pk = None
    with undone_afterwards():
        review.save()
        assert (RowFaultKind.UNKNOWN, "reviews.review", review.pk) in named(verify())


def test_the_line_that_left_a_row_is_named_with_it(deeds):
    review = Review.objects.order_by("pk").first()
    seq = Body.objects.get(rows__contains=f'"reviews.review":{{"{review.pk}"').entry_id
    with undone_afterwards():
        Review.objects.filter(pk=review.pk).update(problems="")
        (fault,) = verify().row_faults
    assert fault.seq == seq
    assert str(review.pk) in str(fault.sentence)
    assert str(seq) in str(fault.sentence)


def test_a_review_that_is_put_back_in_place_of_another_is_named(deeds):
    """Two rows change their keys: each is there, neither is what its line says."""
    first, second = Review.objects.order_by("pk")[:2]
    with undone_afterwards():
        for row, words in ((first, second), (second, first)):
            Review.objects.filter(pk=row.pk).update(
                participant=words.participant, unit=words.unit, place=words.place + "x"
            )
        assert {key for _kind, _table, key in named(verify())} == {first.pk, second.pk}


def test_without_any_body_no_row_is_taken_for_certainly_new(deeds):
    Body.objects.all().delete()
    found = verify()
    assert (found.is_whole, found.without_body.first) == (False, 0)
    assert found.without_body.count == found.size
    assert {fault.kind for fault in found.row_faults} == {RowFaultKind.MAYBE_UNKNOWN}
    assert len(found.row_faults) == found.rows


def test_what_was_done_is_named_in_every_table_although_the_first_body_is_gone(deeds):
    """Whoever removes one body hides nothing by that."""
    Body.objects.filter(entry=0).delete()
    before = named(verify())
    for key, vouched in VOUCHED.items():
        pk = rows_of(vouched)[-1]
        with undone_afterwards():
            rows = vouched.model._base_manager.filter(pk=pk)
            rows._raw_delete(rows.db)
            gone = {each for each in named(verify()) - before if each[1:] == (key, pk)}
        told = {kind for kind, table, row in before if (table, row) == (key, pk)}
        assert told == {RowFaultKind.MAYBE_UNKNOWN} or gone == {(RowFaultKind.REMOVED, key, pk)}
