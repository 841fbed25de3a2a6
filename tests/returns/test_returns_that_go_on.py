"""What changes between two versions of a return, and what must not (N11, N12)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.enums import Role
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations import open_campaign
from pingyi.campaigns.operations.people import remove_participant
from pingyi.returns.queries.content import digest_of_heads, heads_in
from pingyi.returns.queries.returns import owed_by
from pingyi.returns.queries.worklist import worklist
from pingyi.returns.rules.cells import from_json
from tests.at_once import refused
from tests.cast import user_with
from tests.returns.desk import RURAL, WHY, Desk, Words, county, town

__all__ = ["county", "town"]


def test_what_was_sent_late_stays_late_and_what_was_sent_in_time_does_not_become_it(
    town: Desk, county: Desk
) -> None:
    def late() -> str | None:
        found = next(o for o in owed_by(town.round, [town.unit]) if o.table.code == "annex3")
        assert found.is_to_be_sent == (found.state in ("sealed", "sent_back"))
        return found.lateness(date(2011, 8, 1))

    town.sealed()
    assert late() == "late"
    town.submit(table="annex3")
    assert late() is None
    county.send_back(table="annex3", remarks={RURAL: WHY})
    town.sealed(words=Words())
    town.now += timedelta(days=60)
    town.submit(table="annex3")
    assert late() is None
    town.withdraw(table="annex3")
    assert late() is None
    town.submit(table="annex3")
    county.accept(table="annex3")
    other = Desk(town.round, town.unit, town.now, town.by)
    other.sealed("annex1")
    other.submit(table="annex1")
    found = next(o for o in owed_by(town.round, [town.unit]) if o.table.code == "annex1")
    assert found.lateness(date(2011, 6, 1)) == "late"
    other.withdraw(table="annex1")
    assert found.found.__class__.objects.get(pk=found.found.pk).first_sent_on is None


def test_with_a_cell_its_column_opens_and_the_rest_keeps_its_moment(
    town: Desk, county: Desk, units: dict[str, Any], participants: dict[str, Any]
) -> None:
    """A member leaves between the two: the total falls, and what depends on it with it."""
    first = town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    later = town.now + timedelta(days=1)
    remove_participant(
        participant=participants["village_member"], reason="已转出", by=None, now=later
    )
    town.now = later + timedelta(days=1)
    second = town.sealed()
    cells = from_json(second.content["cells"])
    assert (cells[RURAL].said, cells["annex3.reviewed_first.rural"].said) == (2, 0)
    dated = {code: cell["as_of"] for code, cell in second.content["cells"].items()}
    assert dated[RURAL] == second.sealed_at.isoformat()
    assert dated["annex3.total.school"] == first.sealed_at.isoformat()
    plan = next(o for o in owed_by(town.round, [town.unit]) if o.table.code == "annex3").table
    heads = heads_in(town.round, town.unit, plan, second.content["cells"])
    assert digest_of_heads(heads) == second.content["heads"]
    assert len(heads[RURAL]) == 2
    assert len(heads["annex3.total.school"]) == cells["annex3.total.school"].said


def test_a_cause_stands_until_the_next_answer(town: Desk, county: Desk) -> None:
    town.sealed()
    town.submit(table="annex3")
    county.accept(table="annex3")
    cause = "漏报一名转出党员，现予更正"
    town.sealed(cause=cause)
    third = town.sealed()
    assert (third.cause, third.content["cause"]) == (cause, cause)
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    assert town.sealed(words=Words()).cause == cause
    with refused("accepted_already"):
        county.waive(table="annex3", reason=WHY)


def test_a_reason_is_about_the_figure_that_was_counted_then(
    town: Desk, participants: dict[str, Any]
) -> None:
    town.correct(cell=RURAL, said=1, reason=WHY)
    remove_participant(
        participant=participants["village_member"], reason="已转出", by=None, now=town.now
    )
    town.now += timedelta(days=1)
    with refused("check_failed"):
        town.sealed()
    town.correct(cell=RURAL, said=1, reason="又有一名党员七月去世，尚未登记")
    assert from_json(town.sealed().content["cells"])[RURAL].said == 1


def test_nothing_goes_up_that_was_said_after_the_sealing(town: Desk) -> None:
    town.sealed()
    town.correct(cell=RURAL, said=2, reason=WHY)
    with refused("not_sealed_yet") as failed:
        town.submit(table="annex3")
    assert "农村" in str(failed.value.details)
    town.sealed()
    # Nor what was taken back since.
    town.correct(cell=RURAL, said=3, reason="")
    with refused("not_sealed_yet"):
        town.submit(table="annex3")
    assert town.sealed().number == 3
    town.submit(table="annex3")


def test_the_version_that_was_seen_is_the_one_that_is_answered(town: Desk, county: Desk) -> None:
    town.sealed()
    town.sealed()
    with refused("another_version"):
        town.submit(table="annex3", number=1)
    town.submit(table="annex3", number=2)
    with refused("another_version"):
        county.accept(table="annex3", number=1)
    with refused("another_version"):
        county.send_back(table="annex3", remarks={RURAL: WHY}, number=1)
    county.accept(table="annex3", number=2)


@pytest.mark.parametrize(("deed", "state"), [("seal", "sealed"), ("send_back", "sent_back")])
def test_asked_for_again_it_stands_where_it_stood(
    town: Desk, county: Desk, deed: str, state: str
) -> None:
    town.sealed()
    if deed == "send_back":
        town.submit(table="annex3")
        county.send_back(table="annex3", remarks={RURAL: WHY})
    county.waive(table="annex3", reason=WHY)
    county.claim(table="annex3")
    assert town.state() == state


def test_tables_are_compared_as_they_were_sealed(town: Desk) -> None:
    """The other table as it was sealed, whatever is counted since; nothing of what is unknown."""
    town.sealed("annex1")
    town.correct(cell="annex2.total.government", said=0, reason=WHY)
    with refused("warning_unexplained"):
        town.sealed("annex2")
    town.correct(cell="annex2.total.government", said="unknown", reason=WHY)
    word = "该支部正在改选，名册尚未交接"
    version = town.sealed("annex2", words={"unknown:annex2.total.government": word})
    assert [each["code"] for each in version.content["warnings"]] == ["unknown"]


def test_what_was_accepted_for_an_earlier_round_is_said_again_or_explained(
    town: Desk, county: Desk, campaign: Campaign, now: datetime
) -> None:
    town.correct(cell="annex3.reviewed_first.rural", said=0, reason=WHY)
    town.sealed()
    town.submit(table="annex3")
    county.accept(table="annex3")
    Round.objects.filter(pk=town.round.pk).update(state="closed", closed_at=now)
    second = campaign.rounds.get(code="second")
    Round.objects.filter(pk=second.pk).update(state="open", opened_at=now)
    desk = Desk(campaign.rounds.get(code="second"), town.unit, town.now, town.by)
    with refused("warning_unexplained") as failed:
        desk.sealed()
    assert "第一次 · 农村" in str(failed.value.details)
    key = "not_as_accepted:annex3.reviewed_first.rural"
    desk.sealed(words={key: "首轮报送后补录了一次点评"})


def test_whoever_has_a_role_above_the_top_does_not_report_for_it(
    town: Desk, register: Any, units: dict[str, Any], now: datetime
) -> None:
    """The campaign of a township, where the office of the county answers."""
    other = open_campaign(
        code="town", name="镇内活动", pack_code="chuangxian-2011", root=register.t1,
        cut_off_on=date(2011, 5, 31), by=None, now=now,
    )  # fmt: skip
    Round.objects.filter(campaign=other, code="first").update(state="open", opened_at=now)
    round_ = other.rounds.select_related("campaign").get(code="first")
    top = other.units.get(parent=None)
    above = user_with("above", Role.CLERK, register.county, now)
    with refused("not_the_sender"):
        Desk(round_, top, town.now, above).sealed()
    own = Desk(round_, top, town.now, town.by)
    own.sealed()
    own.submit(table="annex3")
    Desk(round_, top, town.now, above).accept(table="annex3")


def test_what_was_sent_is_asked_for_no_more(town: Desk, county: Desk) -> None:
    def asked() -> list[Any]:
        return [item.due_on for item in worklist(town.by, town.round, date(2011, 6, 20)).owed]

    assert asked() == [date(2011, 6, 28)]
    for table in ("annex1", "annex2"):
        town.sealed(table)
        town.submit(table=table)
    county.extend(table="annex3", until=date(2011, 7, 5), reason=WHY)
    assert asked() == [date(2011, 7, 5)]
    county.waive(table="annex3", reason=WHY)
    assert asked() == []


@pytest.mark.parametrize(
    ("way", "before", "after"),
    [("sent_back", "soon", "late"), ("withdrawn", "soon", "late"), ("amended", "todo", "todo")],
)
def test_what_is_with_the_unit_again_stands_on_its_first_page(
    town: Desk, county: Desk, client: Client, way: str, before: str, after: str
) -> None:
    for table in ("annex1", "annex2", "annex3"):
        town.sealed(table)
        town.submit(table=table)
        if way == "sent_back":
            county.send_back(table=table, remarks={"": WHY})
        elif way == "withdrawn":
            town.withdraw(table=table)
        else:
            county.accept(table=table)
            town.sealed(table, cause="漏登记一名转出党员，现予更正")

    def urgency(today: date) -> list[str]:
        return [item.state for item in worklist(town.by, town.round, today).owed]

    assert urgency(date(2011, 6, 25)) == [before]
    assert urgency(date(2011, 7, 1)) == [after]
    client.force_login(town.by)
    assert client.get("/").status_code == 200
