"""Two sessions in one meeting grid: rows are put together, and where both wrote, both are told."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Participant, Round, Unit
from pingyi.core.refusals import Refusal
from pingyi.reviews.models import Meeting, Review
from pingyi.reviews.operations.meetings import begin_meeting, save_draft, save_meeting
from pingyi.reviews.queries.tasks import grid_rows
from pingyi.reviews.rules.drafts import merge, shape, version
from tests.reviews.conftest import HELD_ON

MINE = {"achievements": "带头修渠两公里", "problems": "走访偏少", "direction": "每月走访五户"}
THEIRS = {"achievements": "调解纠纷三起", "problems": "台账不全", "direction": "月底补齐台账"}
EMPTY = version({})

# Opens the grid: the address that its form is sent to, and its rows.
Page = Callable[..., tuple[str, list[dict[str, object]]]]


@pytest.fixture
def meeting(
    first_round: Round, units: dict[str, Unit], participants: dict[str, Participant], now: datetime
) -> Meeting:
    return begin_meeting(
        round_=first_round, unit=units["T1-1"], reviewer=participants["village_secretary"],
        form="meeting", held_on=HELD_ON, place="村部", by=None, now=now,
    )  # fmt: skip


@pytest.fixture
def keys(meeting: Meeting) -> dict[str, str]:
    return {row.subject: row.key for row in grid_rows(meeting)}


def kept(meeting: Meeting) -> dict[str, dict[str, str]]:
    return Meeting.objects.get(pk=meeting.pk).draft


def test_a_row_without_a_version_is_typed_over() -> None:
    merged = merge({"p1": THEIRS}, {"p1": MINE}, {})
    assert (merged.draft, merged.taken, merged.changed) == ({"p1": MINE}, ["p1"], [])


def test_a_row_that_only_they_changed_stays_theirs() -> None:
    merged = merge({"p1": THEIRS}, {"p1": {}}, {"p1": EMPTY})
    assert (merged.draft, merged.taken, merged.changed) == ({"p1": THEIRS}, [], [])


def test_what_only_they_changed_is_named_as_unseen() -> None:
    """In a row that was on the page, and in one that was not."""
    merged = merge({"p1": THEIRS, "p2": THEIRS}, {"p1": {}}, {"p1": EMPTY})
    assert (merged.changed, sorted(merged.unseen)) == ([], ["p1", "p2"])
    assert merge({"p2": THEIRS}, {"p1": {}}, {}).unseen == []


def test_a_line_ends_in_one_way() -> None:
    cells = {"problems": " 一行\r\n二行\x00 ", "colour": "red"}
    assert shape(cells, 4) == {"achievements": "", "problems": "一行\n二", "direction": ""}
    assert version(shape(cells, 99)) == version(shape({"problems": "一行\n二行"}, 99))


def test_a_row_that_both_changed_stays_theirs_and_is_named() -> None:
    merged = merge({"p1": THEIRS}, {"p1": MINE}, {"p1": EMPTY})
    assert (merged.draft, merged.taken, merged.changed) == ({"p1": THEIRS}, [], ["p1"])


def test_both_typed_the_same() -> None:
    merged = merge({"p1": MINE}, {"p1": MINE}, {"p1": EMPTY})
    assert (merged.taken, merged.changed) == (["p1"], [])


def test_what_was_cleared_on_purpose_is_gone() -> None:
    merged = merge({"p1": THEIRS, "p2": MINE}, {"p1": {}}, {"p1": version(THEIRS)})
    assert merged.draft == {"p2": MINE}


def test_rows_of_two_sessions_are_put_together(meeting: Meeting, keys: dict[str, str]) -> None:
    one, other = keys["张小芳"], keys["刘洋"]
    seen = {one: EMPTY, other: EMPTY}
    save_draft(meeting=meeting, draft={one: MINE, other: {}}, seen=seen, by=None)
    merged = save_draft(meeting=meeting, draft={one: {}, other: THEIRS}, seen=seen, by=None)
    assert kept(meeting) == {one: MINE, other: THEIRS}
    assert (merged.taken, merged.changed) == ([other], [])


def test_all_is_not_saved_over_words_that_were_not_seen(
    meeting: Meeting, keys: dict[str, str], now: datetime
) -> None:
    row = keys["张小芳"]
    save_draft(meeting=meeting, draft={row: THEIRS}, by=None)
    with pytest.raises(Refusal) as found:
        save_meeting(meeting=meeting, draft={row: MINE}, seen={row: EMPTY}, by=None, now=now)
    assert found.value.code == "changed_meanwhile"
    assert list(found.value.details) == ["张小芳：调解纠纷三起 / 台账不全 / 月底补齐台账"]
    assert kept(meeting) == {row: THEIRS}
    assert not Review.objects.exists()


def data_of(answer_rows: list[dict[str, object]], **typed: dict[str, str]) -> dict[str, str]:
    """What a page sends: the cells of every row and the version each was begun from."""
    found: dict[str, str] = {}
    for item in answer_rows:
        key = item["row"].key  # type: ignore[attr-defined]
        cells = typed.get(key) or {
            cell["name"].partition("-")[2]: cell["value"] for cell in item["cells"]
        }  # type: ignore[attr-defined]
        found |= {f"{key}-{part}": value for part, value in cells.items()}
        found[f"{key}-seen"] = str(item["seen"])
    return found


@pytest.fixture
def page(client: Client, meeting: Meeting, branch_secretary_user: User) -> Page:
    client.force_login(branch_secretary_user, backend="django.contrib.auth.backends.ModelBackend")
    code = meeting.round.campaign.code

    def opened(name: str = "meeting") -> tuple[str, list[dict[str, object]]]:
        rows = client.get(reverse("reviews:meeting", args=[code, meeting.pk])).context["rows"]
        return reverse(f"reviews:{name}", args=[code, meeting.pk]), rows

    return opened


def test_two_pages_of_one_grid(
    client: Client, meeting: Meeting, keys: dict[str, str], page: Page
) -> None:
    """The second page is told what the first has kept, keeps its own words, and may then go on.

    A row that only the first has written stands in its grid before it is recorded.
    """
    one, other = keys["张小芳"], keys["刘洋"]
    url, rows = page()
    save_draft(meeting=meeting, draft={one: THEIRS, other: THEIRS}, by=None)
    answer = client.post(url, data_of(rows, **{one: MINE}))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "调解纠纷三起 / 台账不全 / 月底补齐台账" in text
    assert "带头修渠两公里" in text
    assert "2 行" in text
    shown = {item["row"].key: item["parts"] for item in answer.context["rows"]}
    assert shown[other] == THEIRS
    again = data_of(answer.context["rows"])
    assert client.post(url, {**again, "accept": "1"}).status_code == 302
    found = {review.participant.name: review.achievements for review in Review.objects.all()}
    assert found == {"张小芳": MINE["achievements"], "刘洋": THEIRS["achievements"]}


def test_the_autosave_of_a_page_goes_on_from_what_it_kept(
    client: Client, meeting: Meeting, keys: dict[str, str], page: Page
) -> None:
    one = keys["张小芳"]
    url, rows = page("meeting-draft")
    sent = data_of(rows, **{one: MINE})
    answer = client.post(url, sent, headers={"HX-Request": "true"})
    assert f'id="{one}-seen"' in answer.content.decode()
    assert f'value="{version(MINE)}"' in answer.content.decode()
    longer = {**MINE, "problems": "走访偏少，台账不全"}
    sent = data_of(rows, **{one: longer}) | {f"{one}-seen": version(MINE)}
    client.post(url, sent, headers={"HX-Request": "true"})
    assert kept(meeting) == {one: longer}
    stale = data_of(rows, **{one: THEIRS})
    answer = client.post(url, stale, headers={"HX-Request": "true"})
    assert "1 行" in answer.content.decode()
    assert kept(meeting) == {one: longer}


def test_a_row_that_is_cleared_on_a_stale_page_is_not_recorded(
    client: Client, meeting: Meeting, keys: dict[str, str], page: Page
) -> None:
    """Back to a page from before the autosave: its row is cleared, another one is written."""
    one, other = keys["张小芳"], keys["刘洋"]
    url, rows = page()
    save_draft(meeting=meeting, draft={other: THEIRS}, by=None)
    answer = client.post(url, {**data_of(rows, **{one: MINE}), "accept": "1"})
    assert answer.status_code == 422
    assert not Review.objects.exists()
    cleared = data_of(answer.context["rows"], **{other: dict.fromkeys(THEIRS, "")})
    assert client.post(url, {**cleared, "accept": "1"}).status_code == 302
    assert [review.participant.name for review in Review.objects.all()] == ["张小芳"]


def test_signs_stand_under_the_name_of_their_row(
    client: Client, keys: dict[str, str], page: Page
) -> None:
    """Cells with nothing but blanks are no row."""
    one, other = keys["张小芳"], keys["刘洋"]
    first, last = sorted((one, other), key=[*keys.values()].index)
    url, rows = page()
    blanks = dict.fromkeys(MINE, " ")
    thin = {**MINE, "problems": "好"}
    answer = client.post(url, data_of(rows, **{first: blanks, last: thin}))
    assert [sign["subject"] for sign in answer.context["signs"]] == [
        next(name for name, key in keys.items() if key == last)
    ]


def test_a_draft_keeps_what_was_taken_beside_a_row_that_both_changed(
    client: Client, meeting: Meeting, keys: dict[str, str], page: Page
) -> None:
    """The row that was taken is from then on begun from what was typed."""
    one, other = keys["张小芳"], keys["刘洋"]
    url, rows = page("meeting-draft")
    save_draft(meeting=meeting, draft={one: THEIRS}, by=None)
    answer = client.post(url, data_of(rows, **{one: MINE, other: MINE}))
    again = data_of(answer.context["rows"], **{other: THEIRS})
    assert client.post(url, again).status_code == 302
    assert kept(meeting) == {one: MINE, other: THEIRS}


def test_all_rows_that_both_changed_are_shown(
    client: Client,
    meeting: Meeting,
    keys: dict[str, str],
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever goes on has to have seen them: the list is not cut."""
    monkeypatch.setattr("pingyi.ui.templatetags.ui.DETAILS_SHOWN", 1)
    url, rows = page()
    save_draft(meeting=meeting, draft=dict.fromkeys(keys.values(), THEIRS), by=None)
    answer = client.post(url, data_of(rows, **dict.fromkeys(keys.values(), MINE)))
    assert answer.content.decode().count("调解纠纷三起") == len(keys)


def test_a_draft_kept_by_the_button_names_what_both_changed(
    client: Client, meeting: Meeting, keys: dict[str, str], page: Page
) -> None:
    one, other = keys["张小芳"], keys["刘洋"]
    url, rows = page("meeting-draft")
    save_draft(meeting=meeting, draft={one: THEIRS}, by=None)
    answer = client.post(url, data_of(rows, **{one: MINE, other: MINE}))
    assert answer.status_code == 422
    assert kept(meeting) == {one: THEIRS, other: MINE}
    assert client.post(url, data_of(answer.context["rows"])).status_code == 302
    assert kept(meeting) == {one: MINE, other: MINE}
