"""A box: what was announced of it, what it is at, its board. Never what lies in it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pingyi.ballots.enums import BoxState
from pingyi.ballots.models import Box
from pingyi.ballots.rules.canonical import as_list, as_text, read
from pingyi.ballots.rules.manifests import Manifest, manifest_of

HASH_BYTES = 32
# Boxes whose manifest a process has at hand. It never changes.
REMEMBERED = 256


class NoBox(LookupError):
    """There is no box of this id."""


@dataclass(frozen=True)
class Sealed:
    """What never changes of a box, as taking a ballot needs it."""

    manifest: Manifest
    slips: Sequence[bytes]
    bundles: int
    key: Ed25519PrivateKey


@lru_cache(REMEMBERED)
def sealed(box_id: str) -> Sealed:
    """What was fixed before the box opened; NoBox where there is none."""
    try:
        box = Box.objects.defer("board").get(pk=box_id)
    except Box.DoesNotExist:
        raise NoBox(box_id) from None
    slips = bytes(box.slips)
    return Sealed(
        manifest=manifest_of(bytes(box.manifest)),
        slips=[slips[at : at + HASH_BYTES] for at in range(0, len(slips), HASH_BYTES)],
        bundles=box.bundles,
        key=Ed25519PrivateKey.from_private_bytes(bytes(box.receipt_key)),
    )


def manifest_of_box(box_id: str) -> Manifest:
    """The manifest as it was announced; NoBox where there is none."""
    return sealed(box_id).manifest


def state_of_box(box_id: str) -> BoxState:
    """What the box is at; NoBox where there is none."""
    state = Box.objects.filter(pk=box_id).values_list("state", flat=True).first()
    if state is None:
        raise NoBox(box_id)
    return BoxState(state)


def board_of_box(box_id: str) -> bytes:
    """The published board, canonical bytes; NoBox where there is none, or none yet."""
    found = Box.objects.filter(pk=box_id, state=BoxState.PUBLISHED).values_list("board", flat=True)
    board = found.first()
    if board is None:
        raise NoBox(box_id)
    return bytes(board)


def opinions_of_box(box_id: str) -> list[str]:
    """What was said beside the ballots of a counted box, in an order that tells nothing."""
    opinions = Box.objects.filter(pk=box_id).values_list("opinions", flat=True).first()
    if opinions is None:
        raise NoBox(box_id)
    return [as_text(opinion) for opinion in as_list(read(bytes(opinions)))]
