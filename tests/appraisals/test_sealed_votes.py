"""A vote by slips: prepared, opened, closed with every slip accounted for, counted, signed."""

import re
from base64 import b64decode
from functools import partial

import pypdfium2
import pytest

from pingyi.appraisals.models import Count, Opinion, SealedVote
from pingyi.appraisals.operations.counts import save_count, sign_count, start_count
from pingyi.appraisals.operations.sealed import (
    close_vote,
    count_vote,
    open_vote,
    prepare_vote,
    void_vote,
)
from pingyi.appraisals.queries.boxes import box_called
from pingyi.appraisals.queries.counts import figures_of, lines_of
from pingyi.appraisals.queries.sealed import sealed_form
from pingyi.ballots.enums import BoxState
from pingyi.ballots.operations.slips import cast_with_slip
from pingyi.ballots.queries import state_of_box
from pingyi.core.refusals import Refusal
from tests.appraisals.conftest import HELD_ON
from tests.at_once import refused

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def place(first_round, village, prepared):
    """The round, the village and the box of its first ballot; the stages before are recorded."""
    prepared(village)
    return {"round_": first_round, "unit": village, "box": box_called(first_round, "annex4")}


@pytest.fixture
def vote(place, now):
    """A box with twelve slips."""
    return prepare_vote(**place, slips=12, by=None, now=now)


def refusal_of(do, **given):
    with pytest.raises(Refusal) as refused:
        do(**given)
    return refused.value.code


def cast(place, vote, codes, option="satisfied", opinion=""):
    form = sealed_form(place["box"], place["unit"])
    answers = {
        subject.code: {item.code: option for item in form.items} for subject in form.subjects
    }
    for code in codes:
        cast_with_slip(box=vote.box, code=code, answers=answers, opinion=opinion)


def test_the_sums_of_the_box_become_the_count_which_is_signed(place, vote, now):
    made, codes = vote
    by = {"by": None, "now": now}
    open_vote(vote=made, **by)
    cast(place, made, codes[:8])
    cast(place, made, codes[8:11], "dissatisfied")
    close_vote(vote=made, handed_out=11, unused=1, spoiled=0, **by)
    counted = count_vote(vote=made, **by)

    assert state_of_box(made.box) == BoxState.PUBLISHED
    figures, lines = figures_of(counted.count), lines_of(counted.count)
    assert (figures.issued, figures.collected, figures.valid, figures.spoilt) == (11, 11, 11, 0)
    assert (figures.due, figures.present) == (12, 10)
    assert {line.votes["satisfied"] for line in lines} == {8}
    assert {line.votes["dissatisfied"] for line in lines} == {3}
    given = {"scrutineer": "周监票", "teller": "吴计票", "counted_on": HELD_ON}
    save_count(count=counted.count, figures=figures, lines=lines, **given, **by)
    assert sign_count(count=counted.count, **by).state == "signed"


def test_figures_that_are_not_those_of_the_box_are_not_signed(place, vote, now):
    made, codes = vote
    by = {"by": None, "now": now}
    open_vote(vote=made, **by)
    cast(place, made, codes)
    close_vote(vote=made, handed_out=12, unused=0, spoiled=0, **by)
    count = count_vote(vote=made, **by).count
    lines = lines_of(count)
    lines[0].votes.update(satisfied=11, dissatisfied=1)
    given = {"scrutineer": "周监票", "teller": "吴计票", "counted_on": HELD_ON}
    save_count(count=count, figures=figures_of(count), lines=lines, **given, **by)

    assert refusal_of(sign_count, count=count, **by) == "unlike_the_box"


def test_opinions_of_many_stand_among_those_of_the_appraisal(place, now):
    made, codes = prepare_vote(**place, slips=20, by=None, now=now)
    by = {"by": None, "now": now}
    open_vote(vote=made, **by)
    cast(place, made, codes, opinion="修路灯")
    close_vote(vote=made, handed_out=20, unused=0, spoiled=0, **by)
    count_vote(vote=made, **by)

    assert Opinion.objects.filter(text="修路灯").count() == 20


