"""`pingyi returns rollup`: a unit's tables added up from the accepted versions below it."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import find_unit, root_unit
from pingyi.returns.exports.rollup import rollup_json
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.overlapping import column_label, named_overlaps
from pingyi.returns.queries.rolled import RolledUp, rolled_up
from pingyi.returns.queries.standing import tables_asked

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def add_rollup_arguments(parser: ArgumentParser) -> None:
    """Whose tables, which of them, and where to."""
    parser.add_argument("--unit", metavar="CODE", help="the top of the tree where left out")
    parser.add_argument("--table", default="", metavar="CODE", help="annex1, …; all")
    parser.add_argument("--json", metavar="FILE", help="- is standard output")


def rolled_for(round_: "Round", options: Mapping[str, Any]) -> "tuple[Unit, dict[str, RolledUp]]":
    """The unit that is asked for, and its tables."""
    campaign = round_.campaign
    unit = find_unit(campaign, options["unit"]) if options["unit"] else root_unit(campaign)
    unit.campaign = campaign
    return unit, rolled_up(Moment(round_), unit, tables_asked(round_, options["table"]))


def told_rollup_json(round_: "Round", options: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, for a program."""
    unit, rolled = rolled_for(round_, options)
    return rollup_json(unit, round_.code, rolled)


def told_rollup(round_: "Round", options: Mapping[str, Any]) -> Iterator[str]:
    """Line by line, for a person: how complete, who is missing, figures, overlaps, unchecked,
    unknown."""
    _unit, found = rolled_for(round_, options)
    missing, waived, overlap, unchecked, unknown = (
        _("missing"), _("waived"), _("overlap"), _("unchecked"), _("unknown"),
    )  # fmt: skip
    for rolled in found.values():
        accepted, owing = rolled.complete
        yield _("%(annex)s: %(accepted)s of %(of)s units") % {
            "annex": rolled.table.annex, "accepted": accepted, "of": owing,
        }  # fmt: skip
        yield from (f"- {missing}\t{each.code}\t{each.name}" for each in rolled.missing)
        yield from (f"/ {waived}\t{each.code}\t{each.name}" for each in rolled.waived)
        for code, cell in rolled.cells.items():
            if cell.number is not None:
                yield f"{code}\t{cell.number}"
            if cell.unchecked:
                yield f"? {unchecked}\t{code}\t{_list(cell.unchecked)}"
            if cell.wordless:
                yield f"! {unknown}\t{code}\t{_list(cell.wordless)}"
        for each in named_overlaps(rolled):
            where = [f"{at.unit} {column_label(rolled, at.cell)}" for at in each.stands]
            yield f"= {overlap}\t{each.cell}\t{each.name}\t{_list(where)}"


def _list(words: "list[str] | tuple[str, ...]") -> str:
    return "、".join(words)
