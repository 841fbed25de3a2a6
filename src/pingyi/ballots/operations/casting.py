"""Taking a ballot: one key, one ballot; in the box before the voter is told so.

Whoever comes while others write waits for their turn, and the one whose turn it is writes for all
that wait, in one transaction: that saves most of what a transaction costs.
"""

import secrets
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from pingyi.ballots import permissions
from pingyi.ballots.enums import BoxState, Kind
from pingyi.ballots.queries.boxes import Sealed, sealed
from pingyi.ballots.rules.boards import Ballot
from pingyi.ballots.rules.bundles import KEY_BYTES, AlreadyThere, place_of, put
from pingyi.ballots.rules.canonical import NotCanonical
from pingyi.ballots.rules.checking import why_not_in_box
from pingyi.ballots.rules.cores import core_of, receipt_bytes, tracker
from pingyi.core.aliases import SEALED
from pingyi.core.refusals import Refusal, refuse

MOST_AT_ONCE = 64


@dataclass(frozen=True)
class Receipt:
    """The box's word that the ballot with this leaf lies in it."""

    box: str
    leaf: bytes
    signature: bytes

    @property
    def tracker(self) -> str:
        """What the voter keeps, to find the ballot on the board."""
        return tracker(self.leaf)


@dataclass
class _Waiting:
    """A ballot on its way into the box, and how it went."""

    box: str
    bundles: int
    key: bytes
    record: bytes
    opinion: bytes = b""
    # Set once it was written, or once it is one's own turn to write.
    turn: threading.Event = field(default_factory=threading.Event)
    is_done: bool = False
    is_new: bool = False
    refusal: BaseException | None = field(default=None)


def cast(*, box: str, core: bytes, signature: bytes, opinion: str = "") -> Receipt:
    """Put a ballot into its box and give the receipt. The same bytes again get the same receipt.

    `core` are the canonical bytes that were signed; `opinion` is kept apart from them, and is not
    taken again with a ballot that lies there. Refuses what is no ballot of this box, what is
    not signed, who has no right to vote, a second ballot, a box that is not open; raises NoBox.
    """
    found = sealed(box)
    ballot = _checked(found, core, signature)
    refuse(permissions.why_not_say(opinion, found.manifest.opinion))
    said = opinion.strip().encode()
    _put(_Waiting(box, found.bundles, ballot.core.vk, signature + core, said))
    leaf = ballot.core.leaf
    return Receipt(box, leaf, found.key.sign(receipt_bytes(box, leaf)))


def _checked(box: Sealed, core: bytes, signature: bytes) -> Ballot:
    try:
        ballot = Ballot(core_of(core), signature)
    except NotCanonical:
        raise Refusal(permissions.UNREADABLE, code="no_ballot") from None
    wrong = why_not_in_box(ballot.core, signature, box.manifest, box.slips)
    if wrong is not None:
        raise Refusal(permissions.WRONG[wrong], code=wrong)
    return ballot


class _Queue:
    """Those who wait, and whether one of them writes now. One of them at a time does, for all."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._somebody_writes = False
        self._mutex = threading.Lock()

    def join(self, ballot: _Waiting) -> bool:
        """Stand in line; whether it is one's own turn to write at once."""
        with self._mutex:
            self._waiting.append(ballot)
            is_first, self._somebody_writes = not self._somebody_writes, True
        return is_first

    def take(self) -> list[_Waiting]:
        """Those who came first, oneself among them."""
        with self._mutex:
            number = min(len(self._waiting), MOST_AT_ONCE)
            return [self._waiting.popleft() for _ in range(number)]

    def hand_on(self) -> None:
        """It is the turn of the one who has waited longest, or of whoever comes."""
        with self._mutex:
            self._somebody_writes = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.set()


_queue = _Queue()


def _put(ballot: _Waiting) -> None:
    if not _queue.join(ballot):
        ballot.turn.wait()
    if not ballot.is_done:
        ballots = _queue.take()
        try:
            _write_together(ballots)
        finally:
            _queue.hand_on()
            for written in ballots:
                written.turn.set()
    if ballot.refusal is not None:
        raise ballot.refusal


def _write_together(ballots: list[_Waiting]) -> None:
    try:
        # The outermost transaction: what it has written is in the box, and only then is it said.
        with (
            transaction.atomic(using=SEALED, durable=True),
            connections[SEALED].cursor() as cursor,
        ):
            for box, ours in groupby(sorted(ballots, key=_place), key=lambda one: one.box):
                _write_into(cursor, box, list(ours))
    except BaseException as error:
        # Nobody of them is in the box: each is told, this one by what is raised.
        for ballot in ballots:
            ballot.refusal = error
        raise
    finally:
        for ballot in ballots:
            ballot.is_done = True


def _place(ballot: _Waiting) -> tuple[str, int]:
    return ballot.box, place_of(ballot.key, ballot.bundles)


LOCK_BOX = "SELECT state FROM ballots_box WHERE id = %s"
LOCK_BUNDLE = "SELECT body FROM ballots_bundle WHERE box_id = %s AND kind = %s AND place = %s"
WRITE = "UPDATE ballots_bundle SET body = %s WHERE box_id = %s AND kind = %s AND place = %s"


def _write_into(cursor: CursorWrapper, box: str, ballots: list[_Waiting]) -> None:
    """All of one box. Who closes it waits for this, or this finds it closed."""
    cursor.execute(LOCK_BOX + _locking(cursor, "FOR SHARE"), [box])
    (state,) = cursor.fetchone()
    try:
        refuse(permissions.why_not_cast(BoxState(state)))
    except Refusal as refusal:
        _refuse_all(ballots, refusal)
        return
    for (_, place), ours in groupby(ballots, key=_place):
        with _bundle(cursor, box, Kind.BALLOT, place) as bundle:
            bundle.body = _with(bundle.body, ours)
    for ballot in ballots:
        if ballot.is_new and ballot.opinion:
            key = secrets.token_bytes(KEY_BYTES)
            with _bundle(cursor, box, Kind.OPINION, place_of(key, ballot.bundles)) as bundle:
                bundle.body = put(bundle.body, key, ballot.opinion)


@dataclass
class _Bundle:
    body: bytes


@contextmanager
def _bundle(cursor: CursorWrapper, box: str, kind: Kind, place: int) -> Iterator[_Bundle]:
    """A bundle of the database, written back where it was changed."""
    where = (box, kind.value, place)
    cursor.execute(LOCK_BUNDLE + _locking(cursor, "FOR UPDATE"), where)
    before = bytes(cursor.fetchone()[0])
    bundle = _Bundle(before)
    yield bundle
    if bundle.body != before:
        cursor.execute(WRITE, (bundle.body, *where))


def _locking(cursor: CursorWrapper, how: str) -> str:
    """SQLite has one writer at a time, and no rows to lock."""
    return f" {how}" if cursor.db.vendor == "postgresql" else ""


def _with(body: bytes, ballots: Iterable[_Waiting]) -> bytes:
    for ballot in ballots:
        try:
            body = put(body, ballot.key, ballot.record)
            ballot.is_new = True
        except AlreadyThere as there:
            if there.record != ballot.record:
                ballot.refusal = Refusal(permissions.CAST_BEFORE, code="cast_before")
    return body


def _refuse_all(ballots: list[_Waiting], refusal: Refusal) -> None:
    for ballot in ballots:
        ballot.refusal = refusal
