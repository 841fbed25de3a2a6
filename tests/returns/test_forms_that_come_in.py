"""A form that comes in is taken over as it stands, all of it or nothing, and has a receipt."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.ledger.models import Entry
from pingyi.ledger.queries import verify
from pingyi.returns.models import Intake, Version
from pingyi.returns.operations import intake
from pingyi.returns.queries.form_sentences import fault_lines
from pingyi.returns.queries.intakes import taken_over, with_the_unit_again
from pingyi.returns.queries.returns import return_of
from pingyi.reviews.models import Review
from pingyi.reviews.operations.consequences import withdraw_review
from tests.at_once import refused
from tests.returns.desk import RURAL, WHY, Desk, county, town
from tests.returns.filling import codes, filled, form_for, saved, sent

__all__ = ["county", "town"]


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def states(desk: Desk) -> list[str]:
    return [desk.state(table) for table in ("annex1", "annex2", "annex3")]


def test_a_clean_form_is_sealed_and_submitted(town: Desk) -> None:
    content = filled(town, {RURAL: 2, f"why.{RURAL}": WHY})
    outcome = sent(town, content)
    assert codes(outcome) == []
    found = outcome.intake
    assert (found.code, found.state, found.is_handed_in) == ("submitted", "submitted", False)
    assert states(town) == ["submitted"] * 3
    version = Version.objects.get(of_return__table="annex3")
    assert version.content["cells"][RURAL]["said"] == 2
    assert version.content["cells"][RURAL]["reason"] == WHY
    assert version.content["form"] == {"sha256": found.sha256, "receipt": found.receipt}
    assert version.content["foot"]["负责人"] == "陈卫东"
    assert version.content["filled_on"] == "2011-06-01"
    assert [each["table"] for each in found.versions] == ["annex1", "annex2", "annex3"]
    assert found.file.read() == content
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:8])
    assert kinds[0] == "return.form_received"
    assert kinds.count("return.corrected") == 1
    assert verify().is_whole


def test_the_same_file_has_the_same_receipt(town: Desk) -> None:
    content = filled(town)
    first = sent(town, content)
    again = sent(town, content, filename="另存.xlsx", unit=town.unit)
    assert again.is_again
    assert again.intake == first.intake
    assert Version.objects.count() == 3
    assert Intake.objects.get().receipt == first.intake.receipt


def test_the_receipt_of_a_form_is_not_told_to_another_unit(
    town: Desk, county: Desk, units: dict[str, Any]
) -> None:
    content = filled(town)
    sent(town, content)
    there = sent(county, content, round_=town.round, unit=units["T2"])
    assert (there.is_again, there.intake.code) == (False, "other_unit")


def test_the_same_file_after_it_came_back_says_that_nothing_was_sent(
    town: Desk, county: Desk, client: Client
) -> None:
    content = filled(town)
    first = sent(town, content)
    assert with_the_unit_again(first.intake) == []
    town.withdraw(table="annex1")
    county.send_back(table="annex3", remarks={"": "与台账不符，请核对正式党员数"})
    again = sent(town, content)
    assert again.is_again
    assert with_the_unit_again(again.intake) == ["annex1", "annex3"]
    assert town.state("annex1") == "sealed"
    client.force_login(town.by)
    where = [town.round.campaign.code, town.round.code, town.unit.code, again.intake.pk]
    page = client.get(reverse("returns:received", args=where)).content.decode()
    assert "其后附件1、附件3已撤回或被退回" in page


def test_of_the_same_file_sent_at_once_the_second_finds_the_receipt_of_the_first(
    town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not there before it was read is there behind the lock."""
    content = filled(town)
    first = sent(town, content)
    not_yet = iter([None])
    monkeypatch.setattr(intake, "taken_over", lambda digest: next(not_yet, taken_over(digest)))
    again = sent(town, content)
    assert (again.is_again, again.intake) == (True, first.intake)


def test_what_the_receiver_hands_in_is_as_the_unit_wrote_it(town: Desk, county: Desk) -> None:
    content = filled(town)
    with refused("not_the_sender"):
        county.sealed()
    outcome = sent(county, content, unit=county.unit, round_=county.round)
    assert outcome.intake.is_handed_in
    version = Version.objects.get(of_return__table="annex3")
    assert version.content["form"]["sha256"] == outcome.intake.sha256
    assert version.sealed_by == county.by


