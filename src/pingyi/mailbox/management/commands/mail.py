"""`pingyi mail`: reads the mailbox, binds addresses to units, says what came in."""

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from pingyi.accounts.queries import organizations_managed_by, user_by_name
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal
from pingyi.mailbox.operations.binding import bind_address, unbind_address
from pingyi.mailbox.operations.poll import MOST, look
from pingyi.mailbox.queries.addresses import addresses_visible_to
from pingyi.mailbox.queries.mails import mails_visible_to, outcomes

if TYPE_CHECKING:
    from datetime import datetime

    from pingyi.accounts.queries import Actor
    from pingyi.mailbox.models import BoundAddress, Mail
    from pingyi.organizations.models import Organization


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = (
        "Read the mailbox that units e-mail their forms to, bind their addresses, list what came "
        "in. Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        poll = actions.add_parser("poll", help="read what lies in the mailbox, answer, put it away")
        poll.add_argument("--most", type=int, default=MOST, metavar="N", help="so many of them")
        actions.add_parser("status", help="how many e-mails ended how")
        received = actions.add_parser("received", help="what came in, the latest first")
        received.add_argument("--json", action="store_true", help="as JSON")
        received.add_argument("--most", type=int, default=100, metavar="N", help="so many of them")
        actions.add_parser("addresses", help="which address is bound to which unit")
        bind = actions.add_parser("bind", help="bind an address to a unit")
        bind.add_argument("--organization", required=True, metavar="CODE", help="of the unit")
        unbind = actions.add_parser("unbind", help="take nothing from an address any more")
        for action in (bind, unbind):
            action.add_argument("address", metavar="ADDRESS")
            action.add_argument("--as", dest="user", metavar="USERNAME", help="who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses what the operations refuse, and names that do not exist."""
        now = read_now()
        match options["action"]:
            case "poll":
                self._poll(now, options["most"])
            case "status":
                self._lines(f"{one.label}: {count}" for one, count in outcomes().items())
            case "received":
                self._received(now, options)
            case "addresses":
                found = addresses_visible_to(None, day_of(now))
                self._lines(f"{one.address}\t{one.organization.code}" for one in found)
            case "bind":
                organization, by = _organization(options["organization"], now), _by(options)
                given: dict[str, Any] = {"organization": organization, "by": by, "now": now}
                bind_address(address=options["address"], **given)
                self.stdout.write(_("The address is bound."))
            case "unbind":
                unbind_address(bound=_bound(options["address"], now), by=_by(options), now=now)
                self.stdout.write(_("The address is unbound."))

    def _poll(self, now: "datetime", most: int) -> None:
        looked = look(now=now, most=most)
        if looked.is_busy:
            self.stdout.write(_("The mailbox is being read already."))
        self._lines(f"{one.label}: {count}" for one, count in looked.counts.items())
        if looked.again:
            self.stdout.write(_("Read before: %(count)d") % {"count": looked.again})
        if looked.left:
            self.stdout.write(_("Left for the next time: %(count)d") % {"count": looked.left})
        if not looked.is_busy and not looked.counts and not looked.again and not looked.left:
            self.stdout.write(_("The mailbox is empty."))

    def _received(self, now: "datetime", options: dict[str, Any]) -> None:
        mails = [_told(mail) for mail in mails_visible_to(None, day_of(now))[: options["most"]]]
        if options["json"]:
            self.stdout.write(json.dumps(mails, ensure_ascii=False, indent=2))
            return
        for mail in mails:
            receipts = _(", ").join(form["receipt"] for form in mail["forms"] if form["receipt"])
            words = (mail["at"], mail["sender"], mail["unit"] or "", mail["outcome"], receipts)
            self.stdout.write("\t".join(words))

    def _lines(self, lines: Any) -> None:
        for line in lines:
            self.stdout.write(line)


def _told(mail: "Mail") -> dict[str, Any]:
    return {
        "at": make_naive(mail.received_at).isoformat(timespec="seconds"),
        "sender": mail.sender,
        "unit": mail.organization.code if mail.organization else None,
        "subject": mail.subject,
        "outcome": mail.outcome,
        "answer": mail.answer.state if mail.answer else mail.silence or None,
        "forms": [
            {name: form[name] for name in ("name", "sha256", "code", "receipt")}
            for form in mail.forms
        ],
    }


def _by(options: dict[str, Any]) -> "Actor":
    return user_by_name(options["user"]) if options["user"] else None


def _organization(code: str, now: "datetime") -> "Organization":
    found = organizations_managed_by(None, day_of(now)).filter(code=code).first()
    if found is None:
        sentence = _("No organization has the code %(code)s.")
        raise Refusal(sentence % {"code": code}, code="unknown_organization")
    return found


def _bound(address: str, now: "datetime") -> "BoundAddress":
    found = addresses_visible_to(None, day_of(now)).filter(address=address.lower()).first()
    if found is None:
        sentence = _("The address %(address)s is bound to no unit.")
        raise Refusal(sentence % {"address": address}, code="not_bound")
    return found
