"""Units move with all that is below them, come and go after the freeze."""

import pytest

from pingyi.accounts.enums import Right
from pingyi.campaigns import permissions
from pingyi.campaigns.models import Amendment, Unit
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.campaigns.operations.units import add_unit, move_unit, remove_unit
from pingyi.campaigns.queries.universe import ancestors, reporting_units
from pingyi.core.refusals import Refusal
from pingyi.register import operations as register_operations


def code_of(deed, **arguments):
    with pytest.raises(Refusal) as refusal:
        deed(**arguments)
    return refusal.value.code


def paths(campaign):
    return dict(campaign.units.filter(is_active=True).values_list("code", "path"))


def move(units, code, parent, now, by=None):
    return move_unit(unit=units[code], parent=units[parent], reason="区划调整", by=by, now=now)


def new_branch(register, now, code="N", level="grassroots", kind="branch"):
    return register_operations.create_organization(
        code=code,
        name=f"新支部{code}",
        kind=kind,
        level=level,
        sector=None,
        parent=register.county,
        on=now.date(),
        by=None,
        now=now,
    )


def test_a_unit_moves_behind_its_new_siblings(campaign, units, now):
    amendment = move(units, "T1-1", "T2", now)
    found = paths(campaign)
    assert found["T1-1"] == "00001/00002/00002/"
    assert found["T1-2"] == "00001/00001/00002/"
    assert (amendment.before, amendment.after) == (
        {"parent": "T1", "path": "00001/00001/00001/"},
        {"parent": "T2", "path": "00001/00002/00002/"},
    )


def test_a_subtree_moves_along_with_its_depth(campaign, units, now):
    move(units, "T1", "T2", now)
    village = campaign.units.get(code="T1-1")
    assert (village.path, village.depth) == ("00001/00002/00002/00001/", 3)
    assert village.parent.code == "T1"
    assert [unit.code for unit in ancestors(village)] == ["X", "T2", "T1"]


def test_below_a_reporting_unit_nothing_else_reports(campaign, units, now):
    move(units, "T1", "T2", now)
    assert [unit.code for unit in reporting_units(campaign)] == ["T2"]
    units["T1"].refresh_from_db()
    move(units, "T1", "X", now)
    assert [unit.code for unit in reporting_units(campaign)] == ["T2", "T1"]


def test_a_branch_moved_out_of_its_township_does_not_report(campaign, units, now):
    move(units, "T1-1", "X", now)
    assert not campaign.units.get(code="T1-1").is_reporting


def test_moves_that_cannot_be_are_refused(campaign, units, now, monkeypatch):
    given = {"reason": "x", "by": None, "now": now}
    deed = move_unit
    assert code_of(deed, unit=units["X"], parent=units["T1"], **given) == "under_itself"
    assert code_of(deed, unit=units["T1"], parent=units["T1-1"], **given) == "under_itself"
    assert code_of(deed, unit=units["T1-1"], parent=units["T1"], **given) == "already_there"
    monkeypatch.setattr("pingyi.campaigns.operations.units.MOST_LEVELS", 3)
    assert code_of(deed, unit=units["T1"], parent=units["T2"], **given) == "too_deep"
    assert not Amendment.objects.exists()


def test_after_a_move_the_old_clerk_sees_the_unit_no_more(
    campaign, units, clerk_user, other_clerk_user, now
):
    move(units, "T1-1", "T2", now)
    moved = campaign.units.select_related("campaign").get(code="T1-1")
    assert not permissions.holds(clerk_user, moved, Right.EXEMPT)
    assert permissions.holds(other_clerk_user, moved, Right.EXEMPT)


def test_an_organization_of_the_register_is_added(campaign, units, register, office_user, now):
    organization = new_branch(register, now)
    add = add_unit
    given = {"campaign": campaign, "organization": organization, "by": office_user, "now": now}
    add(parent=units["T1"], reason="新成立", **given)
    unit = campaign.units.get(code="N")
    assert (unit.path, unit.depth, unit.parent) == ("00001/00001/00004/", 2, units["T1"])
    assert (unit.sector, unit.is_reporting) == ("", False)
    assert code_of(add, parent=units["T1"], reason="x", **given) == "already_in"


def test_a_unit_known_by_its_code_is_not_added_twice_and_may_come_back_as_the_organization(
    campaign, units, register, now
):
    organization = new_branch(register, now)
    given = {"campaign": campaign, "organization": organization, "by": None, "now": now}
    add_unit(parent=units["T1"], reason="新成立", **given)
    unit = Unit.objects.get(campaign=campaign, code="N")
    unit.organization = None
    unit.save()
    assert code_of(add_unit, parent=units["T1"], reason="x", **given) == "already_in"
    remove_unit(unit=unit, reason="误加", by=None, now=now)
    add_unit(parent=units["T2"], reason="还是要", **given)
    unit.refresh_from_db()
    assert (unit.organization, unit.is_active) == (organization, True)


def test_a_township_that_is_added_below_the_top_reports(campaign, units, register, now):
    organization = new_branch(register, now, code="T3", level="township", kind="committee")
    add_unit(
        campaign=campaign,
        organization=organization,
        parent=units["X"],
        reason="新设",
        by=None,
        now=now,
    )
    assert campaign.units.get(code="T3").is_reporting


def test_an_empty_unit_is_removed_and_comes_back(campaign, units, register, now):
    organization = new_branch(register, now)
    given = {"campaign": campaign, "organization": organization, "by": None, "now": now}
    add_unit(parent=units["T1"], reason="新成立", **given)
    unit = Unit.objects.get(campaign=campaign, code="N")
    remove_unit(unit=unit, reason="误加", by=None, now=now)
    assert "N" not in paths(campaign)
    assert code_of(remove_unit, unit=unit, reason="x", by=None, now=now) == "removed"
    add_unit(parent=units["T2"], reason="还是要", **given)
    assert paths(campaign)["N"] == "00001/00002/00002/"
    assert Unit.objects.filter(campaign=campaign, code="N").count() == 1


def test_what_still_holds_people_or_units_is_not_removed(campaign, units, now):
    given = {"reason": "x", "by": None, "now": now}
    assert code_of(remove_unit, unit=units["X"], **given) == "is_top"
    assert code_of(remove_unit, unit=units["T1-1"], **given) == "has_members"
    assert code_of(remove_unit, unit=units["T1"], **given) == "has_units"


def test_a_closed_campaign_is_amended_no_more(campaign, units, now):
    for code in ("first", "second"):
        round_ = campaign.rounds.get(code=code)
        if round_.state == "planned":
            open_round(round_=round_, by=None, now=now)
        close_round(round_=round_, by=None, now=now)
    close_campaign(campaign=campaign, by=None, now=now)
    given = {"reason": "x", "by": None, "now": now}
    assert code_of(move_unit, unit=units["T1-1"], parent=units["T2"], **given) == "campaign_closed"
