"""`pingyi restore FILE`: a backup into an empty place."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.keeping.operations.restore import restore
from pingyi.keeping.rules.manifest import FILES, PACKS
from pingyi.organizations.queries import why_not_this_identity_key


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database and an empty data folder, by this version or any "
        "newer one. Exit codes: 0 restored, 1 refused, or the ledger in it is not whole, 2 wrong "
        "use."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")

    def handle(self, *args: Any, **options: Any) -> None:
        restored = restore(path=options["file"])
        manifest = restored.manifest
        counts = {
            "rows": manifest.rows,
            "files": len(manifest.of(FILES)) + len(manifest.of(PACKS)),
        }
        self.stdout.write(_("Restored: %(rows)d rows, %(files)d files.") % counts)
        if restored.packs is not None:
            self.stdout.write(
                _("The packs are in %(path)s: set PINGYI_PACK_DIR to it.")
                % {"path": restored.packs}
            )
        if not restored.is_whole:
            sentence = _(
                "All is restored, but its ledger is not whole; “pingyi ledger verify” says what is "
                "wrong."
            )
            raise Refusal(sentence, code="ledger_broken")
        root = f"{manifest.ledger_size}:{manifest.ledger_root}"
        self.stdout.write(
            _("The ledger is whole, and every row for which it stands is as it was. Root: %(root)s")
            % {"root": root}
        )
        if why_not_this_identity_key() is not None:
            self.stdout.write(
                _(
                    "The keys here are not those of this database: bring them with “pingyi keys "
                    "import FILE --replace” before you serve it."
                )
            )
