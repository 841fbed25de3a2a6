"""`pingyi notifications`: sends what waits in the outbox, says what did not arrive for certain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.notifications.enums import DeliveryState
from pingyi.notifications.operations.decide import leave, send_again
from pingyi.notifications.operations.send import MOST, send_waiting
from pingyi.notifications.queries.outbox import Mail, states, unclear, unclear_letters

DECISIONS = {"again": send_again, "leave": leave}


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = (
        "Send the e-mails that wait, say how many there are in which state, decide on those that "
        "did not arrive for certain. Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        send = actions.add_parser("send", help="send those whose time has come")
        send.add_argument("--most", type=int, default=MOST, metavar="N", help="so many of them")
        actions.add_parser("status", help="how many are in which state, and those in doubt")
        for name, words in (("again", "send once more"), ("leave", "let be")):
            action = actions.add_parser(name, help=f"{words} what is in doubt or was given up")
            action.add_argument("name", nargs="+", metavar="NAME", help="as status says it")

    def handle(self, *args: Any, **options: Any) -> None:
        action = options["action"]
        if action == "send":
            self._say(send_waiting(now=read_now(), most=options["most"]).counts)
        elif action == "status":
            self._say(states())
            for one in unclear():
                words = f"{one.name}  {one.message.to.username}  {one.get_state_display()}"
                self.stdout.write(f"{words}  {one.last_error}".rstrip())
            for letter in unclear_letters():
                words = f"{letter.name}  {letter.address}  {letter.get_state_display()}"
                self.stdout.write(f"{words}  {letter.last_error}".rstrip())
        else:
            for name in options["name"]:
                DECISIONS[action](delivery=_named(name), by=None, now=read_now())

    def _say(self, counts: dict[DeliveryState, int]) -> None:
        for state, count in counts.items():
            self.stdout.write(f"{state.label}: {count}")
        if not counts:
            self.stdout.write(_("No e-mail waits."))


def _named(name: str) -> Mail:
    found = unclear().filter(name=name).first() or unclear_letters().filter(name=name).first()
    if found is None:
        sentence = _("There is no e-mail “%(name)s” to decide on.")
        raise Refusal(sentence % {"name": name}, code="unknown_delivery")
    return found
