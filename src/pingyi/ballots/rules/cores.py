"""A ballot as it is signed, hashed and found again."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.ballots.rules.canonical import NotCanonical, Plain, canonical, decoded, encoded, read
from pingyi.core.merkle import leaf_hash

VERSION = 1
KEY_BYTES = 32
SIGNATURE_BYTES = 64
NONCE_BYTES = 16
TRACKER_SIGNS = 20
# A member grid of 60 rows, three items each, with the longest codes.
MOST_BYTES = 8_192
SLIP = "slip"
Answers = Mapping[str, Mapping[str, str]]
NAMES = {"v", "box", "vk", "answers", "nonce", "token"}


@dataclass(frozen=True, slots=True)
class Core:
    """A ballot: for which box, under which key, with which answers, by what right.

    `answers` has for each subject the codes of the grades given, by item; what was left blank is
    not there. `token` is the credential's signature as base64url, or SLIP.
    """

    text: bytes
    box: str
    vk: bytes
    answers: Answers
    token: str

    @property
    def leaf(self) -> bytes:
        """What the board's tree has of it."""
        return leaf_hash(self.text)


def core_text(*, box: str, vk: bytes, answers: Answers, nonce: bytes, token: str) -> bytes:
    """The canonical bytes of a ballot; subjects without an answer are left out."""
    given: Plain = {subject: dict(marks) for subject, marks in answers.items() if marks}
    return canonical(
        {
            "v": VERSION,
            "box": box,
            "vk": encoded(vk),
            "answers": given,
            "nonce": encoded(nonce),
            "token": token,
        }
    )


def core_of(text: bytes) -> Core:
    """The ballot that these bytes are; NotCanonical for anything that is none."""
    if len(text) > MOST_BYTES:
        raise NotCanonical("too long")
    said = read(text)
    if not isinstance(said, dict) or said.keys() != NAMES or said["v"] != VERSION:
        raise NotCanonical("no ballot of this version")
    box, token = said["box"], said["token"]
    if not isinstance(box, str) or not isinstance(token, str):
        raise NotCanonical("no ballot of this version")
    decoded(said["nonce"], NONCE_BYTES)
    return Core(text, box, decoded(said["vk"], KEY_BYTES), _answers(said["answers"]), token)


def _answers(said: Plain) -> Answers:
    if not isinstance(said, dict):
        raise NotCanonical("no answers")
    found: dict[str, dict[str, str]] = {}
    for subject, marks in said.items():
        if not isinstance(marks, dict) or not marks:
            raise NotCanonical("no answers")
        found[subject] = given = {}
        for item, option in marks.items():
            if not isinstance(option, str):
                raise NotCanonical("no answer")
            given[item] = option
    return found


def signed_bytes(core: bytes) -> bytes:
    """What the voter's key signs."""
    return b"ballot\0" + core


def token_bytes(box: str, vk: bytes) -> bytes:
    """What the issuer signs blindly: this key may vote once in this box (RFC 9474)."""
    return b"box\0" + box.encode() + b"\0" + vk


def receipt_bytes(box: str, leaf: bytes) -> bytes:
    """What the box signs once a ballot is in it."""
    return b"receipt\0" + canonical({"box": box, "leaf": leaf.hex()})


def tracker(leaf: bytes) -> str:
    """What the voter is shown, to find the ballot on the board: twenty signs, in fours."""
    signs = base64.b32encode(leaf).decode()[:TRACKER_SIGNS]
    return "-".join(signs[at : at + 4] for at in range(0, TRACKER_SIGNS, 4))
