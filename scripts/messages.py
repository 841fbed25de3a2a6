"""Messages of the screens: extracted from code and templates, kept in .po files, compiled.

  update   take every message of the source into the .po files; new ones are empty
  check    fail where a .po file is behind the source, untranslated, unsure or has a wrong field
  compile  write the .mo files that Django reads (they are not kept in git)

The msgids are the English. Babel does the work, so no gettext tools are needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "pingyi"
LOCALES = {"zh_Hans": "zh-hans"}
HEADER = "# Messages of pingyi. Translators: fill msgstr, then run `make messages`.\n#"
# Which arguments of a call are the message; "c" marks a context.
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
DROPPED = tuple(
    f'"{name}:'
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
# A figure or a Latin word may stand before them, as in 12:30.
HALF_WIDE = re.compile(r"[\u4e00-\u9fff”’）][:,;?!()]|[:,;?!()][\u4e00-\u9fff“‘（]")
ALIAS = re.compile(r"\b(?:n|np|p)?gettext\w* as (\w+)")
FIELD = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|%[sd]")


def sources() -> Iterator[Path]:
    """Every file that can hold a message, in a fixed order."""
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in sorted(PACKAGE.rglob(pattern)):
            parts = path.relative_to(PACKAGE).parts
            if "migrations" in parts or "static" in parts:
                continue
            if path.suffix == ".py" or "templates" in parts:
                yield path


def as_python(path: Path) -> bytes:
    """The file as Python source: templates through Django's own conversion, flush left."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
        text = "\n".join(line.strip() for line in text.splitlines()) + "\n"
    return text.encode()


def literal(given: Any, position: int | tuple[int, int] | tuple[int, str]) -> str | None:
    """The text at a position of a call; None where it is missing or not a literal."""
    index = position[0] if isinstance(position, tuple) else position
    return given[index - 1] if len(given) >= index else None


def extract() -> Catalog:
    """Every message of the source."""
    catalog = Catalog(domain="django", charset="utf-8")
    for path in sources():
        place = str(path.relative_to(PACKAGE.parents[1]))
        # Babel gives every argument of a call: a text, or None for what is not a literal.
        calls: Iterator[Any] = extract_python(
            io.BytesIO(as_python(path)), dict(KEYWORDS), ["Translators:"], {"encoding": "utf-8"}
        )
        for line, function, found, comments in calls:
            given = found if isinstance(found, tuple) else (found,)
            where = KEYWORDS[function]
            context = [literal(given, place_) for place_ in where if isinstance(place_, tuple)]
            parts = [literal(given, place_) for place_ in where if isinstance(place_, int)]
            if parts and all(parts):
                catalog.add(
                    tuple(parts) if len(parts) > 1 else parts[0],  # type: ignore[arg-type]  # all() has seen that none is None
                    locations=[(place, line)],
                    auto_comments=comments,
                    context=context[0] if context else None,
                )
    return catalog


def po_path(locale: str) -> Path:
    """Where the translations of a locale are."""
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    """The translations as they are kept; empty where there are none yet."""
    path = po_path(locale)
    if not path.exists():
        return Catalog(locale=locale, domain="django", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain="django")


def write(locale: str, catalog: Catalog) -> None:
    """Keep the translations, sorted, without line numbers: a diff shows only what changed."""
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    target = po_path(locale)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(
            file, catalog, width=100, sort_output=True, include_lineno=False,
            ignore_obsolete=True, omit_header=False,
        )  # fmt: skip
    # What changes with every run, or says nothing, would only make diffs.
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(x for x in lines if not x.startswith(DROPPED)), encoding="utf-8")


def update() -> int:
    """Take the messages of the source into every .po file. Nothing is guessed."""
    template = extract()
    for locale in LOCALES:
        catalog = read(locale)
        catalog.update(template, no_fuzzy_matching=True)
        write(locale, catalog)
        empty = sum(1 for message in catalog if message.id and not is_complete(message))
        print(f"{locale}: {len(catalog)} messages, {empty} to translate.")
    return 0


def forms(text: Any) -> tuple[str, ...]:
    """Singular and plural forms of an id or a translation."""
    return tuple(part or "" for part in text) if isinstance(text, (tuple, list)) else (text or "",)


def is_complete(message: Message) -> bool:
    """True where every form has a text."""
    return all(forms(message.string))


def fields(text: str) -> set[str]:
    """The named and unnamed fields of a message: %(name)s, {name}, %s."""
    return {match.group(0) for match in FIELD.finditer(text)}


def fault(message: Message, kept: Message | None) -> str | None:
    """What is wrong with the translation of one message."""
    if kept is None:
        return "not in the .po file (make messages)"
    if not is_complete(kept):
        return "not translated"
    if kept.fuzzy:
        return "marked as unsure (fuzzy)"
    ids, texts = forms(message.id), forms(kept.string)
    allowed = set().union(*(fields(part) for part in ids))
    if any(not fields(text) <= allowed for text in texts):
        return "the translation has a field that the message lacks"
    if len(ids) == 1 and fields(texts[0]) != allowed:
        return "the translation lacks a field"
    if any(HALF_WIDE.search(text) for text in texts):
        return "the translation has a half-width sign beside a Chinese one"
    return None


def faults(template: Catalog, catalog: Catalog) -> Iterator[str]:
    """What is wrong with the translations of a locale."""
    for message in template:
        first = forms(message.id)[0]
        wrong = fault(message, catalog.get(first, context=message.context)) if first else None
        if wrong:
            yield f"{message.locations[0][0]}: {wrong}: {first!r}"
    for message in catalog:
        first = forms(message.id)[0]
        if first and template.get(first, context=message.context) is None:
            yield f"no longer in the source (make messages): {first!r}"


def unread() -> Iterator[str]:
    """Where a function of gettext is imported under a name by which no message is found."""
    for path in sources():
        if path.suffix == ".py":
            for alias in ALIAS.findall(path.read_text(encoding="utf-8")):
                if alias not in KEYWORDS:
                    yield f"{path.relative_to(PACKAGE)}: gettext is imported as {alias!r}"


def check() -> int:
    """Print every fault; 1 where there is one."""
    template = extract()
    count = 0
    for line in unread():
        print(line, file=sys.stderr)
        count += 1
    for locale in LOCALES:
        for line in faults(template, read(locale)):
            print(f"{locale}: {line}", file=sys.stderr)
            count += 1
    if count:
        print(f"{count} messages need work.", file=sys.stderr)
        return 1
    print(
        f"{len(template)} messages, complete in {', '.join(LOCALES)}; the msgids are the English."
    )
    return 0


def compile_all() -> int:
    """Write the .mo files."""
    for locale in LOCALES:
        catalog = read(locale)
        target = po_path(locale).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalog)
    return 0


COMMANDS = {"update": update, "check": check, "compile": compile_all}


def main() -> int:
    """Run the command named; 2 where none is."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    return COMMANDS[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
