"""The board: everything that anybody needs to recount a box, in one file."""

from collections.abc import Sequence
from dataclasses import dataclass

from pingyi.ballots.rules.canonical import (
    NotCanonical,
    Plain,
    as_list,
    as_object,
    as_text,
    canonical,
    decoded,
    encoded,
    read,
)
from pingyi.ballots.rules.cores import SIGNATURE_BYTES, Core, core_of
from pingyi.ballots.rules.manifests import Manifest, manifest_of
from pingyi.core.merkle import root_of

VERSION = 1


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot and the signature of its voter's key."""

    core: Core
    signature: bytes


@dataclass(frozen=True, slots=True)
class Board:
    """A counted box as it is published: ballots in the order of their leaves, which tells nothing.

    `tally` is None where the results are not published (too few ballots); `signature` is the box's.
    """

    manifest: Manifest
    slips: tuple[bytes, ...]
    ballots: tuple[Ballot, ...]
    root: bytes
    tally: Plain
    signature: bytes


def in_order(ballots: Sequence[Ballot]) -> tuple[Ballot, ...]:
    """Ballots by their leaves."""
    return tuple(sorted(ballots, key=lambda ballot: ballot.core.leaf))


def root_over(ballots: Sequence[Ballot]) -> bytes:
    """The root over ballots in this order (RFC 9162)."""
    return root_of(ballot.core.leaf for ballot in ballots)


def sealed_bytes(manifest: Manifest, size: int, root: bytes, tally: Plain) -> bytes:
    """What the box signs when it is counted."""
    said: Plain = {
        "manifest": manifest.hash, "size": size, "root": root.hex(), "tally": tally,
    }  # fmt: skip
    return b"board\0" + canonical(said)


def board_text(board: Board) -> bytes:
    """The canonical bytes of a board."""
    said: Plain = {
        "v": VERSION,
        "manifest": board.manifest.text.decode(),
        "slips": [hash_.hex() for hash_ in board.slips],
        "ballots": [
            {"core": ballot.core.text.decode(), "sig": encoded(ballot.signature)}
            for ballot in board.ballots
        ],
        "root": board.root.hex(),
        "tally": board.tally,
        "signature": encoded(board.signature),
    }
    return canonical(said)


def board_of(text: bytes) -> Board:
    """The board that these bytes are; NotCanonical where they are none. Nothing is checked yet."""
    said = as_object(read(text))
    try:
        if said["v"] != VERSION:
            raise NotCanonical("no board of this version")
        return Board(
            manifest=manifest_of(as_text(said["manifest"]).encode()),
            slips=tuple(bytes.fromhex(as_text(hash_)) for hash_ in as_list(said["slips"])),
            ballots=tuple(map(_ballot, as_list(said["ballots"]))),
            root=bytes.fromhex(as_text(said["root"])),
            tally=said["tally"],
            signature=decoded(said["signature"], SIGNATURE_BYTES),
        )
    except (KeyError, ValueError) as error:
        raise NotCanonical(f"a board lacks something: {error}") from None


def _ballot(said: Plain) -> Ballot:
    ballot = as_object(said)
    return Ballot(
        core_of(as_text(ballot["core"]).encode()), decoded(ballot["sig"], SIGNATURE_BYTES)
    )
