"""The parts of the documentation that are generated: `write` them, or `check` that they are fresh.

Each stands between <!-- generated: NAME --> and <!-- end --> in a file under docs/.
"""

import argparse
import json
import os
import re
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import django
import pack_docs
import settings_docs
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- generated: (?P<name>[\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def contract(key: str) -> dict[str, list[str]]:
    """An import-linter contract of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = next(
        one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == key
    )
    return found


def summary(package: str) -> str:
    """The first line of a room's docstring."""
    text = (ROOT / "src" / "pingyi" / package / "__init__.py").read_text(encoding="utf-8")
    found = re.match(r'"""(.+?)(?:\n|""")', text)
    return found.group(1).strip() if found else ""


def rooms() -> str:
    """The rooms from top to bottom, as a picture."""
    lines = []
    for layer in contract("rooms")["layers"]:
        names = layer.split(" | ")
        says = " | ".join(text.removesuffix(".") for text in map(summary, names) if text)
        lines += textwrap.wrap(
            f"  {layer:<22}{says}", width=100, subsequent_indent=" " * 24, break_long_words=False
        )
    return "```text\n" + "\n".join(lines) + "\n```\n"


def inside() -> str:
    """The layers inside a room, as a picture."""
    layers = (layer.replace("(", "").replace(")", "") for layer in contract("inside")["layers"])
    return "```text\n" + "\n".join(f"  {layer}" for layer in layers) + "\n```\n"


def own_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments that a command adds to Django's own."""
    common = {action.dest for action in BaseCommand().create_parser("pingyi", "x")._actions}  # noqa: SLF001  argparse has no other way to list them
    for action in parser._actions:  # noqa: SLF001  the same
        if action.dest not in common and action.help != argparse.SUPPRESS:
            yield action


def usage(action: argparse.Action) -> str:
    """How an argument is written."""
    metavar = action.metavar or (action.dest.upper() if action.option_strings else action.dest)
    choices = "\\|".join(map(str, action.choices)) if action.choices else str(metavar)
    if not action.option_strings:
        return choices
    return action.option_strings[-1] + ("" if action.nargs == 0 else f" {choices}")


def described(title: str, parser: argparse.ArgumentParser, purpose: str | None) -> Iterator[str]:
    """A command and its arguments in Markdown, its own commands after it."""
    yield f"### `{title}`\n"
    if purpose:
        yield " ".join(purpose.split()) + "\n"
    below: list[argparse._SubParsersAction[argparse.ArgumentParser]] = []
    rows = []
    for action in own_actions(parser):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  the only name of this class
            below.append(action)
        else:
            rows.append(f"| `{usage(action)}` | {' '.join((action.help or '').split())} |")
    if rows:
        yield "| argument | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"
    for group in below:
        helps = {one.dest: one.help for one in group._get_subactions()}  # noqa: SLF001  the same
        for name, child in group.choices.items():
            yield from described(f"{title} {name}", child, child.description or helps.get(name))


def commands() -> str:
    """Every command of ours."""
    found = get_commands()
    parts: list[str] = []
    for name in sorted(found):
        application = found[name]
        application = getattr(application, "name", application)
        if application.startswith("pingyi."):
            command = load_command_class(application, name)
            parser = command.create_parser("pingyi", name)
            parts += described(f"pingyi {name}", parser, parser.description)
    return "\n".join(parts)


def layout_schema() -> str:
    """The JSON Schema of LAYOUT."""
    # Models of rooms can be imported only when Django is ready.
    from pingyi.paper.omr.layout import Layout

    return schema(Layout.model_json_schema())


def result_schema() -> str:
    """The JSON Schema of RESULT."""
    from pingyi.paper.omr.result import Result

    return schema(Result.model_json_schema())


def schema(content: dict[str, object]) -> str:
    """A JSON Schema as a block of code."""
    return f"```json\n{json.dumps(content, indent=1, ensure_ascii=False)}\n```\n"


def page_reasons() -> str:
    """Why a page is rejected, a duplicate, or a question as a whole."""
    from pingyi.paper.omr.result import PAGE_REASONS

    return reasons(PAGE_REASONS.items())


def item_reasons() -> str:
    """Why a person is asked about an item."""
    from pingyi.paper.omr.result import ITEM_REASONS

    return reasons(ITEM_REASONS.items())


def reasons(meanings: Iterable[tuple[str, str]]) -> str:
    """A table of reasons."""
    rows = "\n".join(f"| `{reason}` | {meaning} |" for reason, meaning in meanings)
    return f"| reason | meaning |\n|---|---|\n{rows}\n"


def rights() -> str:
    """Which role has which right."""
    from pingyi.accounts.enums import Right, Role

    head = ["right", *Role.values]
    rows = [head, ["---"] * len(head)]
    for right in Right:
        has = ["yes" if role in right.roles else "" for role in Role]
        rows.append([f"`{right.name}`", *has])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def survivors() -> str:
    """Faults that no test finds and that may live, with the reason."""
    listed = ROOT / "tests" / "mutants" / "may_live.toml"
    rows = ["| file | fault | why it may live |\n|---|---|---|\n"]
    for one in tomllib.loads(listed.read_text(encoding="utf-8"))["may_live"]:
        change = one["change"].replace("|", "\\|")
        rows.append(f"| {one['file']} | {change} | {one['reason']} |\n")
    return "".join(rows)


def first_day(language: str) -> str:
    """The help of the program, which reads it where it is installed."""
    help_ = ROOT / "src" / "pingyi" / "web" / "help" / f"first-day.{language}.md"
    return help_.read_text(encoding="utf-8")


def way_of_a_return() -> str:
    """The states of a return and the deeds between them."""
    from pingyi.returns.rules.workflow import diagram

    return f"```mermaid\n{diagram()}```\n"


def life_of_a_box() -> str:
    """The states of a sealed ballot box and the deeds between them."""
    from pingyi.ballots.rules.states import diagram

    return f"```mermaid\n{diagram()}```\n"


def way_of_a_rectification() -> str:
    """The states of a rectification item and the deeds between them."""
    from pingyi.rectification.rules.workflow import diagram

    return f"```mermaid\n{diagram()}```\n"


def way_of_a_bulletin() -> str:
    """The states of a bulletin and the deeds between them."""
    from pingyi.bulletins.rules.workflow import diagram

    return f"```mermaid\n{diagram()}```\n"


def way_of_a_commitment() -> str:
    """The states of a public commitment and the deeds between them."""
    from pingyi.commitments.rules.workflow import diagram

    return f"```mermaid\n{diagram()}```\n"


def packs(language: str) -> Callable[[], str]:
    """The keys of packs, and the codes that they can name."""
    return lambda: pack_docs.packs(language) + "\n" + pack_docs.lists(language)


BLOCKS: dict[str, Callable[[], str]] = {
    "rooms": rooms,
    "inside a room": inside,
    "rights": rights,
    "way of a return": way_of_a_return,
    "life of a box": life_of_a_box,
    "way of a rectification": way_of_a_rectification,
    "way of a bulletin": way_of_a_bulletin,
    "way of a commitment": way_of_a_commitment,
    "survivors": survivors,
    "commands": commands,
    "layout schema": layout_schema,
    "result schema": result_schema,
    "page reasons": page_reasons,
    "item reasons": item_reasons,
    "packs": packs("en"),
    "packs in Chinese": packs("zh"),
    "settings": lambda: settings_docs.reference("en"),
    "settings in Chinese": lambda: settings_docs.reference("zh"),
    "first day": lambda: first_day("en"),
    "first day in Chinese": lambda: first_day("zh-Hans"),
}


# Whole files that are generated.
FILES: dict[str, Callable[[], str]] = {"docs/reference/pack.schema.json": pack_docs.schema}


def fresh(text: str) -> str:
    """The text with every generated block written anew."""
    return BLOCK.sub(lambda m: f"{m.group(1)}{BLOCKS[m.group('name')]()}{m.group(3)}", text)


def main() -> int:
    """Write or check; 1 where a block is stale."""
    if sys.argv[1:] not in (["write"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "pingyi.config.settings.test"
    django.setup()
    pages = {path: fresh(path.read_text("utf-8")) for path in sorted((ROOT / "docs").rglob("*.md"))}
    pages |= {ROOT / name: made() for name, made in FILES.items()}
    stale = []
    for path, text in pages.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if sys.argv[1] == "write":
            path.write_text(text, encoding="utf-8")
    if stale and sys.argv[1] == "check":
        print(f"Not fresh: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
