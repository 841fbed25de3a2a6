"""The reference of packs says what is so: its example is a pack, its schema takes ours."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.queries.packs import known_packs
from pingyi.campaigns.rules.reading import checked_pack

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SCHEMA = json.loads((REFERENCE / "pack.schema.json").read_text(encoding="utf-8"))


def example(page: str) -> dict[str, Any]:
    """The whole small pack that stands on a page."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return tomllib.loads(found[1])


def plain(data: Any) -> Any:
    """As an editor compares it: days are texts."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def test_the_example_is_a_pack_and_one_in_both_languages() -> None:
    assert example("packs.md") == example("packs.zh-CN.md")
    pack = checked_pack(example("packs.md"), measures=TABLE_MEASURES)
    assert pack.appraisal is not None
    assert [flag.code for flag in pack.appraisal.flags] == ["low", "quorum_missed"]


def test_the_schema_takes_every_pack_that_can_be_used() -> None:
    for info in known_packs():
        data = tomllib.loads((info.folder / "pack.toml").read_text(encoding="utf-8"))
        jsonschema.validate(plain(data), SCHEMA)
    jsonschema.validate(plain(example("packs.md")), SCHEMA)


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"rounds": []}, {"code": "不"}])
def test_the_schema_refuses_what_the_program_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(example("packs.md")) | wrong, SCHEMA)
