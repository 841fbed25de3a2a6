"""Reads a pack and says everything that is wrong with it, by its dotted key (N3).

Rules speak no language: a problem is a key, a code and its parameters. The sentence is made by
`campaigns.queries.problem_sentence`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
from pydantic import ValidationError

from pingyi.campaigns.rules.contradictions import contradictions
from pingyi.campaigns.rules.figures import bulletin_problems
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.references import Measures, reference_problems
from pingyi.campaigns.rules.slips import slips

FILE_NAME = "pack.toml"
# The longest of ours has 20 kB.
LARGEST = 1_000_000
PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (dotted key), what (code), and the words of the sentence."""

    key: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


class PackProblems(Exception):
    """A pack that cannot be used, with every problem found in it."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__(f"{file}: {', '.join(f'{p.key} {p.code}' for p in problems)}")
        self.file = file
        self.problems = tuple(problems)


def read_pack(folder: Path, *, measures: Measures | None = None) -> Pack:
    """The pack in a folder; its code is the folder's name. Raises PackProblems with all of them."""
    file = f"{folder.name}/{FILE_NAME}"
    pack = parse_pack(_text(folder / FILE_NAME, file), file=file, measures=measures)
    if pack.code != folder.name:
        params = {"value": pack.code, "folder": folder.name}
        raise PackProblems(file, [Problem("code", "not_the_folder", params)])
    return pack


def _text(path: Path, file: str) -> str:
    """What stands in the file, without the mark that some editors put before it."""
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise PackProblems(file, [Problem("", "no_file")]) from None
    except IsADirectoryError:
        raise PackProblems(file, [Problem("", "no_file_but_folder")]) from None
    except OSError as error:
        params = {"detail": error.strerror or str(error)}
        raise PackProblems(file, [Problem("", "not_readable", params)]) from None
    if len(content) > LARGEST:
        raise PackProblems(file, [Problem("", "too_large_a_file")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackProblems(file, [Problem("", "not_utf8")]) from None


def parse_pack(text: str, *, file: str = FILE_NAME, measures: Measures | None = None) -> Pack:
    """The pack in a TOML text. Raises PackProblems with all of them at once."""
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        raise PackProblems(file, [_not_toml(text, str(error))]) from None
    except RecursionError:
        # Brackets within brackets, thousands deep.
        raise PackProblems(file, [Problem("", "not_toml")]) from None
    return checked_pack(data, file=file, measures=measures)


def checked_pack(
    data: Mapping[str, Any], *, file: str = FILE_NAME, measures: Measures | None = None
) -> Pack:
    """The pack in the data of a file. Raises PackProblems with all of them at once."""
    found = [
        *reference_problems(data, measures),
        *bulletin_problems(data),
        *contradictions(data),
        *slips(data, measures),
    ]
    dangling = [Problem(*each) for each in found]
    try:
        pack = Pack.model_validate(data)
    except ValidationError as error:
        wrong = [_problem(dict(found), data) for found in error.errors()]
        raise PackProblems(file, [*wrong, *dangling]) from None
    if dangling:
        raise PackProblems(file, dangling)
    return pack


def _not_toml(text: str, detail: str) -> Problem:
    """Where the reader stopped, as line and column, with what stands there."""
    lines = text.splitlines()
    if (place := PLACE.search(detail)) is not None:
        line, column = int(place["line"]), int(place["column"])
    elif lines and "end of document" in detail:
        line, column = len(lines), len(lines[-1])
    else:
        return Problem("", "not_toml")
    there = lines[line - 1].strip() if line <= len(lines) else ""
    params = {"line": str(line), "column": str(column), "value": _short(there)}
    return Problem("", "not_toml_here", params)


def snapshot(pack: Pack) -> tuple[dict[str, Any], str]:
    """The pack as plain JSON, and the SHA-256 of its canonical text (RFC 8785)."""
    content = pack.model_dump(mode="json")
    return content, sha256(rfc8785.dumps(content)).hexdigest()


# Kinds of errors of pydantic that mean the same to whoever writes a pack.
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_type": "not_text",
    "string_too_short": "empty",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "not_a_code",
    "too_short": "too_few",
    "too_long": "too_many",
    "literal_error": "not_one_of",
    "union_tag_invalid": "not_one_of",
    "union_tag_not_found": "missing",
    "list_type": "not_a_list",
    "model_type": "not_a_table",
    "bool_type": "not_true_or_false",
    "bool_parsing": "not_true_or_false",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "int_from_float": "not_a_number",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "value_error": "not_a_fraction",
}


def _problem(error: Mapping[str, Any], data: Mapping[str, Any]) -> Problem:
    kind, context = str(error["type"]), error.get("ctx", {})
    key, value = _dotted(error["loc"], data), error["input"]
    if kind.startswith("union_tag"):
        key, value = f"{key}.kind", context.get("tag")
    params = {
        "value": _short(value),
        "expected": str(context.get("expected", context.get("expected_tags"))),
        "detail": str(error["msg"]),
    }
    for name in ("ge", "le", "min_length", "max_length"):
        if name in context:
            params["limit"] = str(context[name])
    code = "not_a_date" if kind.startswith("date") else _CODES.get(kind, "wrong")
    return Problem(key, code, params)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _dotted(location: Sequence[int | str], data: Any) -> str:
    """The place as people find it: pieces of a list by their code, else by their number."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int):
            data = _at(data, step)
            own = _at(data, "code")
            words.append(own if isinstance(own, str) and own else f"#{step + 1}")
        elif step == _at(data, "kind"):
            continue  # pydantic names the kind of a flag; it is no key of the file
        else:
            data = _at(data, step)
            words.append(step)
    return ".".join(words)


def _at(data: Any, step: int | str) -> Any:
    """What stands there; nothing where the file has another shape."""
    try:
        return data[step]
    except (LookupError, TypeError):
        return None
