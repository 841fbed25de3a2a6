"""Signs that a cell holds and nobody sees, or that only say how it is to be taken."""

import re
import unicodedata

# Fillers and variation selectors; formats and controls are told by their category.
FILLERS = re.compile(
    "[\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# An apostrophe before, or ="…" around, is how a spreadsheet is told to take digits as a text.
AS_TEXT = re.compile(r"""=\s*"([^"]*)"|['’‘＇`´′]+([^'’‘＇`´′]*)|"([^"]*)"|“([^”]*)”""")
AROUND = "='’‘＇`´′\"“"
# Nearly all texts of a roster.
PLAIN = re.compile("[\u4e00-\u9fff]+")


def seen(text: str) -> str:
    """The text as people see it: without signs that take no room. Blanks and line ends stay."""
    if (text.isascii() and text.isprintable()) or PLAIN.fullmatch(text):
        return text
    shown = FILLERS.sub("", text)
    return "".join(
        sign for sign in shown if sign.isspace() or unicodedata.category(sign) not in ("Cf", "Cc")
    )


def unwrapped(text: str) -> str:
    """The text without what tells a spreadsheet to take it as one: '0012, ="0012"."""
    stripped = seen(text).strip()
    match = AS_TEXT.fullmatch(stripped) if stripped[:1] in AROUND else None
    if match is None:
        return text
    return next(inner for inner in match.groups() if inner is not None)
