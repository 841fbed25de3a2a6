"""`pingyi returns form`: the form of one unit, or one for each unit that owes tables."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import find_unit
from pingyi.documents.files import write_together
from pingyi.returns.exports.form import form_file
from pingyi.returns.queries.form import form_name, form_of
from pingyi.returns.queries.returns import owing_units
from pingyi.returns.queries.standing import tables_asked

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round


def add_form_arguments(parser: ArgumentParser) -> None:
    """Whose form, of which table, and where to."""
    parser.add_argument("--unit", metavar="CODE", help="all units that owe tables where left out")
    parser.add_argument("--table", default="", metavar="CODE", help="annex1, …; all")
    parser.add_argument("--out", required=True, metavar="DIR|FILE", help="FILE for one unit alone")


def write_forms(round_: "Round", options: Mapping[str, Any], now: datetime) -> list[Path]:
    """Write the forms, all of them or none; where they are."""
    tables = tables_asked(round_, options["table"])
    out = Path(options["out"])
    one = options["unit"]
    units = [find_unit(round_.campaign, one)] if one else owing_units(round_)
    is_file = bool(one) and out.suffix == ".xlsx"
    files: dict[Path, bytes] = {}
    for unit in units:
        unit.campaign = round_.campaign
        form = form_of(round_, unit, tables, nonce=token_hex(8), now=now)
        path = out if is_file else out / form_name(form)
        files[path] = form_file(form, made_at=now)
    write_together(files)
    return list(files)


def told_forms(paths: list[Path]) -> str:
    """What was written."""
    return _("%(count)d forms: %(where)s") % {"count": len(paths), "where": paths[0].parent}
