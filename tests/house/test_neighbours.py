"""What rooms keep to themselves: rules, relations, and the words for what holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pingyi"
# A keyword `a__b` looks at another table unless `b` only compares.
COMPARISONS = {"contains", "date", "exact", "gt", "gte", "icontains", "iexact", "in", "isnull"}
COMPARISONS |= {"istartswith", "lt", "lte", "startswith"}


def sources(layers: tuple[str, ...] = ()) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE).with_suffix("").parts[1:]
        if "migrations" not in inside and (not layers or set(layers) & set(inside)):
            yield path


def relations_crossed(source: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [keyword.arg or "" for call in calls for keyword in call.keywords]
    return [name for name in names if set(name.strip("_").split("__")[1:]) - COMPARISONS]


@pytest.mark.parametrize(
    "path", list(sources(("views", "rules"))), ids=lambda path: str(path)[-40:]
)
def test_views_and_rules_do_not_filter_over_relations(path: Path) -> None:
    assert relations_crossed(path.read_text(encoding="utf-8")) == []


def test_a_relation_is_noticed() -> None:
    assert relations_crossed("rows.filter(campaign__code=code)") == ["campaign__code"]
    assert relations_crossed("rows.filter(Q(unit__path__startswith=path), pk__in=[])") == [
        "unit__path__startswith"
    ]


def rules_of_others() -> Iterator[str]:
    """Modules of rules that another room imports."""
    for path in sources():
        room = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found = re.fullmatch(r"pingyi\.(\w+)\.(rules[\w.]*)", node.module)
                if found and found[1] != room:
                    yield f"{found[1]}.{found[2]}"


def test_the_rules_that_others_read_are_those_of_the_documentation() -> None:
    page = (ROOT / "docs" / "structure.md").read_text(encoding="utf-8")
    public = page.partition("Rules that other rooms read")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+\.rules\.\w+)`", public))
    assert set(rules_of_others()) == named


@pytest.mark.parametrize(
    ("said", "home"),
    [("is_active=True", "campaigns/models"), ("withdrawn_at=None", "reviews/models")],
)
def test_what_holds_is_said_once_beside_its_table(said: str, home: str) -> None:
    """`.active()`, `.standing()`; accounts are active in a sense of their own."""
    found = re.compile(rf"(?<![\w.]){re.escape(said)}")
    places = {
        path.relative_to(SOURCE).parent.as_posix()
        for path in sources()
        if found.search(path.read_text(encoding="utf-8"))
    }
    assert {place for place in places if not place.startswith("accounts")} == {home}
