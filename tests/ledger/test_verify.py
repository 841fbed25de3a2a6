"""Somebody with the database's password took the triggers off and changed rows."""

import pytest
from django.db.models import F

from pingyi.ledger import rules
from pingyi.ledger.enums import FaultKind
from pingyi.ledger.models import Body, Entry, Head
from pingyi.ledger.queries import lines, verification
from tests.ledger.conftest import NOW, written

pytestmark = pytest.mark.usefixtures("ten_lines", "unsealed")


def fault() -> tuple[str, int] | None:
    found = verification.verify().fault
    return found and (found.kind, found.seq)


def leaf_hash_of(entry: Entry) -> str:
    leaf = rules.Leaf(
        entry.seq,
        entry.kind,
        entry.subject,
        entry.body_hash,
        entry.actor_role,
        entry.at,
        entry.account,
    )
    return rules.leaf_hash(rules.leaf_bytes(leaf)).hex()


def rewrite(*, roots: bool = False, head: bool = False) -> None:
    """What an attacker does who knows the program: recompute hashes after a change."""
    frontier = rules.Frontier()
    for entry in Entry.objects.order_by("seq"):
        entry.leaf_hash = leaf_hash_of(entry)
        frontier.append(bytes.fromhex(entry.leaf_hash))
        if roots:
            entry.root_hash = frontier.root().hex()
        entry.save()
    if head:
        hashes = [hash_.hex() for hash_ in frontier.hashes]
        Head.objects.update(size=frontier.size, frontier=hashes)


def insert(seq: int) -> Entry:
    entry = Entry(
        seq=seq,
        kind="test.done",
        subject="thing:9",
        body_hash="ab" * 32,
        actor_role="clerk@SFZ",
        at=NOW,
        root_hash="cd" * 32,
    )
    entry.leaf_hash = leaf_hash_of(entry)
    entry.save(force_insert=True)
    return entry


def shift_from(seq: int, by: int) -> None:
    Body.objects.filter(entry_id__gte=seq).delete()
    order = "-seq" if by > 0 else "seq"
    for number in Entry.objects.filter(seq__gte=seq).order_by(order).values_list("seq", flat=True):
        Entry.objects.filter(seq=number).update(seq=F("seq") + by)


def test_an_untouched_ledger_is_whole():
    result = verification.verify()
    assert (result.size, result.without_body.count, result.is_whole) == (10, 0, True)
    assert lines.Root(result.size, result.root_hash) == lines.root()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"subject": "thing:other"},
        {"actor_role": "office@X"},
        {"account": 8},
        {"account": None},
        {"at": NOW.replace(microsecond=0)},
        {"leaf_hash": "00" * 32},
    ],
)
def test_a_changed_line_is_named(change):
    Entry.objects.filter(seq=4).update(**change)
    Entry.objects.filter(seq=8).update(**change)
    assert fault() == (FaultKind.LINE_CHANGED, 4)


def test_a_changed_root_is_named():
    Entry.objects.filter(seq=4).update(root_hash="00" * 32)
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)


def test_a_changed_line_with_leaf_hashes_recomputed_is_named():
    Entry.objects.filter(seq=4).update(subject="thing:other")
    rewrite()
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)


def test_a_changed_line_with_all_roots_recomputed_does_not_fit_the_head():
    Entry.objects.filter(seq=4).update(subject="thing:other")
    rewrite(roots=True)
    assert fault() == (FaultKind.HEAD_CHANGED, 10)


def test_a_history_rewritten_with_everything_recomputed_is_found_by_a_noted_root():
    noted = lines.root()
    written(2)
    assert verification.verify(noted=noted).is_whole
    Entry.objects.filter(seq=4).update(subject="thing:other")
    rewrite(roots=True, head=True)
    assert fault() is None
    found = verification.verify(noted=noted).fault
    assert found
    assert (found.kind, found.seq) == (FaultKind.NOTED_ROOT_DIFFERS, 10)


def test_a_noted_root_of_more_lines_shows_that_the_last_ones_are_missing():
    noted = lines.root()
    Body.objects.filter(entry_id=9).delete()
    Entry.objects.filter(seq=9).delete()
    rewrite(roots=True, head=True)
    assert fault() is None
    found = verification.verify(noted=noted).fault
    assert found
    assert (found.kind, found.seq) == (FaultKind.MISSING, 9)


def test_a_noted_root_of_an_empty_ledger_is_checked_too():
    assert verification.verify(noted=lines.Root(0, rules.root_of([]).hex())).is_whole
    found = verification.verify(noted=lines.Root(0, "00" * 32)).fault
    assert found
    assert found.kind == FaultKind.NOTED_ROOT_DIFFERS


@pytest.mark.parametrize("seq", [0, 4, 9])
def test_a_removed_line_is_named(seq):
    Body.objects.filter(entry_id=seq).delete()
    Entry.objects.filter(seq=seq).delete()
    assert fault() == (FaultKind.MISSING, seq)


def test_a_removed_line_with_the_gap_closed_is_named():
    Body.objects.filter(entry_id=4).delete()
    Entry.objects.filter(seq=4).delete()
    shift_from(5, by=-1)
    assert fault() == (FaultKind.LINE_CHANGED, 4)
    rewrite()
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)


def test_a_line_inserted_at_the_end_is_named():
    insert(10)
    assert fault() == (FaultKind.HISTORY_CHANGED, 10)
    rewrite(roots=True)
    assert fault() == (FaultKind.INSERTED, 10)


def test_a_line_inserted_in_between_is_named():
    shift_from(4, by=1)
    insert(4)
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)
    rewrite()
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)


def test_lines_that_changed_places_are_named():
    Body.objects.filter(entry_id__in=[4, 5]).delete()
    for seq, other in [(4, 100), (5, 4), (100, 5)]:
        Entry.objects.filter(seq=seq).update(seq=other)
    assert fault() == (FaultKind.LINE_CHANGED, 4)
    rewrite()
    assert fault() == (FaultKind.HISTORY_CHANGED, 4)


@pytest.mark.parametrize(
    "change", [{"content": '{"number":40}'}, {"salt": "00" * 32}, {"rows": '{"a":{"1":null}}'}]
)
def test_a_changed_body_is_named(change):
    Body.objects.filter(entry_id=4).update(**change)
    assert fault() == (FaultKind.BODY_CHANGED, 4)


def test_a_damaged_salt_is_named():
    Body.objects.filter(entry_id=4).update(salt="not a salt")
    assert fault() == (FaultKind.BODY_CHANGED, 4)


def test_a_changed_body_with_its_hash_recomputed_is_named():
    body = Body.objects.get(entry_id=4)
    Body.objects.filter(entry_id=4).update(content="{}")
    Entry.objects.filter(seq=4).update(body_hash=rules.body_hash(body.salt, "{}"))
    assert fault() == (FaultKind.LINE_CHANGED, 4)


def test_bodies_that_are_missing_are_counted_and_the_first_is_named():
    Body.objects.filter(entry_id__in=[2, 3]).delete()
    result = verification.verify()
    assert (result.is_whole, result.fault) == (False, None)
    assert (result.without_body.count, result.without_body.first) == (2, 2)


def test_a_head_that_lost_lines_is_found():
    Head.objects.update(size=8, frontier=["00" * 32])
    assert fault() == (FaultKind.INSERTED, 8)


def test_a_removed_head_is_found():
    Head.objects.all().delete()
    assert fault() == (FaultKind.INSERTED, 0)