def test_nobody_else_hands_it_in(
    town: Desk, other_clerk_user: User, inspector_user: User, county: Desk
) -> None:
    content = filled(town)
    for user in (inspector_user, other_clerk_user):
        with refused("not_to_hand_in"):
            sent(town, content, by=user, unit=town.unit)
    with refused("not_to_hand_in"):
        sent(town, content, by=inspector_user)
    # Outside of one's sight there is no such unit.
    assert codes(sent(town, content, by=other_clerk_user)) == [("unknown_unit", "")]
    sent(town, content)
    with refused("not_to_hand_in"):
        sent(town, content, by=other_clerk_user)


def test_all_errors_are_said_and_nothing_is_taken_over(town: Desk) -> None:
    entries = {RURAL: "2000万", "annex3.total.school": 9, "annex2.total.rural": 0}
    outcome = sent(town, filled(town, entries))
    assert {code for code, _cell in codes(outcome)} == {
        "no_number", "above_the_universe", "above_the_whole", "word_missing", "reason_missing",
    }  # fmt: skip
    assert outcome.intake.code == "no_number"
    assert states(town) == ["open"] * 3
    assert outcome.intake.entries[RURAL] == "2000万"
    # Sent again it is the same row; mended it is another file.
    assert sent(town, filled(town, entries)).intake.faults == outcome.intake.faults
    same = sent(town, outcome.intake.file.read())
    assert same.intake == outcome.intake
    assert verify().is_whole


def test_what_the_checks_of_the_screen_say_of_a_form(town: Desk) -> None:
    second = "annex3.reviewed_second.rural"
    heads = {
        "annex1.total.grassroots_secretary": 2,
        "annex1.reviewing_first.grassroots_secretary": 2,
        "why.annex1": WHY,
    }
    for wanted, entries in (
        ("reason_missing", {RURAL: 2}),
        ("reason_says_nothing", {RURAL: 2, f"why.{RURAL}": "核实无误"}),
        ("left_blank", {RURAL: None}),
        ("before_the_round", {second: 0, "why.annex3": WHY}),
        ("word_missing", {RURAL: "不详", f"why.{RURAL}": "核实"}),
        ("word_missing", heads),
        ("left_out", {"foot.annex1.1": None}),
        ("left_out", {"filled_on.annex1": None}),
        ("no_day", {"filled_on.annex1": "月底"}),
        ("cause_says_nothing", {"cause.annex1": "核实无误"}),
    ):
        outcome = sent(town, filled(town, entries))
        cells = [cell for code, cell in codes(outcome) if code == wanted]
        assert cells, entries
        assert "" not in cells
    # With a word on each they are taken over: one reason may be of a whole table.
    words = {"word.secretaries_and_organizations": "一名书记兼任两个支部"}
    given = {**heads, **words, RURAL: "不详", "why.annex3": WHY}
    outcome = sent(town, filled(town, given))
    assert outcome.intake.code == "submitted"
    warnings = Version.objects.get(of_return__table="annex3").content["warnings"]
    assert [(each["code"], each["word"]) for each in warnings] == [("unknown", WHY)]


