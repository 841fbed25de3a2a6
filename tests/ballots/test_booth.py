"""The booth without scripts: fill in, check, cast, keep the number, find it again."""

import re

import pytest

from pingyi.ballots.enums import BoxDeed
from pingyi.ballots.operations import life
from pingyi.ballots.queries.boxes import opinions_of_box
from pingyi.ballots.rules.boards import board_of
from tests.ballots.boxes import Box, grid

pytestmark = pytest.mark.django_db(databases=["ballots"])
TRACKER = re.compile(r"<strong>((?:[A-Z2-7]{4}-){4}[A-Z2-7]{4})</strong>")


def text_of(answer):
    return answer.content.decode()


def fill_in(box, slip, option="good", **more):
    cells = {
        f"a-{row}-{column}": option
        for row, _ in enumerate(box.form.subjects)
        for column, _ in enumerate(box.form.items)
    }
    return {"code": box.codes[slip], **cells, **more}


def counted(box):
    life.move(box=box.id, deed=BoxDeed.CLOSE)
    board = life.count(box=box.id)
    life.publish(box=box.id)
    return board


def test_a_ballot_is_filled_in_checked_cast_and_found_on_the_board(open_box, client):
    box = open_box(Box(grid(2, 2), slips=12))
    address = f"/box/{box.id}/"

    form = text_of(client.get(address))
    assert box.manifest.short_hash in form
    assert " checked" not in form
    check = text_of(client.post(address, fill_in(box, 0, **{"a-1-1": "", "step": "check"})))
    assert "有 1 题未作选择" in check
    assert check.count("GOOD") == 3
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', check))
    receipt = client.post(address, {**sent, "step": "cast"})

    number = TRACKER.search(text_of(receipt)).group(1)
    assert not receipt.cookies
    assert receipt["Cache-Control"] == "no-store"
    for slip in range(1, 10):
        client.post(address, fill_in(box, slip, step="cast"))
    board = counted(box)
    assert board.tally["lines"][3]["abstained"] == 1
    result = f"/box/{box.id}/result"
    found = text_of(client.post(result, {"number": f" {number.lower()} "}))
    assert "您的票在其中" in found
    assert "没有这个编号" in text_of(client.post(result, {"number": "NONE"}))
    assert board_of(client.get(f"/box/{box.id}/board").content) == board


def test_the_same_answers_sent_twice_are_one_ballot_with_one_number(open_box, client):
    box = open_box()
    address = f"/box/{box.id}/"

    numbers = [
        TRACKER.search(text_of(client.post(address, fill_in(box, 0, step="cast")))).group(1)
        for _ in range(2)
    ]

    assert numbers[0] == numbers[1]
    other = text_of(client.post(address, fill_in(box, 0, "poor", step="cast")))
    assert "此前已投过另一张票" in other
    assert len(counted(box).ballots) == 1


@pytest.mark.parametrize("code", ["", "123", "7KM2-7KM2-7KM2-7KM2-7KM2"])
def test_a_wrong_code_is_said_and_nothing_that_was_filled_in_is_lost(open_box, client, code):
    box = open_box(Box(grid(3), slips=2, settings={"opinion": 50}))
    sent = fill_in(box, 0, "fair", code=code, opinion="路灯要修", step="cast")

    page = text_of(client.post(f"/box/{box.id}/", sent))

    assert 'role="alert"' in page
    assert page.count(" checked") == 3
    assert "路灯要修" in page
    assert f'value="{code}"' in page


def test_whoever_goes_back_finds_what_was_filled_in(open_box, client):
    box = open_box()

    page = text_of(client.post(f"/box/{box.id}/", fill_in(box, 0, "poor", step="edit")))

    assert page.count(" checked") == 2


def test_a_grade_that_the_form_does_not_offer_is_none(open_box, client):
    box = open_box()

    page = text_of(client.post(f"/box/{box.id}/", fill_in(box, 0, "best", step="check")))

    assert "有 2 题未作选择" in page


def test_a_long_opinion_is_refused_before_anything_is_cast(open_box, client):
    box = open_box(Box(slips=2, settings={"opinion": 5}))

    page = text_of(
        client.post(f"/box/{box.id}/", fill_in(box, 0, opinion="六个字的意见", step="cast"))
    )

    assert "意见过长，最多 5 字" in page
    assert counted(box).ballots == ()


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (BoxDeed.PAUSE, "投票暂停中"),
        (BoxDeed.CLOSE, "投票已经结束"),
        (BoxDeed.VOID, "已宣布无效"),
    ],
)
def test_a_box_that_takes_no_ballots_says_why(open_box, client, deed, sentence):
    box = open_box()
    life.move(box=box.id, deed=deed)

    for page in (
        client.get(f"/box/{box.id}/"),
        client.post(f"/box/{box.id}/", fill_in(box, 0, step="cast")),
    ):
        assert sentence in text_of(page)
        assert "<form" not in text_of(page)


def test_a_published_box_leads_to_its_result(open_box, client):
    box = open_box()
    counted(box)

    assert f"/box/{box.id}/result" in text_of(client.get(f"/box/{box.id}/"))


def test_the_result_of_few_ballots_is_not_shown(open_box, client):
    box = open_box()
    client.post(f"/box/{box.id}/", fill_in(box, 0, step="cast"))
    counted(box)

    page = text_of(client.get(f"/box/{box.id}/result"))

    assert "选票不足 10 张" in page
    assert "GOOD" not in page


def test_opinions_lie_apart_and_are_given_out_only_of_many(open_box, client):
    said = {}
    for slips in (19, 20):
        box = open_box(Box(slips=slips, settings={"opinion": 50}))
        for slip in range(slips):
            sent = fill_in(box, slip, opinion=f" 意见{slip} ", step="cast")
            # Sent twice, it is said once.
            client.post(f"/box/{box.id}/", sent)
            client.post(f"/box/{box.id}/", sent)
        board = counted(box)
        assert "意见" not in str(board)
        said[slips] = opinions_of_box(box.id)

    assert said[19] == []
    assert sorted(said[20]) == sorted(f"意见{slip}" for slip in range(20))


def test_large_type_and_an_unencrypted_network_are_said(open_box, client):
    box = open_box()

    assert 'class="large-type"' in text_of(client.get(f"/box/{box.id}/?type=large"))
    assert "未经加密" in text_of(client.get(f"/box/{box.id}/"))
    assert "未经加密" not in text_of(client.get(f"/box/{box.id}/", secure=True))


@pytest.mark.parametrize("page", ["", "result", "manifest", "board", "anything/else"])
def test_a_box_that_is_not_there_has_a_page_that_says_so(client, page):
    answer = client.get(f"/box/none/{page}")

    assert answer.status_code == 404
    assert "这里没有内容" in text_of(answer)


def test_each_row_says_how_many_there_are(open_box, client):
    box = open_box(Box(grid(2), slips=2))

    page = text_of(client.get(f"/box/{box.id}/"))

    assert page.count("<fieldset") == 2
    assert "1/2" in page


def test_an_address_typed_without_its_end_leads_to_the_booth(open_box, client):
    box = open_box()

    assert client.get(f"/box/{box.id}").url == f"/box/{box.id}/"
