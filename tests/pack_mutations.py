"""Packs that nobody wrote: shipped ones with some of their keys changed to other valid values."""

import copy
import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pingyi

PACKS = Path(pingyi.__file__).parent / "campaigns" / "packs"
SHIPPED = sorted(path.parent.name for path in PACKS.glob("*/pack.toml"))
SHARES = ("1/2", "1/3", "2/3", "60%", "1", "25%", "80%")
LEVELS = ("county", "county_unit", "township", "grassroots")
KINDS = ("committee", "leading_group", "branch")
SECTORS = ("rural", "school", "government")
CATEGORIES = ("township_secretary", "township_leader", "grassroots_secretary", "county_standing")
WORDS: dict[str, tuple[object, ...]] = {
    "quorum_reached": ("more", "at_least"), "blank": ("abstain", "invalid"),
    "straight_line": ("count", "flag", "void"), "over": ("valid", "base"),
    "subject": ("organization", "member"), "graded": ("all", "full"),
    "kind": ("record", "meeting", "report"), "level": ("error", "warning"),
    "relation": ("equal", "at_most"),
    "least": (0, 1, 3), "score": (0, 2, 10, 50, 100), "alike_from": (50, 100),
    "least_characters": (1, 5),
    "quorum": SHARES, "below": SHARES, "above": SHARES, "at_most": SHARES, "weight": SHARES,
}  # fmt: skip
Data = dict[str, Any]


def mutated(chance: Random, most: int = 6) -> Data:
    """A shipped pack after some changes; it may contradict itself, which reading it tells."""
    code = chance.choice(SHIPPED)
    data = tomllib.loads((PACKS / code / "pack.toml").read_text(encoding="utf-8"))
    for _ in range(chance.randint(1, most)):
        # A change needs what an earlier one may have left out.
        with suppress(KeyError, IndexError):
            chance.choice(CHANGES)(data, chance)
    data["code"], data["name"] = "own", "变动的方案"
    return data


def toml(data: Any) -> str:
    """The data as a file says it."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in data.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def pieces(data: Any) -> Iterator[Data]:
    """Every table within, the whole one first."""
    if isinstance(data, dict):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from pieces(each)


def another_word(data: Data, chance: Random) -> None:
    """A key gets another of the values that it may have."""
    places = [(piece, key) for piece in pieces(data) for key in piece if key in WORDS]
    places = [(piece, key) for piece, key in places if piece[key] != "count"]
    piece, key = chance.choice(places)
    if key != "kind" or piece["kind"] in WORDS["kind"]:
        piece[key] = chance.choice(WORDS[key])


def new_word(data: Data, chance: Random) -> None:
    """A key that was left out is given."""
    plan = data["appraisal"]
    form = chance.choice(plan["forms"])
    place, key, value = chance.choice((
        (plan["counting"], "quorum", chance.choice(SHARES)),
        (plan["counting"], "self_vote", True),
        (plan["counting"], "apart", True),
        (plan["counting"], "blank", "invalid"),
        (chance.choice(form["options"]), "outside", True),
        (form, "graded", "full"),
        (form, "opinions_label", "意见"),
        (form, "units", {"levels": [chance.choice(LEVELS)]}),
        (form, "units", {"kinds": [*KINDS], "sectors": [chance.choice(SECTORS)]}),
        (form, "people", {"categories": chance.sample(CATEGORIES, 2)}),
        (form, "decision", _decision(form)),
        (form, "scoring", {"label": "得分"}),
    ))  # fmt: skip
    place[key] = value
    if key == "scoring":
        for number, option in enumerate(form["options"]):
            if not option.get("outside"):
                option["score"] = 100 - 20 * number


def _decision(form: Data) -> Data:
    grades = [{"code": one["code"], "label": one["label"]} for one in form["options"]]
    return {"label": "等次", "grades": [*grades, {"code": "none_of_them", "label": "不定"}]}


def key_left_out(data: Data, chance: Random) -> None:
    """A key is left out; of most a pack says that they are needed."""
    piece = chance.choice([piece for piece in pieces(data["appraisal"]) if piece])
    del piece[chance.choice([*piece])]


def part_left_out(data: Data, chance: Random) -> None:
    """Whole parts that a pack need not have."""
    data.pop(chance.choice(("review", "tables", "checks", "deadlines")), None)


def piece_left_out(data: Data, chance: Random) -> None:
    """One piece of a list is taken out."""
    lists = [each for piece in pieces(data) for each in piece.values() if isinstance(each, list)]
    found = chance.choice([each for each in lists if len(each) > 1])
    found.pop(chance.randrange(len(found)))


def pieces_turned_round(data: Data, chance: Random) -> None:
    """A list stands in another order."""
    name = chance.choice(("stages", "strata", "forms", "rates", "flags"))
    chance.shuffle(data["appraisal"].get(name, []))


def piece_twice(data: Data, chance: Random) -> None:
    """A piece stands once more, under another code and name."""
    name = chance.choice(("strata", "forms", "rates", "stages"))
    found = data["appraisal"][name]
    if found and (one := copy.deepcopy(chance.choice(found))).get("kind") != "count":
        number = len(found)
        one["code"], one["label" if "label" in one else "title"] = f"extra_{number}", f"另{number}"
        found.append(one)


def weighed_strata(data: Data, chance: Random) -> None:
    """Strata are counted apart, with equal weights."""
    plan = data["appraisal"]
    plan["counting"]["apart"] = chance.choice((True, True, False))
    for stratum in plan["strata"]:
        stratum["weight"] = f"1/{len(plan['strata'])}"


def other_subject(data: Data, chance: Random) -> None:
    """A ballot on people instead of organizations, or the other way round."""
    form = chance.choice(data["appraisal"]["forms"])
    form["subject"] = "member" if form["subject"] == "organization" else "organization"
    for key in ("people", "graded"):
        form.pop(key, None)
    form["member_label"] = "姓名"


CHANGES: list[Callable[[Data, Random], None]] = [
    another_word, another_word, new_word, new_word, key_left_out, part_left_out, piece_left_out,
    pieces_turned_round, piece_twice, weighed_strata, other_subject,
]  # fmt: skip
