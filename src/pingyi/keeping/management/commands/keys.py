"""`pingyi keys export` and `pingyi keys import`: the secret keys, sealed with a passphrase."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.keeping.operations.keys import export_keys, import_keys


class Command(BaseCommand):
    """The passphrase is typed or piped in, never an argument."""

    help = (
        "Seal the secret keys, which are in no backup, into a file, or bring them back. The "
        "passphrase comes from the prompt or, piped, from standard input. Exit codes: 0 done, 1 "
        "refused with a message, 2 wrong use."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="export|import")
        export = actions.add_parser("export", help="seal the keys of these settings into a file")
        export.add_argument("file", type=Path, help="the file to be made")
        bring = actions.add_parser(
            "import", help="put sealed keys where the program looks for them"
        )
        bring.add_argument("file", type=Path, help="the sealed keys")
        bring.add_argument(
            "--env",
            type=Path,
            metavar="FILE",
            help="write a file of variables for a server, not the two files of the data folder",
        )
        bring.add_argument(
            "--replace", action="store_true", help="put them in the place of other keys"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        passphrase = self._passphrase(is_new=options["action"] == "export")
        if options["action"] == "export":
            export_keys(path=options["file"], passphrase=passphrase)
            self.stdout.write(
                _("The keys are sealed in %(path)s. Keep it apart from the backups.")
                % {"path": options["file"]}
            )
            return
        for path in import_keys(
            path=options["file"],
            passphrase=passphrase,
            env=options["env"],
            replaced=options["replace"],
        ):
            self.stdout.write(_("Written: %(path)s") % {"path": path})

    def _passphrase(self, *, is_new: bool) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        passphrase = getpass(_("Passphrase: "))
        if is_new and getpass(_("Passphrase again: ")) != passphrase:
            raise Refusal(_("The two passphrases are not the same."), code="passphrases_differ")
        return passphrase
