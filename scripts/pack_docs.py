"""The reference of packs, from their models and the words in pack-words.toml, in two languages."""

import json
import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "scripts" / "pack-words.toml"
TERMS = {
    "zh": {
        "text": "文字",
        "code": "编码",
        "day": "日期",
        "yes_no": "true / false",
        "number": "整数",
        "share": "比例，如 `1/3`、`60%`",
        "cell": "格的名称",
        "list": "{} 列表",
        "needed": "必填",
        "nothing": "不写",
        "head": "| 键 | 类型 | 默认 | 含义 |",
    },
    "en": {
        "text": "text",
        "code": "code",
        "day": "day",
        "yes_no": "true / false",
        "number": "whole number",
        "share": "share, `1/3` or `60%`",
        "cell": "name of a cell",
        "list": "list of {}",
        "needed": "needed",
        "nothing": "nothing",
        "head": "| key | type | default | meaning |",
    },
}


def parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model and all that stand within it, each once, as a reader comes to them."""
    found: list[type[BaseModel]] = []

    def visit(one: type[BaseModel]) -> None:
        if one in found:
            return
        found.append(one)
        for field in one.model_fields.values():
            for inner in models_in(field.annotation):
                visit(inner)

    visit(model)
    return found


def models_in(kind: Any) -> Iterator[type[BaseModel]]:
    """The models that a type names."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from models_in(inner)


def words() -> dict[str, Any]:
    """What every part and key means; raises LookupError where one has no words, or words no key."""
    from pingyi.campaigns.doors import TABLE_MEASURES
    from pingyi.campaigns.rules.pack import Pack

    found = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    needed = {"measures": set(TABLE_MEASURES)} | {
        model.__name__: set(model.model_fields) for model in parts(Pack)
    }
    given = {
        name: {key for key, value in part.items() if isinstance(value, dict)}
        for name, part in found.items()
    }
    if needed != given:
        wrong = [
            name for name in needed.keys() | given.keys() if needed.get(name) != given.get(name)
        ]
        raise LookupError(
            f"{WORDS.name} and the models of packs differ in {', '.join(sorted(wrong))}"
        )
    return found


def packs(language: str) -> str:
    """A table of keys for each part of a pack."""
    from pingyi.campaigns.rules.pack import Pack

    said, terms = words(), TERMS[language]
    lines: list[str] = []
    for model in parts(Pack):
        own = said[model.__name__]
        lines += [
            f"### {model.__name__}",
            "",
            own[language],
            "",
            terms["head"],
            "|---|---|---|---|",
        ]
        for name, field in model.model_fields.items():
            default = terms["needed"] if field.is_required() else shown(field.get_default(), terms)
            kind = pattern_word(field.metadata, terms) or kind_of(field.annotation, terms)
            lines.append(
                f"| `{name}` | {kind} | {default} | {own[name][language]} |".replace("  ", " ")
            )
        lines.append("")
    return "\n".join(lines)


def shown(value: Any, terms: Mapping[str, str]) -> str:
    """A default as a pack writes it."""
    if value is None or value in ("", []):
        return terms["nothing"]
    return f"`{json.dumps(value, default=str, ensure_ascii=False)}`"


def pattern_word(found: Iterable[Any], terms: Mapping[str, str]) -> str:
    """What a text with a pattern is; nothing where none is asked for."""
    for one in found:
        if pattern := getattr(one, "pattern", None):
            return terms["cell"] if r"\." in pattern else terms["code"]
        if word := pattern_word(getattr(one, "metadata", ()), terms):
            return word
    return ""


def kind_of(kind: Any, terms: Mapping[str, str]) -> str:
    """The type of a key in words; another part as a link."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return pattern_word(inner[1:], terms) or kind_of(inner[0], terms)
    if origin is Literal:
        return " / ".join(f"`{word}`" for word in inner)
    if origin in (Union, types.UnionType):
        named = [kind_of(one, terms) for one in inner if one is not type(None)]
        return " / ".join(named)
    if origin is list:
        return terms["list"].format(kind_of(inner[0], terms))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    simple = {str: "text", bool: "yes_no", int: "number", date: "day", Fraction: "share"}
    return terms[simple[kind]]


def lists(language: str) -> str:
    """The codes that a pack can name: measures, levels, kinds, sectors, categories of posts."""
    from django.utils.translation import override

    from pingyi.campaigns.doors import TABLE_MEASURES
    from pingyi.campaigns.rules.contradictions import TIERS
    from pingyi.organizations.enums import Level, OrganizationKind

    said = words()["measures"]
    listed = ROOT / "src" / "pingyi" / "organizations" / "classification.toml"
    kept = tomllib.loads(listed.read_text(encoding="utf-8"))
    by_round = {"en": ", by round", "zh": "（按轮）"}[language]
    heads = {"en": ["Measures", "Levels", "Kinds", "Tiers", "Sectors", "Categories of posts"],
             "zh": ["指标", "层级", "类别", "报送级", "行业", "领导类别"]}[language]  # fmt: skip
    with override({"en": "en", "zh": "zh-hans"}[language]):
        named = [
            [(code, str(label)) for code, label in each.choices]
            for each in (Level, OrganizationKind)
        ]
    listings = [
        [
            f"`{name}` {said[name][language]}" + (by_round if is_by_round else "")
            for name, is_by_round in sorted(TABLE_MEASURES.items())
        ],
        [f"`{level}` {label}" for level, label in named[0]],
        [f"`{kind}` {label}" for kind, label in named[1]],
        [f"`{tier}`" for tier in TIERS],
        [f"`{one['code']}` {one['name']}" for one in kept["sector"]],
        [f"`{one['code']}` {one['name']}" for one in kept["post_category"]],
    ]
    return "".join(
        f"### {head}\n\n" + "".join(f"* {line}\n" for line in listing) + "\n"
        for head, listing in zip(heads, listings, strict=True)
    )


def schema() -> str:
    """The JSON Schema of a pack, for editors, with the meaning of every key."""
    from pingyi.campaigns.rules.pack import Pack

    said, found = words(), Pack.model_json_schema()
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for name, part in [("Pack", found), *found["$defs"].items()]:
        part["description"] = said[name]["en"]
        for key, value in part["properties"].items():
            value["description"] = f"{said[name][key]['en']} {said[name][key]['zh']}"
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
