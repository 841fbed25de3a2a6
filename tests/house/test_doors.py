"""What the rooms of this house answer at each other's doors."""

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from pingyi.campaigns.doors import DUTIES, Duty
from pingyi.core import doors
from pingyi.core.doors import Door, check_doors
from pingyi.organizations.doors import RESTING, Kind


def test_every_answer_fits_its_door() -> None:
    assert check_doors() == []
    assert all(len(door) for door in doors.DOORS), "nobody answers at a door: take it away"


def test_a_duty_says_who_has_not_got_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(DUTIES) == ["review", "appraisal"]
    monkeypatch.setattr(doors, "DOORS", [])
    wrong: Door[Duty] = Door("duties of a round", Duty, DUTIES._flaw)
    wrong.offer("patrol", Duty("patrol", lambda: None))
    [fault] = wrong.faults()
    assert fault.startswith(
        "Door “duties of a round”: what is offered as “patrol” cannot be called as"
    )


def test_duties_are_named_in_the_language_of_the_reader() -> None:
    for duty in DUTIES.values():
        assert isinstance(duty.label, Promise)
        with override("zh-hans"):
            chinese = str(duty.label)
        with override("en"):
            assert str(duty.label) != chinese


@pytest.mark.parametrize(
    ("label", "told_by", "flaw"),
    [
        ("campaigns.unit", ("name",), ""),
        ("accounts.grant", ("get_role_display", "user"), ""),
        ("campaigns.Unit", ("name",), "names no model"),
        ("nowhere.visit", (), "names no model"),
        ("campaigns.unit", ("name", "title"), "has no title"),
    ],
)
def test_rows_are_told_by_what_they_have(label: str, told_by: tuple[str, ...], flaw: str) -> None:
    assert RESTING._flaw(label, Kind("unit", told_by)) == flaw
