"""A new room refers to the register and joins in everywhere; no older room was edited for it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.utils.translation import override

from pingyi.accounts.models import User
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of
from pingyi.core.doors import DOORS, check_doors
from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Organization, Person
from pingyi.rosters import operations as rosters
from pingyi.rosters import permissions
from pingyi.rosters.queries.dependents import dependents
from tests.cast import NOW
from tests.rosters.conftest import apply, preview
from tests.rosters.workbook import small_roster
from tests.throwaway_room.answers import OPENED
from tests.throwaway_room.models import Visit

__all__ = ["apply", "preview"]


@pytest.fixture
def install(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Installs the room: every room of the house answers at empty doors again, as at a start."""
    installed: list[override_settings] = []

    def done(config: str) -> None:
        for door in DOORS:
            monkeypatch.setattr(door, "_answers", {})
        room = f"tests.throwaway_room.apps.{config}"
        installed.append(override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, room]))
        installed[0].enable()
        apps.clear_cache()  # what refers to the register is remembered from before
        make_table()

    OPENED.clear()
    yield done
    installed[0].disable()


def make_table() -> None:
    """Inside the transaction of the test, which takes the table away again."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    table, _parameters = editor.table_sql(Visit)
    with connection.cursor() as cursor:
        for statement in (table, *editor.deferred_sql):
            cursor.execute(str(statement))


def refused(deed: Callable[..., object], **given: Any) -> Refusal:
    with override("en"), pytest.raises(Refusal) as refusal:
        deed(**given, by=None, now=NOW)
    return refusal.value


def visit(code: str, **more: Any) -> Visit:
    return Visit.objects.create(
        organization=Organization.objects.get(code=code), title="first visit", **more
    )


def test_what_rests_on_an_import_is_told_in_the_words_of_the_room(
    install: Callable[[str], None], apply: Callable[..., Any]
) -> None:
    install("SpeakingConfig")
    made = apply(small_roster())
    place = visit("A1").organization
    refusal = refused(rosters.undo_roster, roster_import=made)
    assert refusal.details == ("visit: 东村党支部, first visit",)
    assert refusal.code == "built_upon"
    with override("en"):
        button = permissions.why_not_undo_roster(None, made, NOW)
        assert button is not None
        assert button.details == refusal.details
        # The deed asks more closely than the button.
        found = dependents({Organization: {place.pk}})
    assert "visit: 东村党支部, first visit" in found.sentences


@pytest.mark.parametrize("more", [{}, {"is_hidden": True}])
def test_a_room_that_answers_nowhere_is_noticed_all_the_same(
    install: Callable[[str], None], apply: Callable[..., Any], more: dict[str, Any]
) -> None:
    install("SilentConfig")
    made = apply(small_roster())
    visit("A1", mentor=Person.objects.get(name="张三"), **more)
    refusal = refused(rosters.undo_roster, roster_import=made)
    assert refusal.details == (f"visit: first visit ({Visit._base_manager.get().pk})",)
    Visit._base_manager.all().delete()
    rosters.undo_roster(roster_import=made, by=None, now=NOW)
    assert not Organization.objects.filter(code="A1").exists()


def test_what_the_room_finds_owed_is_a_gap_until_it_is_exempt(
    install: Callable[[str], None], request: pytest.FixtureRequest, now: datetime
) -> None:
    install("SpeakingConfig")
    planned: Campaign = request.getfixturevalue("planned_campaign")
    round_ = campaigns.open_round(round_=planned.rounds.get(code="first"), by=None, now=now)
    assert OPENED == ["first"]
    visit("T1-1")
    gaps = [gap for gap in gaps_of(round_) if gap.duty == "visit"]
    assert "柳湾村党支部" not in {gap.subject for gap in gaps}
    told = refused(close_round, round_=round_).details
    assert f"{gaps[0].subject}: {gaps[0].subject}, Visit of a mentor missing" in told
    campaigns.exempt_many(round_=round_, gaps=gaps, reason="本轮不安排导师走访", by=None, now=now)
    assert not [gap for gap in gaps_of(round_) if gap.duty == "visit"]


def test_its_work_and_its_page_stand_on_the_home_page(
    install: Callable[[str], None], request: pytest.FixtureRequest, client: Client
) -> None:
    install("SpeakingConfig")
    request.getfixturevalue("campaign")
    user: User = request.getfixturevalue("branch_secretary_user")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/").content.decode()
    assert "Visit a branch" in page
    assert 'href="/visits/"' in page


def test_its_answers_fit_the_doors(install: Callable[[str], None]) -> None:
    install("SpeakingConfig")
    assert check_doors() == []
    keys = {key for door in DOORS for key in door}
    assert {"throwaway", "visit", "throwaway.visit"} <= keys
