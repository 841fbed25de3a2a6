"""Nothing that is stored tells in which order ballots came (ballots.md).

Ballots are cast one by one; then the places of head and tail of each in the raw file are compared
with the order in which they came: the share of pairs in order is that of chance. With either mend
taken away (sorting inside a bundle, bundles at all) it is not.
"""

import os
import random
import re
import secrets
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connections

from pingyi.ballots.enums import BoxDeed, Kind
from pingyi.ballots.models import Bundle
from pingyi.ballots.operations import casting
from pingyi.ballots.operations.life import count, move
from pingyi.ballots.rules import bundles
from tests.ballots.boxes import Box

pytestmark = [
    pytest.mark.django_db(databases=["ballots"], transaction=True),
    pytest.mark.usefixtures("quick_ballots"),
    # PostgreSQL keeps rows in another way: tests/ballots/test_order_in_sql.py.
    pytest.mark.any_database,
    pytest.mark.unwatched,
]
CHANCE = (0.45, 0.55)
# Every record begins and ends with sixteen bytes of its own beside one of these.
HEAD, TAIL = b"\x00HEAD\xff", b"\xffTAIL\x00"
OWN = 16


def fill(box, count, size):
    """Ballots of about so many bytes, one by one; in the order they came."""
    sent = []
    for _ in range(count):
        key = secrets.token_bytes(32)
        rest = os.urandom(random.randint(size - size // 10, size) - len(HEAD + TAIL))
        record = HEAD + rest + TAIL
        number = bundles.bundles_for(box.slips)
        casting._put(casting._Waiting(box.id, number, key, record))
        sent.append(record)
    return sent


def in_order(places):
    """The share of pairs that lie in the order in which they came."""
    pairs = list(combinations(places, 2))
    return sum(one < other for one, other in pairs) / len(pairs)


def raw_file():
    connection = connections["ballots"]
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    # Nothing is kept beside it.
    journal = path.with_name(f"{path.name}-journal")
    assert not journal.exists() or journal.stat().st_size == 0
    return path.read_bytes()


def shares(open_box, boxes, count, size):
    """For head and tail: the share of pairs in order, over so many boxes of so many ballots."""
    filled = []
    for _ in range(boxes):
        box = open_box(Box(slips=count))
        filled.append(fill(box, count, size))
    raw = raw_file()
    heads = {raw[at.end() : at.end() + OWN]: at.end() for at in re.finditer(re.escape(HEAD), raw)}
    tails = {
        raw[at.start() - OWN : at.start()]: at.start() for at in re.finditer(re.escape(TAIL), raw)
    }
    found = []
    for places, own in (
        (heads, slice(len(HEAD), len(HEAD) + OWN)),
        (tails, slice(-len(TAIL) - OWN, -len(TAIL))),
    ):
        seen = [[places[mine[own]] for mine in sent if mine[own] in places] for sent in filled]
        # A few are cut in two by the end of a page.
        assert sum(map(len, seen)) > 0.95 * boxes * count
        found.append(sum(map(in_order, seen)) / boxes)
    return found


SIZES = [300, 1_500, 6_000]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("boxes", "count"), [(50, 30), (10, 200), (1, 2_000)])
def test_the_raw_file_tells_no_order(open_box, monkeypatch, boxes, count, size):
    # Slips are no matter here, and take long to make.
    monkeypatch.setattr(Box, "codes", [])

    for share in shares(open_box, boxes, count, size):
        assert CHANCE[0] < share < CHANCE[1]


@pytest.mark.parametrize(("boxes", "count"), [(50, 30), (10, 200)])
def test_unsorted_bundles_would_tell_it(open_box, monkeypatch, boxes, count):
    monkeypatch.setattr(Box, "codes", [])

    def appended(bundle, key, record):
        return bundle + key + len(record).to_bytes(2) + record

    monkeypatch.setattr(casting, "put", appended)

    for share in shares(open_box, boxes, count, 300):
        assert not CHANCE[0] < share < CHANCE[1]


def test_a_row_for_each_ballot_would_tell_it(open_box, monkeypatch):
    monkeypatch.setattr(Box, "codes", [])
    box = open_box(Box(slips=200))
    sent = [os.urandom(300) for _ in range(200)]
    for record in sent:
        place = 1_000 + secrets.randbelow(2**31 - 1_000)
        Bundle.objects.create(box_id=box.id, kind=Kind.BALLOT, place=place, body=record)

    raw = raw_file()

    share = in_order([raw.find(record[:OWN]) for record in sent])
    assert not CHANCE[0] < share < CHANCE[1]


def test_a_ballot_lies_in_the_file_once_and_after_the_count_not_at_all(open_box):
    box = open_box(Box(slips=30))
    sent = [box.ballot(slip, {}) for slip in range(30)]
    for ballot in sent:
        casting.cast(box=box.id, core=ballot.core.text, signature=ballot.signature)
    raw = raw_file()
    assert all(raw.count(ballot.signature) == 1 for ballot in sent)

    move(box=box.id, deed=BoxDeed.CLOSE)
    count(box=box.id)

    # The board has signatures as text; nothing is left of the bundles.
    raw = raw_file()
    assert not any(raw.count(ballot.signature) for ballot in sent)