def test_few_ballots_are_counted_and_not_shown(place, vote, now):
    made, codes = vote
    by = {"by": None, "now": now}
    open_vote(vote=made, **by)
    cast(place, made, codes[:9])
    close_vote(vote=made, handed_out=9, unused=3, spoiled=0, **by)

    assert count_vote(vote=made, **by).count is None
    assert not Count.objects.exists()


def test_every_slip_is_accounted_for(place, vote, now):
    made, _codes = vote
    by = {"by": None, "now": now}
    given = {"handed_out": 9, "unused": 2, "spoiled": 0}

    assert refusal_of(close_vote, vote=made, **given, **by) == "box_not_open"
    open_vote(vote=made, **by)
    assert refusal_of(close_vote, vote=made, **given, **by) == "slips"
    close_vote(vote=made, **{**given, "spoiled": 1}, **by)
    assert refusal_of(close_vote, vote=made, **given, **by) == "box_not_open"


def test_deeds_come_in_their_order_and_once(place, vote, now):
    made, codes = vote
    by = {"by": None, "now": now}

    assert refusal_of(count_vote, vote=made, **by) == "box_not_closed"
    open_vote(vote=made, **by)
    assert refusal_of(open_vote, vote=made, **by) == "box_open"
    cast(place, made, codes)
    close_vote(vote=made, handed_out=12, unused=0, spoiled=0, **by)
    count_vote(vote=made, **by)
    for deed in (count_vote, open_vote):
        assert refusal_of(deed, vote=made, **by) == "vote_counted"
    assert refusal_of(void_vote, vote=made, reason="重投", **by) == "vote_counted"


def test_a_void_vote_is_followed_by_the_next_number(place, vote, now):
    made, _codes = vote
    by = {"by": None, "now": now}

    assert refusal_of(prepare_vote, **place, slips=12, **by) == "box_stands"
    assert refusal_of(void_vote, vote=made, reason=" ", **by) == "reason_missing"
    void_vote(vote=made, reason="票条被雨淋湿", **by)

    assert state_of_box(made.box) == BoxState.VOID
    assert refusal_of(open_vote, vote=made, **by) == "vote_void"
    assert prepare_vote(**place, slips=12, **by)[0].number == 2


def test_what_was_broken_off_is_done_again(place, vote, now, monkeypatch):
    """The box was moved, and what stands here was lost: as after a kill between the two."""
    made, codes = vote
    by = {"by": None, "now": now}
    open_vote(vote=made, **by)
    cast(place, made, codes)
    SealedVote.objects.update(opened_at=None)
    open_vote(vote=made, **by)
    close_vote(vote=made, handed_out=12, unused=0, spoiled=0, **by)
    SealedVote.objects.update(closed_at=None)
    close_vote(vote=made, handed_out=12, unused=0, spoiled=0, **by)
    count_vote(vote=made, **by)
    SealedVote.objects.update(counted_at=None, count=None)
    Count.objects.all().delete()

    assert count_vote(vote=made, **by).count.collected == 12


@pytest.mark.parametrize("slips", [9, 301])
def test_a_number_of_slips_that_cannot_be_meant_is_refused(place, now, slips):
    assert refusal_of(prepare_vote, **place, slips=slips, by=None, now=now) == "number_of_slips"


def test_a_count_begun_by_hand_goes_on_by_hand(place, now):
    where = {"round_": place["round_"], "unit": place["unit"]}
    start_count(**where, form="annex4", counted_on=HELD_ON, by=None, now=now)

    assert refusal_of(prepare_vote, **place, slips=12, by=None, now=now) == "counted_by_hand"


def test_a_ballot_of_members_names_each_as_pages_do(first_round, village, prepared, now):
    prepared(village)
    form = sealed_form(box_called(first_round, "annex5"), village)

    names = [person.shown_name for person in village.members.order_by("pk")]
    assert sorted(subject.label for subject in form.subjects) == sorted(names)


