"""A ballot is in the box before its voter is told so; one key, one ballot, whatever is sent."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import OperationalError, connections, transaction

from pingyi.ballots.enums import BoxDeed, BoxState
from pingyi.ballots.models import Bundle
from pingyi.ballots.operations import casting, life, slips
from pingyi.ballots.queries.boxes import NoBox, state_of_box
from pingyi.ballots.rules.boards import board_of
from pingyi.ballots.rules.bundles import bundles_for, records_of
from pingyi.ballots.rules.cores import receipt_bytes
from pingyi.ballots.rules.states import diagram
from pingyi.ballots.rules.verifying import verify
from pingyi.core.refusals import Refusal
from tests.at_once import two_at_once
from tests.ballots.boxes import Box, filled_in, grid

sealed_db = pytest.mark.django_db(databases=["ballots"])
at_once = pytest.mark.django_db(databases=["ballots"], transaction=True)


def cast(ballot, box):
    return casting.cast(box=box.id, core=ballot.core.text, signature=ballot.signature)


def refusal_of(ballot, box):
    with pytest.raises(Refusal) as refused:
        cast(ballot, box)
    return refused.value.code


def in_box(box):
    bodies = Bundle.objects.filter(box_id=box.id).values_list("body", flat=True)
    return [record for body in bodies for record in records_of(bytes(body))]


@sealed_db
def test_a_receipt_is_the_word_of_the_box_and_the_ballot_is_on_the_board(open_box):
    box = open_box(Box(grid(3), slips=40))
    receipts = [cast(box.ballot(slip, filled_in(box)), box) for slip in range(11)]

    life.move(box=box.id, deed=BoxDeed.CLOSE)
    board = life.count(box=box.id)

    key = Ed25519PublicKey.from_public_bytes(box.manifest.receipts)
    for receipt in receipts:
        key.verify(receipt.signature, receipt_bytes(box.id, receipt.leaf))
    steps = verify(board, trackers=[receipt.tracker for receipt in receipts])
    assert all(step.holds for step in steps)
    assert board.tally["valid"] == 11
    # What lay in the box is on the board and nowhere else.
    assert in_box(box) == []


@sealed_db
def test_the_same_ballot_sent_again_gets_the_same_receipt(open_box):
    box = open_box()
    ballot = box.ballot(0, filled_in(box))

    assert cast(ballot, box) == cast(ballot, box)
    assert len(in_box(box)) == 1


@sealed_db
def test_a_second_ballot_of_a_slip_is_refused_and_the_first_stays(open_box):
    box = open_box()
    first = box.ballot(0, filled_in(box))
    cast(first, box)

    assert refusal_of(box.ballot(0, filled_in(box, "poor")), box) == "cast_before"
    assert in_box(box) == [first.signature + first.core.text]


@sealed_db
@pytest.mark.parametrize(
    ("deeds", "code"),
    [
        ([], "box_is_prepared"),
        (["open", "pause"], "box_is_paused"),
        (["open", "close"], "box_is_closed"),
        (["open", "void"], "box_is_void"),
    ],
)
def test_only_an_open_box_takes_ballots(open_box, deeds, code):
    box = open_box(is_open=False)
    for deed in deeds:
        life.move(box=box.id, deed=BoxDeed(deed))

    assert refusal_of(box.ballot(0, filled_in(box)), box) == code
    assert in_box(box) == []


@sealed_db
def test_a_paused_box_takes_ballots_again(open_box):
    box = open_box()
    life.move(box=box.id, deed=BoxDeed.PAUSE)
    life.move(box=box.id, deed=BoxDeed.OPEN)

    cast(box.ballot(0, filled_in(box)), box)

    assert len(in_box(box)) == 1


@sealed_db
@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda box: Box(box.form, slips=1, id=box.id).ballot(0, {}), "no_right"),
        (lambda box: box.ballot(0, {"s1": {"i1": "best"}}), "other_form"),
        (lambda box: Box(box.form, slips=1, id="other").ballot(0, {}), "other_box"),
    ],
)
def test_a_wrong_ballot_is_refused_with_a_sentence_and_leaves_nothing(open_box, made, code):
    box = open_box()

    assert refusal_of(made(box), box) == code
    assert in_box(box) == []


@sealed_db
@pytest.mark.parametrize("core", [b"", b"{}", b"\xff", b"[" * 9_000])
def test_what_is_no_ballot_is_refused(open_box, core):
    box = open_box()

    with pytest.raises(Refusal) as refused:
        casting.cast(box=box.id, core=core, signature=bytes(64))
    assert refused.value.code == "no_ballot"


@sealed_db
def test_a_signature_of_another_ballot_is_refused(open_box):
    box = open_box()
    one, other = (box.ballot(0, filled_in(box, option)) for option in ("good", "poor"))

    with pytest.raises(Refusal) as refused:
        casting.cast(box=box.id, core=one.core.text, signature=other.signature)
    assert refused.value.code == "wrong_signature"


@sealed_db
def test_a_box_that_is_not_there_is_said(open_box):
    box = open_box()

    for ask in (
        lambda: casting.cast(box="none", core=b"", signature=b""),
        lambda: life.move(box="none", deed=BoxDeed.OPEN),
        lambda: state_of_box("none"),
    ):
        with pytest.raises(NoBox):
            ask()
    assert state_of_box(box.id) == BoxState.OPEN


@sealed_db
def test_a_box_that_is_not_closed_is_not_counted(open_box):
    box = open_box()

    with pytest.raises(Refusal) as refused:
        life.count(box=box.id)
    assert refused.value.code == "box_in_other_state"


@sealed_db
def test_the_board_is_there_for_everybody_once_it_is_published(open_box, client):
    box = open_box()
    life.move(box=box.id, deed=BoxDeed.CLOSE)
    life.count(box=box.id)
    address = f"/box/{box.id}/board"

    assert client.get(address).status_code == 404
    life.publish(box=box.id)

    assert board_of(client.get(address).content).manifest == box.manifest


@at_once
def test_of_64_at_once_with_one_slip_exactly_one_is_in_the_box(open_box):
    box = open_box()
    options = ["good", "fair", "poor"]
    sent = [box.ballot(0, filled_in(box, options[number % 3])) for number in range(64)]

    def send(ballot):
        try:
            return cast(ballot, box)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections["ballots"].close()

    with ThreadPoolExecutor(64) as threads:
        told = list(threads.map(send, sent))

    receipts = [answer for answer in told if answer != "cast_before"]
    assert len(receipts) == 1
    assert len(in_box(box)) == 1


@at_once
def test_200_at_once_are_all_in_the_box_and_each_is_told_so(open_box):
    box = open_box(Box(slips=200))
    sent = [box.ballot(slip, filled_in(box)) for slip in range(200)]

    def send(ballot):
        try:
            return cast(ballot, box).leaf
        finally:
            connections["ballots"].close()

    with ThreadPoolExecutor(32) as threads:
        told = set(threads.map(send, sent))

    assert told == {ballot.core.leaf for ballot in sent}
    assert len(in_box(box)) == 200


@at_once
def test_where_the_database_fails_everybody_who_waited_is_told_and_nothing_is_in_the_box(
    open_box, monkeypatch
):
    box = open_box()
    write_into = casting._write_into

    def full(cursor, *given):
        write_into(cursor, *given)
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(casting, "_write_into", full)

    def send(slip):
        try:
            cast(box.ballot(slip, filled_in(box)), box)
        except OperationalError as error:
            return str(error)
        finally:
            connections["ballots"].close()

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(send, range(8)))

    assert told == ["database or disk is full"] * 8
    assert in_box(box) == []
    monkeypatch.undo()
    cast(box.ballot(0, filled_in(box)), box)
    assert len(in_box(box)) == 1


@pytest.mark.lock("life._locked")
@at_once
def test_a_box_closes_after_the_ballot_that_is_on_its_way(open_box):
    box = open_box()
    ballot = box.ballot(0, filled_in(box))

    def on_its_way():
        """As casting does it, and not yet committed."""
        number, core = bundles_for(box.slips), ballot.core
        waiting = casting._Waiting(box.id, number, core.vk, ballot.signature + core.text)
        with connections["ballots"].cursor() as cursor:
            casting._write_into(cursor, box.id, [waiting])

    two_at_once(on_its_way, lambda: life.move(box=box.id, deed=BoxDeed.CLOSE), using="ballots")

    assert len(in_box(box)) == 1
    assert refusal_of(box.ballot(1, filled_in(box)), box) == "box_is_closed"


@sealed_db
def test_a_code_that_is_none_is_refused_before_anything_is_signed(open_box):
    with pytest.raises(Refusal) as refused:
        slips.cast_with_slip(box=open_box().id, code="123", answers={})
    assert refused.value.code == "no_code"


def test_the_life_of_a_box_has_a_picture():
    assert "    open --> closed: close\n" in diagram()
    assert diagram().endswith("closed --> void: void\n    counted --> void: void\n")


@at_once
def test_whatever_breaks_off_the_writing_nobody_gets_a_receipt(open_box, monkeypatch):
    """Also what is no error of the program: a process that is told to end while others wait."""
    box = open_box(Box(slips=4))
    calls = []

    def broken_off(*_given):
        calls.append(1)
        # The first one holds the turn until the others wait behind it, to be written together.
        while len(calls) == 1 and len(casting._queue._waiting) < 3:
            time.sleep(0.01)
        raise SystemExit

    monkeypatch.setattr(casting, "_write_into", broken_off)

    def send(slip):
        try:
            return cast(box.ballot(slip, filled_in(box)), box)
        except SystemExit:
            return "broken off"
        finally:
            connections["ballots"].close()

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(send, range(4)))

    assert told == ["broken off"] * 4
    assert len(calls) == 2
    assert in_box(box) == []


@sealed_db
def test_no_receipt_is_given_within_a_transaction_that_may_still_be_taken_back(open_box):
    box = open_box()

    with transaction.atomic(using="ballots"), pytest.raises(RuntimeError):
        cast(box.ballot(0, filled_in(box)), box)
