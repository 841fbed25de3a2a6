"""A form that comes by e-mail is taken over or answered with all that is wrong, once."""

from email.header import decode_header, make_header
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import OperationalError

from pingyi.ledger.queries.verification import verify
from pingyi.mailbox.enums import Outcome, Silence
from pingyi.mailbox.models import Mail
from pingyi.mailbox.operations import handling
from pingyi.mailbox.rules.judging import MOST_ANSWERS
from pingyi.mailbox.rules.letters import File, FileKind, Head, Writer
from pingyi.notifications.models import Letter
from pingyi.returns.models import Intake, Version
from pingyi.returns.operations import intake
from tests.mailbox.conftest import BOX, OTHER, TOWN, Box, only, text, written
from tests.returns.desk import RURAL, Desk
from tests.returns.filling import filled, form_for, sent

pytestmark = pytest.mark.usefixtures("bound")
FORM = "统计表.xlsx"


def test_a_form_without_errors_is_submitted_and_its_receipt_goes_back(box: Box, town: Desk) -> None:
    assert box.outcome(written(TOWN, (FORM, filled(town)))) == Outcome.TAKEN_OVER
    mail, taken = only(), Intake.objects.get()
    assert (mail.organization.code, mail.forms[0]["receipt"]) == ("T1", taken.receipt)
    assert taken.mailed_from == TOWN
    assert {version.of_return.unit.code for version in Version.objects.all()} == {"T1"}
    assert town.state("annex1") == town.state("annex3") == "submitted"
    (answer,) = box.answers()
    assert answer["To"] == TOWN
    assert answer["In-Reply-To"] == mail.message_id
    assert answer["Reply-To"] == BOX
    assert taken.receipt in text(answer)
    assert "已按填报表原样定稿并上报" in text(answer)
    assert len(box.put_away()) == 1
    assert verify().is_whole


def test_errors_go_back_in_a_form_made_anew(box: Box, town: Desk) -> None:
    content = filled(town, {RURAL: "2000万"})
    assert box.outcome(written(TOWN, (FORM, content))) == Outcome.TO_BE_MENDED
    (answer,) = box.answers()
    assert "2000万" in text(answer)
    assert "随附的填报表" in text(answer)
    part = answer.get_payload(1)
    assert part.get_filename().endswith(".xlsx")
    book = openpyxl.load_workbook(BytesIO(part.get_payload(decode=True)))
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not Version.objects.exists()
    # Mended, it is another file; the first one was answered already.
    assert box.outcome(written(TOWN, (FORM, filled(town)))) == Outcome.TAKEN_OVER
    assert len(box.answers()) == 2


def test_the_same_file_again_has_the_same_receipt(box: Box, town: Desk) -> None:
    content = filled(town)
    for _ in range(2):
        box.outcome(written(TOWN, (FORM, content)))
    first, second = box.answers()
    assert first["Subject"] == second["Subject"]
    assert "此前已经定稿上报" in text(second)
    assert Version.objects.count() == 3


def test_the_same_file_after_a_table_was_withdrawn_says_that_it_is_not_sent(
    box: Box, town: Desk
) -> None:
    content = filled(town)
    box.outcome(written(TOWN, (FORM, content)))
    town.withdraw(table="annex3")
    box.outcome(written(TOWN, (FORM, content)))
    _first, second = box.answers()
    assert "其后附件3已撤回或被退回" in text(second)


def test_the_same_figures_in_another_file_leave_nothing_to_be_done(box: Box, town: Desk) -> None:
    sent(town, filled(town))
    content = filled(town, form=form_for(town, nonce="1e"))
    assert box.outcome(written(TOWN, (FORM, content))) == Outcome.TAKEN_OVER
    (answer,) = box.answers()
    assert str(make_header(decode_header(answer["Subject"]))).endswith("无须办理")
    assert "本次没有上报，无须办理" in text(answer)
    assert not answer.is_multipart()


def test_the_same_e_mail_again_is_done_once(box: Box, town: Desk) -> None:
    mail = written(TOWN, (FORM, filled(town)))
    box.gets(mail)
    box.gets(mail)
    looked = box.read()
    assert looked.counts == {Outcome.TAKEN_OVER: 1}
    assert looked.again == 1
    assert len(box.answers()) == 1
    assert box.lies() == []


def test_an_address_speaks_for_its_own_unit_alone(box: Box, town: Desk) -> None:
    assert box.outcome(written(OTHER, (FORM, filled(town)))) == Outcome.OTHER_UNIT
    (answer,) = box.answers()
    assert answer["To"] == OTHER
    assert not answer.is_multipart()
    assert not Version.objects.exists()
    # Nor is the receipt told of a form that was taken over from its own unit.
    box.outcome(written(TOWN, (FORM, filled(town))))
    assert box.outcome(written(OTHER, (FORM, filled(town)))) == Outcome.OTHER_UNIT


