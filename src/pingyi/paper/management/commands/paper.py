"""`pingyi paper print` and `pingyi paper read`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pingyi.paper.management import printing, reading


class Command(BaseCommand):
    """Stable interface: see docs/reference/paper-read.md."""

    help = (
        "Print ballots that can be found again, and read ticked ones from scans and photographs. "
        "Needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Two commands of its own."""
        actions = parser.add_subparsers(dest="action", required=True, metavar="print|read")
        printing.add_arguments(actions.add_parser("print", help=printing.HELP))
        reading.add_arguments(actions.add_parser("read", help=reading.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses what cannot be printed or read, in one sentence."""
        {"print": printing.run, "read": reading.run}[options["action"]](options, self.stdout)
