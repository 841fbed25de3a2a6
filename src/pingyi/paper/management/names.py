"""The names of a ballot, from a text file with one name a line."""

import unicodedata
from pathlib import Path

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.documents.measures import clean
from pingyi.organizations.rules.names import name_key
from pingyi.paper.management.wrong_use import wrong_use

MOST_NAMES = 2_000
ENCODINGS = ("utf-8-sig", "gb18030")
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Marks that turn the direction of writing: a name would look like another one."""


def names_in(path: Path) -> list[str]:
    """The names, empty lines left out; UTF-8 with or without its mark, or GB 18030.

    Refusal `wrong_names` with what is wrong; wrong use where the file cannot be read.
    """
    lines = _text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stripped = (line.strip(" \t\u3000") for line in lines)
    names = [name for name in stripped if name]
    if not names:
        raise _wrong(path, _("it holds no name; write one a line"))
    if len(names) > MOST_NAMES:
        raise _wrong(path, _("it holds more than %(most)s names") % {"most": MOST_NAMES})
    for number, name in enumerate(names, start=1):
        if holds_control_signs(name):
            why = _("name %(number)s holds a control character") % {"number": number}
            raise _wrong(path, why)
    _refuse_namesakes(path, names)
    return names


def _refuse_namesakes(path: Path, names: list[str]) -> None:
    """Refuses two that are one name: nobody could say whose votes they are.

    Who they are, only the campaign knows; its lists tell them apart.
    """
    first: dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        other = first.setdefault(name_key(name), number)
        if other != number:
            why = _(
                "names %(other)s and %(number)s are both %(name)s; write both as the lists of the "
                "campaign do, such as %(name)s（1965）"
            ) % {"other": other, "number": number, "name": name}
            raise _wrong(path, why)


def holds_control_signs(text: str) -> bool:
    """Signs that no printer shows: controls, line separators, marks that turn the direction."""
    return clean(text) != text or any(
        unicodedata.category(sign) in {"Zl", "Zp"} or unicodedata.bidirectional(sign) in TURNING
        for sign in text
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise wrong_use(
            _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from error
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong(path, _("it is neither UTF-8 nor GB 18030 text; save it as UTF-8"))


def _wrong(path: Path, why: str) -> Refusal:
    return Refusal(
        _("%(path)s cannot be used: %(why)s.") % {"path": path, "why": why}, code="wrong_names"
    )
