"""What is fixed before a box opens; its hash goes into the ledger and onto the posters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

from pingyi.ballots.rules.canonical import (
    NotCanonical,
    Plain,
    as_list,
    as_number,
    as_object,
    as_text,
    canonical,
    decoded,
    encoded,
    read,
)

VERSION = 1
SHORT = 12
LEAST_K = 5
"""Never are results of fewer ballots than this published (ballots.md, small groups)."""
KEY_BYTES = 32
Blank = Literal["abstain", "invalid"]
StraightLine = Literal["count", "flag", "void"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A grade of an item, or whoever is judged: its code on the ballot and its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the form and its grades."""

    code: str
    label: str
    options: tuple[Choice, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its grades."""
        return frozenset(option.code for option in self.options)


@dataclass(frozen=True, slots=True)
class Form:
    """A ballot: every subject is judged in every item."""

    code: str
    title: str
    subjects: tuple[Choice, ...]
    items: tuple[Item, ...]

    def cells(self) -> Iterator[tuple[str, str]]:
        """Subject and item of every question, in the order of the form."""
        return ((subject.code, item.code) for subject in self.subjects for item in self.items)


@dataclass(frozen=True)
class Manifest:
    """The manifest of a box; made of its canonical bytes alone, so that they are what counts.

    `issuer` is the public RSA key of credentials (DER), `slips` the root over the slips and their
    number; a box has one of them or both. `roll` is the number of those who may vote, `title` what
    the vote is called, `opinion` how many characters may be said beside the ballot (0: nothing).
    """

    text: bytes
    box: str
    title: str
    form: Form
    roll: int
    k: int
    receipts: bytes
    issuer: bytes | None
    slip_root: bytes | None
    slip_count: int
    blank: Blank
    straight_line: StraightLine
    opinion: int
    is_rehearsal: bool

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes, hex."""
        return sha256(self.text).hexdigest()

    @property
    def short_hash(self) -> str:
        """What stands on posters and slips and in the booth."""
        return self.hash[:SHORT]

    @cached_property
    def grades(self) -> Mapping[str, frozenset[str]]:
        """The codes of the grades of each item."""
        return {item.code: item.codes for item in self.form.items}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The codes of whoever is judged."""
        return frozenset(subject.code for subject in self.form.subjects)


def manifest_of(text: bytes) -> Manifest:
    """The manifest that these bytes are; NotCanonical where they are none, or none that holds."""
    try:
        return _manifest(text, as_object(read(text)))
    except (KeyError, ValueError) as error:
        raise NotCanonical(f"a manifest lacks something: {error}") from None


def _manifest(text: bytes, said: Mapping[str, Plain]) -> Manifest:
    if said["v"] != VERSION:
        raise NotCanonical("a manifest of another version")
    issuer = said["issuer"]
    slips = None if said["slips"] is None else as_object(said["slips"])
    manifest = Manifest(
        text=text,
        box=as_text(said["box"]),
        title=as_text(said["title"]),
        form=_form(as_object(said["form"])),
        roll=as_number(said["roll"]),
        k=as_number(said["k"]),
        receipts=decoded(said["receipts"], KEY_BYTES),
        issuer=None if issuer is None else bytes.fromhex(as_text(issuer)),
        slip_root=None if slips is None else bytes.fromhex(as_text(slips["root"])),
        slip_count=0 if slips is None else as_number(slips["count"]),
        blank="invalid" if said["blank"] == "invalid" else "abstain",
        straight_line=_straight_line(said["straight_line"]),
        opinion=as_number(said["opinion"]),
        is_rehearsal=said["rehearsal"] is True,
    )
    if manifest.k < LEAST_K or not manifest.form.subjects or not manifest.form.items:
        raise NotCanonical("a manifest of which nothing can be counted")
    return manifest


def _form(said: Mapping[str, Plain]) -> Form:
    items = tuple(
        Item(as_text(item["code"]), as_text(item["label"]), _choices(item["options"]))
        for item in map(as_object, as_list(said["items"]))
    )
    return Form(as_text(said["code"]), as_text(said["title"]), _choices(said["subjects"]), items)


def form_said(form: Form) -> Plain:
    """A form as a manifest says it."""
    return {
        "code": form.code,
        "title": form.title,
        "subjects": _said(form.subjects),
        "items": [
            {"code": item.code, "label": item.label, "options": _said(item.options)}
            for item in form.items
        ],
    }


def manifest_text(
    *,
    box: str,
    title: str,
    form: Form,
    roll: int,
    k: int,
    receipts: bytes,
    issuer: bytes | None,
    slips: tuple[bytes, int] | None,
    blank: Blank = "abstain",
    straight_line: StraightLine = "flag",
    opinion: int = 0,
    is_rehearsal: bool = False,
) -> bytes:
    """The canonical bytes of a manifest; `slips` are the root over them and their number."""
    said: Plain = {
        "v": VERSION,
        "box": box,
        "title": title,
        "form": form_said(form),
        "roll": roll,
        "k": k,
        "receipts": encoded(receipts),
        "issuer": None if issuer is None else issuer.hex(),
        "slips": None if slips is None else {"root": slips[0].hex(), "count": slips[1]},
        "blank": blank,
        "straight_line": straight_line,
        "opinion": opinion,
        "rehearsal": is_rehearsal,
    }
    return canonical(said)


def _said(choices: tuple[Choice, ...]) -> Plain:
    return [{"code": choice.code, "label": choice.label} for choice in choices]


def _choices(value: Plain) -> tuple[Choice, ...]:
    found = tuple(
        Choice(as_text(choice["code"]), as_text(choice["label"]))
        for choice in map(as_object, as_list(value))
    )
    if len({choice.code for choice in found}) != len(found):
        raise NotCanonical("a code said twice")
    if not all(choice.code.isascii() for choice in found):
        # They are names in a ballot, and only of these is the order beyond doubt.
        raise NotCanonical("a code that is not ASCII")
    return found


def _straight_line(value: Plain) -> StraightLine:
    match value:
        case "count" | "flag" | "void":
            return value
    raise NotCanonical("no way to count sheets with all answers alike")
