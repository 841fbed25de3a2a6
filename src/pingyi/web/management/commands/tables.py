"""`pingyi tables`: write the tables and blank ballots of a unit, or its figures as JSON."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from pingyi.appraisals.queries import ballot_boxes
from pingyi.campaigns.queries import find_round, find_unit
from pingyi.core.clock import day_of, read_now
from pingyi.documents.files import write_whole
from pingyi.paper.exports import blank_form
from pingyi.returns.exports import figures_json, table_document, tables_pdf
from pingyi.returns.queries import Moment, tables_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = "Write the filled-in statistical tables and the blank ballots of a unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Campaign, unit and round; a folder, a JSON file, or both."""
        self.parser = parser
        parser.add_argument(
            "--campaign", required=True, metavar="CODE", help="code of the campaign"
        )
        parser.add_argument("--unit", required=True, metavar="CODE", help="code of the unit")
        parser.add_argument("--round", required=True, metavar="CODE", help="first, second, …")
        parser.add_argument(
            "--out", metavar="DIR", type=Path, help="folder for PDF, Excel and Word"
        )
        parser.add_argument(
            "--json", metavar="FILE", help="file for the figures; - is standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses an unknown campaign, round or unit, and a folder that cannot be written."""
        if options["out"] is None and options["json"] is None:
            self.parser.error(_("Say where to write: --out DIR, --json FILE, or both."))
        round_ = find_round(options["campaign"], options["round"])
        unit = find_unit(round_.campaign, options["unit"])
        if options["json"] is not None:
            self._write_json(round_, unit, options["json"])
        if options["out"] is not None:
            self._write_documents(round_, unit, options["out"], quiet=options["json"] == "-")

    def _write_json(self, round_: "Round", unit: "Unit", target: str) -> None:
        source = f"{round_.campaign.code}: {unit.code} {unit.name}"
        figures = figures_json(
            tables_of(Moment(round_), unit), source=source, round_code=round_.code
        )
        text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
        if target == "-":
            sys.stdout.write(text)
        else:
            write_whole(Path(target), text.encode())

    def _write_documents(self, round_: "Round", unit: "Unit", folder: Path, *, quiet: bool) -> None:
        for name, content in _documents(round_, unit):
            write_whole(folder / name, content)
            if not quiet:
                self.stdout.write(str(folder / name))


def _documents(round_: "Round", unit: "Unit") -> list[tuple[str, bytes]]:
    """Every table in three kinds, all tables in one PDF, every ballot in two kinds."""
    filled = tables_of(Moment(round_), unit)
    day = day_of(read_now())
    files = [
        (
            f"{table.code}.{kind}",
            table_document(table, figures, kind=kind, unit_name=unit.name, filled_on=day),
        )
        for table, figures in filled.pairs()
        for kind in ("pdf", "xlsx", "docx")
    ]
    if files:
        files.append(("tables.pdf", tables_pdf(filled.pairs(), unit_name=unit.name, filled_on=day)))
    ballots = [
        (f"{box.code}.{kind}", blank_form(box.form, kind=kind, mark=box.mark))
        for box in ballot_boxes(round_)
        for kind in ("pdf", "docx")
    ]
    return files + ballots
