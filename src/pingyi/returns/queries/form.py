"""The form on which a unit answers its tables without the program: its pages, what stands in them,
and which form it is (N12, ADR 0030)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import Pack, Table
from pingyi.core.clock import day_of
from pingyi.documents.form_pages import FormPage
from pingyi.ledger.queries import mark_of_fiction
from pingyi.returns.enums import Word
from pingyi.returns.queries.draft import said_now
from pingyi.returns.queries.form_pages import form_pages, later_rounds
from pingyi.returns.queries.imprint import imprint_of
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.standing import Standing, standing_of
from pingyi.returns.rules.cells import Cell
from pingyi.returns.rules.form_facts import FORM, Facts, form_key, form_version, seal_of
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.documents.form_books import Shown


@dataclass(frozen=True)
class Form:
    """A form of a unit for a round; `values` by the keys of its entries and stated figures."""

    round: "Round"
    unit: "Unit"
    tables: Sequence[Table]
    pages: Sequence[FormPage]
    facts: Facts
    values: "Mapping[str, Shown]"
    closed: frozenset[str]

    @property
    def counted(self) -> dict[str, str]:
        """The stated figure of each entry that has one."""
        names = (key for key in self.values if key.startswith("counted."))
        return {name.removeprefix("counted."): name for name in names}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What its hidden sheet says, with the seal."""
        stated = {name: self.values[name] for name in self.counted.values()}
        key = form_key(settings.IDENTITY_KEY)
        return [*self.facts.lines(), ("seal", seal_of(self.facts, stated, key))]


def form_of(
    round_: "Round", unit: "Unit", tables: Sequence[Table], *, nonce: str, now: datetime
) -> Form:
    """The form as it goes out at this moment, in the language that is spoken."""
    pack = pack_of(round_.campaign)
    said = said_now(Moment(round_), unit)
    standing = standing_of(round_, unit, tables, said)
    facts = Facts(
        form=FORM,
        version=form_version(pack),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        campaign=round_.campaign.code,
        round=round_.code,
        unit=unit.code,
        tables=",".join(table.code for table in tables),
        tree=_tree_day(unit),
        made_at=now.isoformat(),
        nonce=nonce,
    )
    return Form(
        round_, unit, tables, pages_of(round_, unit, pack, tables), facts,
        _values(round_, unit, standing, said), _closed(round_, standing),
    )  # fmt: skip


def pages_of(round_: "Round", unit: "Unit", pack: Pack, tables: Sequence[Table]) -> list[FormPage]:
    """The pages, in the language that is spoken."""
    return form_pages(round_, unit, pack, tables, mark_of_fiction())


def form_name(form: Form) -> str:
    """A name as a clerk would give it; the code tells units apart that are called alike."""
    tables = form.tables[0].annex if len(form.tables) == 1 else _("Tables to fill in")
    return file_name(form.unit.name, tables, form.round.name, form.unit.code, kind="xlsx")


def words_typed() -> dict[str, str]:
    """What people type instead of a number, in any language of the program, and what it means."""
    found = {word.value: word.value for word in Word}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(word.label): word.value for word in Word}
    return found


def words_offered() -> list[str]:
    """The same in the language that is spoken."""
    return [str(word.label) for word in Word]


def refused_words() -> dict[str, str]:
    """What is said where something else is typed into an entry."""
    return {
        "number": _("Enter a whole number of 0 or more, or one of: %(words)s.")
        % {"words": "、".join(words_offered())},
        "day": _("Enter a day, such as 2011-06-28."),
        "text": _("At most 300 characters."),
    }


def shown_said(said: int | str | None) -> int | str | None:
    """What a cell says, as it stands in a form."""
    return str(Word(said).label) if isinstance(said, str) else said


def _tree_day(unit: "Unit") -> str:
    """Since when the tree below the unit is as it is."""
    below = type(unit).objects.filter(campaign_id=unit.campaign_id).in_subtree([unit.path])
    return day_of(below.aggregate(since=Max("since"))["since"]).isoformat()


def _values(
    round_: "Round", unit: "Unit", standing: Iterable[Standing], said: Mapping[str, Cell]
) -> "dict[str, Shown]":
    """What is counted, what is said now with its reason, and day and names where they are known."""
    found: dict[str, Shown] = {}
    kept = imprint_of(round_, unit)
    for at, each in enumerate(standing):
        for code, cell in each.cells.items():
            found[f"counted.{code}"] = said[code].counted
            found[code] = shown_said(cell.said)
            if cell.differs:
                found[f"why.{code}"] = cell.reason
        if at == 0 and kept is not None:
            table = each.table
            found[f"filled_on.{table.code}"] = kept.filled_on
            for place, label in enumerate(table.foot_labels):
                found[f"foot.{table.code}.{place}"] = kept.foot.get(label, "")
    return found


def _closed(round_: "Round", standing: Iterable[Standing]) -> frozenset[str]:
    """What is not to be changed: after a sending back all other cells; the rows of later rounds."""
    later = later_rounds(round_)
    closed: set[str] = set()
    for each in standing:
        closed |= each.closed
        rows = {row.code for row in each.table.rows if row.round in later}
        closed |= {code for code in each.cells if code.split(".")[1] in rows}
    return frozenset(closed)
