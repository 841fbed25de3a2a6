"""`pingyi campaign packs|open|open-round|close-round|tell-apart`."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pingyi.campaigns.management.packs import add_packs, end, packs
from pingyi.campaigns.operations.namesakes import tell_namesakes_apart
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.campaigns.queries.freezing import Preview, Warned, preview
from pingyi.campaigns.queries.lookup import find_campaign
from pingyi.campaigns.queries.packs import pack_of
from pingyi.campaigns.queries.scopes import rounds_visible_to
from pingyi.campaigns.queries.universe import universe_figures
from pingyi.core.clock import read_now
from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.register import queries as register

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round


def day(text: str) -> date:
    """A day as YYYY-MM-DD; anything else is wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2011-05-31") from None


class Command(BaseCommand):
    """Campaigns from the command line: the same deeds as on the pages."""

    help = (
        "List packs, open a campaign, open and close its rounds. "
        "Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(
            dest="action", required=True, metavar="packs|open|open-round|close-round|tell-apart"
        )
        listing = actions.add_parser("packs", help="list the packs and what is wrong with them")
        add_packs(listing)
        opening = actions.add_parser("open", help="open a campaign and freeze its universe")
        opening.add_argument("--pack", required=True, help="code of the pack, see `campaign packs`")
        opening.add_argument("--code", required=True, help="code of the new campaign, in addresses")
        opening.add_argument("--name", required=True, help="name of the new campaign")
        opening.add_argument("--root", required=True, help="code of the organization at its top")
        opening.add_argument(
            "--cut-off", required=True, type=day, metavar="YYYY-MM-DD", help="day of the freeze"
        )
        actions_on_rounds = [
            actions.add_parser("open-round", help="open a round"),
            actions.add_parser("close-round", help="close a round; refuses over gaps"),
        ]
        for action in actions_on_rounds:
            action.add_argument("--campaign", required=True, help="code of the campaign")
            action.add_argument("--round", required=True, help="code of the round, such as first")
        marking = actions.add_parser(
            "tell-apart", help="mark namesakes of one unit in a campaign frozen by an older version"
        )
        marking.add_argument("--campaign", required=True, help="code of the campaign")
        for action in (listing, opening, *actions_on_rounds, marking):
            action.add_argument("--json", action="store_true", help="write the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        deeds = {
            "packs": packs,
            "open": self._open,
            "open-round": self._open_round,
            "close-round": self._close_round,
            "tell-apart": self._tell_apart,
        }
        sentence, result = deeds[options["action"]](options)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write(sentence)
        if options["action"] == "packs":
            end(options, result)

    def _open(self, options: dict[str, Any]) -> tuple[str, object]:
        now = read_now()
        tree = {row.code: row.id for row in ground.tree_on(options["cut_off"])}
        key = tree.get(options["root"])
        if key is None:
            raise Refusal(
                _("There is no organization with the code “%(code)s” on that day.")
                % {"code": options["root"]},
                code="unknown_root",
            )
        root = register.visible_to(None, options["cut_off"]).get(pk=key)
        campaign = open_campaign(
            code=options["code"],
            name=options["name"],
            pack_code=options["pack"],
            root=root,
            cut_off_on=options["cut_off"],
            by=None,
            now=now,
        )
        figures = universe_figures(campaign)
        warnings = _warnings(preview(root, options["cut_off"], pack_of(campaign)))
        sentence = _("%(name)s is open: %(units)d organizations, %(members)d members.") % {
            "name": campaign.name,
            "units": figures.units,
            "members": figures.members,
        }
        names = pgettext("list", ", ")
        for _key, label, found in warnings:
            sentence += f"\n  {label}: {found.count} ({names.join(found.names)})"
        result = {
            "code": campaign.code,
            "pack_hash": campaign.pack_hash,
            "units": figures.units,
            "members": figures.members,
            "rounds": [found.code for found in campaign.rounds.all()],
            "warnings": {
                key: {"count": found.count, "names": list(found.names)}
                for key, _label, found in warnings
            },
        }
        return sentence, result

    def _open_round(self, options: dict[str, Any]) -> tuple[str, object]:
        opened = open_round(round_=self._round(options), by=None, now=read_now())
        return _("“%(round)s” is open.") % {"round": opened.name}, _state(opened)

    def _close_round(self, options: dict[str, Any]) -> tuple[str, object]:
        closed = close_round(round_=self._round(options), by=None, now=read_now())
        return _("“%(round)s” is closed.") % {"round": closed.name}, _state(closed)

    def _tell_apart(self, options: dict[str, Any]) -> tuple[str, object]:
        campaign = find_campaign(options["campaign"])
        marked = tell_namesakes_apart(campaign=campaign, by=None, now=read_now())
        sentence = ngettext(
            "%(n)d person is told apart from a namesake.",
            "%(n)d people are told apart from their namesakes.",
            marked,
        )
        return sentence % {"n": marked}, {"campaign": campaign.code, "told_apart": marked}

    def _round(self, options: dict[str, Any]) -> "Round":
        found = rounds_visible_to(None).filter(
            campaign__code=options["campaign"], code=options["round"]
        )
        round_ = found.first()
        if round_ is None:
            raise Refusal(
                _("There is no round “%(round)s” in a campaign “%(campaign)s”.")
                % {"round": options["round"], "campaign": options["campaign"]},
                code="unknown_round",
            )
        return round_


def _warnings(seen: Preview) -> list[tuple[str, str, Warned]]:
    """What is unlikely to be meant, as the page says it before opening."""
    lines = [
        (
            "without_secretary",
            _("Organizations with members but without a secretary"),
            seen.without_secretary,
        ),
        (
            "called_secretary",
            _(
                "People called secretary whose post has no leader category: "
                "they do not count as secretaries"
            ),
            seen.called_secretary,
        ),
        (
            "without_sector",
            _("Organizations with members but without a sector: no table counts them"),
            seen.without_sector,
        ),
        (
            "without_branch",
            _("People with posts or charges who are members nowhere in this tree"),
            seen.without_branch,
        ),
    ]
    return [line for line in lines if line[2].count]


def _state(round_: "Round") -> dict[str, str]:
    return {"campaign": round_.campaign.code, "round": round_.code, "state": str(round_.state)}
