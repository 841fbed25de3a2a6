"""Recount the board of a ballot box, or write the program that does it anywhere."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from pingyi.ballots.exports import verifier
from pingyi.ballots.rules.verifying import report
from pingyi.core.refusals import Refusal


class Command(BaseCommand):
    """`pingyi verify BOARD`: each step in Chinese and English; ends with 1 where one fails."""

    help = (
        "Recount the board of a ballot box; --program writes the file that does it without pingyi."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The board, what it is compared with, or where the program goes."""
        parser.add_argument("board", type=Path, nargs="?", help="the board that was published")
        parser.add_argument("--manifest", default="", help="fingerprint on poster or slip")
        parser.add_argument("--receipt", action="append", default=[], help="number of a receipt")
        parser.add_argument("--program", type=Path, help="write the recounting program here")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Recount, or write the program."""
        if options["program"] is not None:
            self._write(options["program"])
            return
        if options["board"] is None:
            raise CommandError(_("Name the file of the board."), returncode=2)
        code = report(options["board"], manifest=options["manifest"], trackers=options["receipt"])
        if code:
            sys.exit(code)

    def _write(self, path: Path) -> None:
        try:
            path.write_bytes(verifier())
        except OSError as error:
            sentence = _("%(path)s cannot be written: %(error)s.")
            wrong = {"path": path, "error": error.strerror or error}
            raise Refusal(sentence % wrong, code="unwritable") from error
        told = _("Written: %(path)s. Run it with Python and the package cryptography.")
        self.stdout.write(told % {"path": path})
