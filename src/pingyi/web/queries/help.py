"""The help: how a round is run, in the order of a first day; which paragraph a page leads to."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

HELP = Path(__file__).parents[1] / "help"
CHINESE = "zh-hans"
# Paragraphs by their number in both languages; pages by room, or by name where they differ.
HOME, START, ROSTERS, CAMPAIGNS, ACCOUNTS, REVIEWS, STAGES, COUNTS = range(1, 9)
DECISIONS, TABLES, GAPS, SUPERVISION, REGISTER, PASSWORDS, BACKUPS = range(9, 16)
PARAGRAPHS = {
    "accounts": ACCOUNTS,
    "accounts:my-account": PASSWORDS,
    "appraisals": STAGES,
    "appraisals:count": COUNTS,
    "appraisals:decide": DECISIONS,
    "appraisals:result": DECISIONS,
    "bulletins": DECISIONS,
    "campaigns": CAMPAIGNS,
    "campaigns:exemption-limit": GAPS,
    "campaigns:exemptions": GAPS,
    "campaigns:gaps": GAPS,
    "campaigns:proposal": GAPS,
    "commitments": REVIEWS,
    "downloads": TABLES,
    "keeping": BACKUPS,
    "notifications": HOME,
    "paper": COUNTS,
    "rectification": DECISIONS,
    "register": REGISTER,
    "returns": TABLES,
    "reviews": REVIEWS,
    "rosters": ROSTERS,
    "web": HOME,
    "web:access": PASSWORDS,
    "web:glance": SUPERVISION,
    "web:start": START,
    "web:supervision": SUPERVISION,
    "web:unit": SUPERVISION,
}


@dataclass(frozen=True)
class Help:
    """The whole text as HTML, and its headings with their numbers."""

    html: SafeString
    headings: tuple[tuple[int, str], ...]


def help_now() -> Help:
    """The help in the language of the page."""
    return _read("zh-Hans" if (get_language() or "").startswith(CHINESE) else "en")


@cache
def _read(language: str) -> Help:
    text = (HELP / f"first-day.{language}.md").read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(text)
    headings: list[tuple[int, str]] = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            headings.append((len(headings) + 1, inline.content))
            opening.attrSet("id", f"s{len(headings)}")
    html = parser.renderer.render(tokens, parser.options, {})
    return Help(mark_safe(html), tuple(headings))  # noqa: S308  our own file, without HTML


def paragraph_of(view_name: str) -> int:
    """The paragraph about a page; of a page nobody wrote about, the first one."""
    return PARAGRAPHS.get(view_name) or PARAGRAPHS.get(view_name.partition(":")[0], HOME)