def test_a_row_that_was_inserted_is_one_fault(town: Desk) -> None:
    book = openpyxl.load_workbook(BytesIO(filled(town, {RURAL: 2, f"why.{RURAL}": WHY})))
    sheet = book["附件3"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(5)
    outcome = sent(town, saved(book))
    assert codes(outcome) == [("rows_inserted", "A5")]
    (line,) = fault_lines(None, outcome.intake.faults)
    assert line.sentence == (
        "应只有表式原有的行；第 5 行前多出 1 行。请删除多出的行，或将数据填入新表。"
    )
    assert outcome.intake.entries[RURAL] == 2


def test_a_column_that_was_inserted_is_one_fault(town: Desk) -> None:
    book = openpyxl.load_workbook(BytesIO(filled(town, {RURAL: 2, f"why.{RURAL}": WHY})))
    sheet = book["附件3"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(3)
    outcome = sent(town, saved(book))
    assert codes(outcome) == [("columns_inserted", "C1")]
    (line,) = fault_lines(None, outcome.intake.faults)
    assert line.sentence == (
        "应只有表式原有的列；C 列前多出 1 列。请删除多出的列，或将数据填入新表。"
    )
    assert outcome.intake.entries[RURAL] == 2


def test_what_was_counted_since_is_told_apart_from_a_missing_reason(town: Desk) -> None:
    form = form_for(town)
    town.correct(cell=RURAL, said=2, reason=WHY)
    # The form was made before a review was recorded.

    review = Review.objects.filter(participant__isnull=False).first()
    withdraw_review(review=review, reason="录错了人", by=None, now=town.now)
    outcome = sent(town, filled(town, form=form))
    assert "counted_since" in {code for code, _cell in codes(outcome)}


def test_only_what_was_sent_back_is_taken_from_the_next_form(town: Desk, county: Desk) -> None:
    sent(town, filled(town))
    for table in ("annex1", "annex2"):
        county.accept(table=table)
    assert sent(town, filled(town, form=form_for(town, nonce="1e"))).intake.code == "unchanged"
    assert sent(town, filled(town, {RURAL: 2})).intake.code == "submitted_already"
    county.send_back(table="annex3", remarks={RURAL: WHY})
    entries = {RURAL: 2, f"why.{RURAL}": WHY}
    wrong = sent(town, filled(town, {**entries, "annex3.total.school": 1}))
    assert codes(wrong) == [("cell_is_closed", wrong.intake.faults[0]["cell"])]
    also = sent(town, filled(town, {**entries, "annex1.total.township_secretary": 0}))
    assert also.intake.code == "accepted_already"
    outcome = sent(town, filled(town, entries))
    assert [each["table"] for each in outcome.intake.versions] == ["annex3"]
    notes = [each["code"] for each in outcome.intake.notes if each["code"] == "said_already"]
    assert len(notes) == 2
    county.accept(table="annex3")
    assert sent(town, filled(town, form=form_for(town, nonce="2e"))).intake.code == "unchanged"


def test_what_was_accepted_is_amended_with_its_cause(town: Desk, county: Desk) -> None:
    sent(town, filled(town))
    county.accept(table="annex3")
    cause = {"cause.annex3": "漏报一名转出党员，现予更正"}
    outcome = sent(town, filled(town, {RURAL: 2, "why.annex3": WHY, **cause}))
    assert outcome.intake.code == "submitted"
    found = return_of(town.round, town.unit, "annex3")
    assert found is not None
    assert found.latest is not None
    assert (found.latest.number, found.latest.cause) == (2, cause["cause.annex3"])
    # Said as counted again, what was said otherwise is taken back.
    county.accept(table="annex3")
    again = sent(town, filled(town, {RURAL: 3, "cause.annex3": "转出手续未办，恢复原数"}))
    assert again.intake.code == "submitted"
    assert not found.corrections.exists()


def test_what_is_waived_is_not_asked_for(town: Desk, county: Desk) -> None:
    for table in ("annex1", "annex2", "annex3"):
        county.waive(table=table, reason=WHY)
    outcome = sent(town, filled(town))
    assert outcome.intake.code == "unchanged"
    assert {each["code"] for each in outcome.intake.notes} == {"waived"}


def test_the_same_figures_in_another_file_leave_nothing_to_be_done(
    town: Desk, county: Desk, client: Client
) -> None:
    sent(town, filled(town))
    content = filled(town, form=form_for(town, nonce="1e"))
    first, again = sent(town, content), sent(town, content)
    assert (first.intake.state, first.intake.faults, again.intake) == (
        "unchanged",
        [],
        first.intake,
    )
    assert Version.objects.count() == 3
    client.force_login(town.by)
    where = [town.round.campaign.code, town.round.code, town.unit.code, first.intake.pk]
    page = client.get(reverse("returns:received", args=where)).content.decode()
    assert "本次没有上报，无须办理" in page
    for table in ("annex1", "annex2", "annex3"):
        county.accept(table=table)
    accepted = sent(town, content).intake
    (line,) = {each.sentence for each in fault_lines(None, accepted.notes)}
    assert "等待" not in line
    assert verify().is_whole


def test_what_an_operation_refuses_is_said_in_its_words(town: Desk) -> None:
    content = filled(town)
    town.round.campaign.state = "closed"
    town.round.campaign.save()
    outcome = sent(town, content)
    assert outcome.intake.code == "campaign_closed"
    assert outcome.intake.faults[0]["params"]["sentence"] == "活动已结束。"
