"""The life of a box, from its manifest to its board (ballots.md, close)."""

import secrets
from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from pingyi.ballots import permissions
from pingyi.ballots.enums import BoxDeed, BoxState, Kind
from pingyi.ballots.models import Box, Bundle
from pingyi.ballots.queries.boxes import NoBox, sealed
from pingyi.ballots.rules import counting
from pingyi.ballots.rules.boards import (
    Ballot,
    Board,
    board_of,
    board_text,
    in_order,
    root_over,
    sealed_bytes,
)
from pingyi.ballots.rules.bundles import bundles_for, records_of
from pingyi.ballots.rules.canonical import Plain, canonical
from pingyi.ballots.rules.cores import SIGNATURE_BYTES, core_of
from pingyi.ballots.rules.manifests import (
    Blank,
    Form,
    Manifest,
    StraightLine,
    manifest_of,
    manifest_text,
)
from pingyi.ballots.rules.slips import public_bytes, slip_hash, slip_list, slip_root
from pingyi.ballots.rules.states import STEPS
from pingyi.core.aliases import SEALED
from pingyi.core.refusals import refuse

ID_BYTES = 12


def new_box_id() -> str:
    """An id that says nothing and cannot be guessed."""
    return secrets.token_hex(ID_BYTES)


def prepare(
    *,
    box: str,
    title: str,
    form: Form,
    roll: int,
    k: int,
    slip_keys: Iterable[bytes] = (),
    issuer: bytes | None = None,
    blank: Blank = "abstain",
    straight_line: StraightLine = "flag",
    opinion: int = 0,
    is_rehearsal: bool = False,
) -> Manifest:
    """Make a box and give its manifest, of which the hash is to be announced before it opens.

    `box` is an id of `new_box_id`, `slip_keys` the public keys of its slips, `issuer` the public
    key (DER) of those who issue credentials.
    """
    key = Ed25519PrivateKey.generate()
    slips = slip_list(slip_hash(box, vk) for vk in slip_keys)
    text = manifest_text(
        box=box,
        title=title,
        form=form,
        roll=roll,
        k=k,
        receipts=public_bytes(key),
        issuer=issuer,
        slips=(slip_root(slips), len(slips)) if slips else None,
        blank=blank,
        straight_line=straight_line,
        opinion=opinion,
        is_rehearsal=is_rehearsal,
    )
    bundles = bundles_for(roll)
    with transaction.atomic(using=SEALED):
        made = Box.objects.create(
            id=box,
            manifest=text,
            slips=b"".join(slips),
            bundles=bundles,
            receipt_key=key.private_bytes_raw(),
        )
        Bundle.objects.bulk_create(
            Bundle(box=made, kind=kind, place=place) for kind in Kind for place in range(bundles)
        )
    return manifest_of(text)


def move(*, box: str, deed: BoxDeed) -> None:
    """Open, pause, close a box, or declare it void. Refuses what does not fit its state.

    Whoever casts meanwhile is either in the box before it closes, or told that it is closed.
    """
    with transaction.atomic(using=SEALED):
        found = _locked(box)
        refuse(permissions.why_not_do(deed, BoxState(found.state)))
        found.state = STEPS[deed].ends
        found.save(update_fields=["state"])


def count(*, box: str) -> Board:
    """Open a closed box, count it, and put everything on its board; what lay in it is wiped.

    The tally is left out where fewer than k ballots lie in the box, the opinions where fewer than
    2k do. Counted before, its board is given again. Refuses a box that is not closed.
    """
    with transaction.atomic(using=SEALED):
        found = _locked(box)
        if found.board:
            return board_of(bytes(found.board))
        refuse(permissions.why_not_do(BoxDeed.COUNT, BoxState(found.state)))
        board = _board(box)
        found.state, found.board = BoxState.COUNTED, board_text(board)
        if len(board.ballots) >= 2 * board.manifest.k:
            found.opinions = canonical(_opinions(box))
        found.save(update_fields=["state", "board", "opinions"])
        Bundle.objects.filter(box=found).delete()
    return board


def publish(*, box: str) -> None:
    """Show the board of a counted box to everybody."""
    move(box=box, deed=BoxDeed.PUBLISH)


def _locked(box: str) -> Box:
    try:
        return Box.objects.select_for_update(of=("self",), no_key=True).get(pk=box)
    except Box.DoesNotExist:
        raise NoBox(box) from None


def _records(box: str, kind: Kind) -> Iterator[bytes]:
    bodies = Bundle.objects.filter(box_id=box, kind=kind).order_by("place")
    for body in bodies.values_list("body", flat=True):
        yield from records_of(bytes(body))


def _opinions(box: str) -> list[Plain]:
    """By their random keys, apart from the ballots they came with."""
    return [record.decode() for record in _records(box, Kind.OPINION)]


def _board(box: str) -> Board:
    fixed = sealed(box)
    ballots = in_order(
        [
            Ballot(core_of(record[SIGNATURE_BYTES:]), record[:SIGNATURE_BYTES])
            for record in _records(box, Kind.BALLOT)
        ]
    )
    manifest = fixed.manifest
    tally: Plain = None
    if len(ballots) >= manifest.k:
        tally = counting.said(counting.tally((ballot.core.answers for ballot in ballots), manifest))
    root = root_over(ballots)
    signature = fixed.key.sign(sealed_bytes(manifest, len(ballots), root, tally))
    return Board(manifest, tuple(fixed.slips), ballots, root, tally, signature)
