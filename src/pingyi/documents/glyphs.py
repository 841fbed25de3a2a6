"""Characters that no font of this machine has. A box stands for each (□), as printers have always
done: one rare name never keeps a county from its ledger.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from pingyi.documents import fonts

BOX = "□"
TEMPLATE = Path(__file__).parent / "typst" / "glyphs.typ"
# In every font of Chinese: nobody need ask Typst for them.
_USUAL = re.compile(
    r"[\x00-\x7e\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e]+"
)
_NAMED = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def lacking(text: str) -> str:
    """The characters of a text that no font of this machine has, each once, in order of code.

    A text of usual characters costs a look, others a few milliseconds.
    """
    asked = sorted(set(_USUAL.sub("", text)))
    named = set(_named(asked)) if asked else set()
    return "".join(character for character in asked if character in named)


def _named(characters: Iterable[str]) -> str:
    """What Typst says cannot be shown of these characters."""
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts.font_files())
    faces = sorted({face for stack in fonts.stacks().values() for face in stack})
    data = json.dumps({"faces": faces, "characters": list(characters)})
    try:
        compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1")
    except typst.TypstError as error:
        return named_in(error)
    return ""


def named_in(error: typst.TypstError) -> str:
    """The texts that an error of Typst says cannot be shown; nothing where it is about others."""
    found = _NAMED.findall(error.diagnostic)
    return "".join(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)


def sentence(characters: str) -> str:
    """What the boxes of a document stand for."""
    return _("□ stands for characters that no font of the machine has: %(codes)s") % {
        "codes": codes(characters)
    }


def remark_on(text: str) -> str:
    """What is said to whoever has just typed it; nothing where papers show all of it."""
    characters = lacking(text)
    if not characters:
        return ""
    return _(
        "Kept. No font of the machine has %(codes)s: papers will show □ there. If that was no "
        "accident, nothing need be done; else please correct the text."
    ) % {"codes": f"{' '.join(characters)} ({codes(characters)})"}


def codes(characters: Iterable[str]) -> str:
    """Characters as people look them up: "U+1F44D U+E863"."""
    return " ".join(f"U+{ord(character):04X}" for character in characters)
