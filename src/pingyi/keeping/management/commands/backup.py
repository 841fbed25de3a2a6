"""`pingyi backup FILE`: all data in one file, while people go on working."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.keeping.operations.write import write
from pingyi.keeping.rules.manifest import FILES, PACKS, ROWS


class Command(BaseCommand):
    help = (
        "Back up everything but the secret keys into one file, while people go on working. The "
        "file is opened again and read to its end. Exit codes: 0 backed up, 1 refused, or the "
        "ledger in it is not whole, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to be made, such as county.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        written = write(path=options["file"], now=read_now())
        manifest = written.manifest
        counts = {
            "tables": len(manifest.of(ROWS)),
            "rows": manifest.rows,
            "files": len(manifest.of(FILES)) + len(manifest.of(PACKS)),
            "size": filesizeformat(written.size),
        }
        self.stdout.write(_("Backed up into %(path)s.") % {"path": written.path})
        self.stdout.write(
            _(
                "Opened again and as it was written: %(rows)d rows of %(tables)d tables, "
                "%(files)d files, %(size)s."
            )
            % counts
        )
        if written.broken is not None:
            raise Refusal(
                written.broken.sentence, code=written.broken.code, details=written.broken.details
            )
        root = f"{manifest.ledger_size}:{manifest.ledger_root}"
        self.stdout.write(_("The ledger in it is whole. Root: %(root)s") % {"root": root})
        self.stdout.write(
            _("The secret keys are not in it: keep them apart, with “pingyi keys export”.")
        )