def test_several_forms_have_one_answer(box: Box, town: Desk) -> None:
    files = [(f"{table}.xlsx", filled(town, form=form_for(town, table))) for table in TABLES]
    wrong = filled(town, {RURAL: 999}, form_for(town, "annex3"))
    mail = written(TOWN, *files, ("附件3.xlsx", wrong), ("附件3.xlsx", wrong), ("函.docx", b"PK"))
    assert box.outcome(mail) == Outcome.TO_BE_MENDED
    assert [form["code"] == "submitted" for form in only().forms] == [True, True, False]
    (answer,) = box.answers()
    assert all(form["receipt"] in text(answer) for form in only().forms)
    assert len(answer.get_payload()) == 2
    assert {town.state("annex1"), town.state("annex2")} == {"submitted"}


def test_many_errors_are_said_in_part_and_all_are_marked(
    box: Box, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.returns.operations.mailed.LINES_SAID", 1)
    content = filled(town, {RURAL: "2000万", "annex2.total.rural": -1})
    assert box.outcome(written(TOWN, (FORM, content))) == Outcome.TO_BE_MENDED
    assert "另有 1 处" in text(box.answers()[0])


def test_a_form_that_another_way_took_over_meanwhile_has_its_receipt(
    box: Box, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = filled(town)
    taken = sent(town, content).intake
    known = intake.taken_over
    answers = iter([None])
    monkeypatch.setattr(intake, "taken_over", lambda digest: next(answers, known(digest)))
    assert box.outcome(written(TOWN, (FORM, content))) == Outcome.TAKEN_OVER
    assert taken.receipt in text(box.answers()[0])


def test_a_database_that_is_full_is_not_the_fault_of_a_form(
    box: Box, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise OperationalError

    box.gets(written(TOWN, (FORM, filled(town))))
    with monkeypatch.context() as patch:
        patch.setattr("pingyi.returns.operations.intake.open_form", full)
        with pytest.raises(OperationalError):
            box.read()
    assert only().failures == 0
    assert box.read().counts == {Outcome.TAKEN_OVER: 1}


def test_an_e_mail_that_another_reader_does_meanwhile_is_left_to_it(
    box: Box, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outpaced(mail: Mail, *given: Any) -> None:
        Mail.objects.filter(pk=mail.pk).update(done=1)
        takes(mail, *given)

    takes = handling._take_in
    box.gets(written(TOWN, (FORM, filled(town))))
    monkeypatch.setattr(handling, "_take_in", outpaced)
    assert box.read().again == 1
    assert not Version.objects.exists()


def test_a_form_is_read_of_somebody_known_alone(now: Any) -> None:
    with pytest.raises(ValueError, match="nobody known"):
        handling._take_in(Mail(pk=1), File("", FileKind.WORKBOOK), print, now)


def test_a_mail_that_is_done_is_answered_once(box: Box, now: Any) -> None:
    box.outcome(written(TOWN))
    head = Head(Writer.PERSON, sender=TOWN)
    assert handling._answered(only(), head, Outcome.FAILED, now) is None


TABLES = ("annex1", "annex2")


def test_what_is_too_large_for_a_form_is_said(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.mailbox.operations.handling.MOST_BYTES", 6 * 1024 * 1024)
    content = b"\0" * (4 * 1024 * 1024 + 1)
    assert box.outcome(written(TOWN, (FORM, content))) == Outcome.TO_BE_MENDED
    assert only().forms[0]["code"] == "file_too_large"
    assert not Intake.objects.exists()
    assert len(box.answers()) == 1


def test_after_enough_answers_a_day_forms_are_read_in_silence(box: Box, town: Desk) -> None:
    for number in range(MOST_ANSWERS):
        Letter.objects.create(
            key=str(number), address=TOWN, subject="", text="", not_before=box.now,
            written_at=box.now, state="dropped",
        )  # fmt: skip
    assert box.outcome(written(TOWN, (FORM, filled(town)))) == Outcome.TAKEN_OVER
    assert only().silence == Silence.ENOUGH
    assert box.answers() == []


def test_whoever_asks_for_no_answer_gets_none(box: Box, town: Desk) -> None:
    mail = written(TOWN, (FORM, filled(town)), X_Auto_Response_Suppress="All")
    assert box.outcome(mail) == Outcome.TAKEN_OVER
    assert only().silence == Silence.UNASKED
    assert box.answers() == []


def test_what_fails_three_times_is_answered_and_seen(
    box: Box, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pingyi.returns.operations.intake.open_form", breaks)
    box.gets(written(TOWN, (FORM, filled(town))))
    assert [box.read().left for _ in range(2)] == [1, 1]
    assert box.read().counts == {Outcome.FAILED: 1}
    assert len(box.answers()) == 1
    assert Mail.objects.count() == len(box.put_away()) == 1
