"""Boxes of paper slips and their ballots, made by the rules alone."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pingyi.ballots.rules.boards import Ballot, Board, in_order, root_over, sealed_bytes
from pingyi.ballots.rules.cores import NONCE_BYTES, SLIP, core_of, core_text, signed_bytes
from pingyi.ballots.rules.counting import said, tally
from pingyi.ballots.rules.manifests import Choice, Form, Item, Manifest, manifest_of, manifest_text
from pingyi.ballots.rules.slips import (
    key_of,
    new_code,
    public_bytes,
    slip_hash,
    slip_list,
    slip_root,
)

GRADES = tuple(Choice(code, code.upper()) for code in ("good", "fair", "poor"))


def grid(rows: int, items: int = 1) -> Form:
    """A form with so many subjects and items, three grades each."""
    subjects = tuple(Choice(f"s{number}", f"Subject {number}") for number in range(1, rows + 1))
    questions = tuple(
        Item(f"i{number}", f"Item {number}", GRADES) for number in range(1, items + 1)
    )
    return Form("annex", "Ballot", subjects, questions)


@dataclass
class Box:
    """A box with its slips: `codes` are the printed ones."""

    form: Form = field(default_factory=lambda: grid(1, 2))
    slips: int = 12
    id: str = "box-1"
    settings: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def codes(self) -> list[str]:
        return [new_code() for _ in range(self.slips)]

    @cached_property
    def receipt_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.generate()

    @cached_property
    def slip_hashes(self) -> list[bytes]:
        keys = (public_bytes(key_of(code, self.id)) for code in self.codes)
        return slip_list(slip_hash(self.id, vk) for vk in keys)

    @cached_property
    def manifest(self) -> Manifest:
        given = {"title": "Vote", "roll": self.slips, "k": 10, "issuer": None, **self.settings}
        text = manifest_text(
            box=self.id,
            form=self.form,
            receipts=public_bytes(self.receipt_key),
            slips=(slip_root(self.slip_hashes), len(self.slip_hashes)),
            **given,
        )
        return manifest_of(text)

    def ballot(self, slip: int, answers: Mapping[str, Mapping[str, str]]) -> Ballot:
        """What the holder of a slip casts."""
        key = key_of(self.codes[slip], self.id)
        return signed(key, box=self.id, answers=answers)

    def board(self, ballots: Sequence[Ballot], **others: object) -> Board:
        """The board over these ballots; `others` replace what is honest, before the box signs."""
        ordered = in_order(ballots)
        parts = {"root": root_over(ordered), "slips": tuple(self.slip_hashes), **others}
        if "tally" not in parts:
            counted = tally((ballot.core.answers for ballot in ordered), self.manifest)
            parts["tally"] = said(counted) if len(ordered) >= self.manifest.k else None
        sealed = sealed_bytes(self.manifest, len(ordered), parts["root"], parts["tally"])
        return Board(
            self.manifest, ballots=ordered, signature=self.receipt_key.sign(sealed), **parts
        )


def signed(
    key: Ed25519PrivateKey, *, box: str, answers: Mapping[str, Mapping[str, str]], token: str = SLIP
) -> Ballot:
    """A ballot signed with a key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    text = core_text(box=box, vk=public_bytes(key), answers=answers, nonce=nonce, token=token)
    return Ballot(core_of(text), key.sign(signed_bytes(text)))


def filled_in(box: Box, option: str = "good") -> dict[str, dict[str, str]]:
    """Answers with the same grade everywhere."""
    items = [item.code for item in box.form.items]
    return {subject.code: dict.fromkeys(items, option) for subject in box.form.subjects}