def test_the_page_leads_from_slips_to_the_count(place, client, office_user):
    client.force_login(office_user)
    round_, unit, box = place["round_"], place["unit"], place["box"]
    address = f"/appraisals/{round_.campaign.code}/{round_.code}/{unit.code}/sealed/{box.code}/"
    page = client.get(address).content.decode()
    slips = client.post(address, {"slips": 12, "seen": seen_on(page)}).content.decode()
    pdf = pypdfium2.PdfDocument(b64decode(re.search(r"base64,([^\"]+)", slips).group(1)))
    codes = [code for sheet in pdf for code in CODE.findall(sheet.get_textpage().get_text_range())]
    assert len(set(codes)) == 12
    vote = SealedVote.objects.get()
    assert codes[0] not in client.get(address).content.decode()

    def move(deed, **typed):
        shown = client.get(address).content.decode()
        return client.post(f"{address}{deed}/", {**typed, "seen": seen_on(shown)}, follow=True)

    move("open")
    cast(place, vote, codes)
    assert move("close", handed_out=1, unused=1, spoiled=0).status_code == 422
    move("close", handed_out=12, unused=0, spoiled=0)
    done = move("count").content.decode()
    assert "12 张票通篇同一选项" in done
    assert f"count/{box.code}/" in done
    assert SealedVote.objects.get().count.collected == 12
    assert client.post(f"{address}burn/").status_code == 404


def test_a_void_vote_is_declared_on_the_page(place, vote, client, office_user):
    client.force_login(office_user)
    round_, unit, box = place["round_"], place["unit"], place["box"]
    address = f"/appraisals/{round_.campaign.code}/{round_.code}/{unit.code}/sealed/{box.code}/"
    shown = client.get(address).content.decode()

    given = {"void-reason": "", "seen": seen_on(shown)}
    assert client.post(f"{address}void/", given).status_code == 422
    client.post(f"{address}void/", {**given, "void-reason": "票条丢失"})

    assert SealedVote.objects.get().voided_at
    assert "第 1 次投票已宣布无效" in client.get(address).content.decode()


def test_without_a_box_there_is_nothing_to_move(place, client, office_user):
    client.force_login(office_user)
    round_, unit, box = place["round_"], place["unit"], place["box"]
    address = f"/appraisals/{round_.campaign.code}/{round_.code}/{unit.code}/sealed/{box.code}/"

    assert client.post(f"{address}open/").status_code == 404


def seen_on(page):
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return found.group(1) if found else ""


@pytest.mark.lock("sealed._locked")
def test_of_two_who_open_a_box_at_once_the_second_is_told(at_once, vote, now):
    deed = partial(open_vote, vote=vote[0], by=None, now=now)

    with refused("box_open"):
        at_once(deed, deed)


def test_a_box_comes_after_the_stages_and_for_somebody_to_judge(
    first_round, village, now, prepared
):
    box = box_called(first_round, "annex5")
    given = {"round_": first_round, "unit": village, "box": box, "slips": 12, "by": None}
    assert refusal_of(prepare_vote, **given, now=now) == "stage_too_early"
    prepared(village)
    village.members.update(is_active=False)

    assert refusal_of(prepare_vote, **given, now=now) == "nobody_judged"


def test_only_who_counts_at_the_unit_moves_its_box(place, vote, now, inspector_user):
    made, _codes = vote
    by = {"by": inspector_user, "now": now}
    slips = {"handed_out": 12, "unused": 0, "spoiled": 0}

    assert refusal_of(open_vote, vote=made, **by) == "not_a_recorder"
    assert refusal_of(close_vote, vote=made, **slips, **by) == "not_a_recorder"


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "pingyi.gov.example"])
def test_slips_have_an_address_that_phones_can_open_or_it_is_said(
    place, client, office_user, settings, host
):
    settings.SITE, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["*"]
    client.force_login(office_user)
    round_, unit, box = place["round_"], place["unit"], place["box"]
    address = f"/appraisals/{round_.campaign.code}/{round_.code}/{unit.code}/sealed/{box.code}/"
    page = client.get(address, headers={"host": host}).content.decode()
    sent = {"slips": 12, "seen": seen_on(page)}
    slips = client.post(address, sent, headers={"host": host}).content.decode()
    pdf = pypdfium2.PdfDocument(b64decode(re.search(r"base64,([^\"]+)", slips).group(1)))
    text = pdf[0].get_textpage().get_text_range()

    is_known = host == "pingyi.gov.example"
    assert ("只有本机" not in page) is is_known
    assert (f"http://{host}/box/" in text) is is_known
    assert "127.0.0.1" not in text
