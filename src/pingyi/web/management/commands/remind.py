"""`pingyi remind`: tells everybody what they owe, as the worker does once a day."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of, read_now
from pingyi.web.operations.remind import remind_all
from pingyi.web.queries.reminders import reminders


def day(text: str) -> date:
    """A day as YYYY-MM-DD; anything else is wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2011-06-28") from None


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = (
        "Remind everybody who owes something, once a day each; what is late is told to their "
        "superiors as well. Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="as if on that day")
        parser.add_argument("--preview", action="store_true", help="say how many; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = read_now()
        today = options["today"] or day_of(now)
        if options["preview"]:
            number, words = len(reminders(today)), _("%(n)d people are to be reminded.")
        else:
            number, words = remind_all(today=today, now=now), _("%(n)d people are told.")
        self.stdout.write(words % {"n": number})
