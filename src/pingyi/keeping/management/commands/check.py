"""`pingyi check`: Django's checks of the program, then whether this place is sound."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as OfDjango
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.keeping.queries.soundness import findings


class Command(OfDjango):
    help = (
        "Check the program, then this place: database, fonts, clock, disk, backups, keys, worker; "
        "each line says what to do. Exit codes: 0 all is fine, 1 something is wrong, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--program", action="store_true", help="only the program and its settings"
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        only_program = options.pop("program")
        super().handle(*app_labels, **options)
        if not only_program:
            self._look_at_this_place()

    def _look_at_this_place(self) -> None:
        wrong = 0
        for found in findings(read_now()):
            mark = _("Fine") if found.is_fine else _("Wrong")
            line = _("%(mark)s  %(what)s: %(told)s") % {
                "mark": mark,
                "what": found.what,
                "told": found.told,
            }
            self.stdout.write(line)
            if not found.is_fine:
                wrong += 1
                self.stdout.write(f"      → {found.mend}")
        if wrong:
            raise Refusal(
                ngettext("%(count)d thing is wrong.", "%(count)d things are wrong.", wrong)
                % {"count": wrong},
                code="not_sound",
            )
