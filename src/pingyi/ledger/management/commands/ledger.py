"""`pingyi ledger verify` and `pingyi ledger root`."""

import json
from argparse import ArgumentTypeError
from string import hexdigits
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.core.refusals import Refusal
from pingyi.ledger.queries import faults, lines, verification

SHOWN = 20


def _noted(text: str) -> lines.Root:
    """'SIZE:ROOT' as `pingyi ledger root` prints it, or as a document shows its beginning."""
    size, colon, root_hash = "".join(text.split()).partition(":")
    is_root = lines.SHORT_ROOT <= len(root_hash) <= 64 and set(root_hash.lower()) <= set(hexdigits)
    if not (colon and size.isdecimal() and is_root):
        raise ArgumentTypeError(
            f"{text!r} is not SIZE:ROOT as printed by `pingyi ledger root` or on a document"
        )
    return lines.Root(int(size), root_hash.lower())


class Command(BaseCommand):
    """Check the ledger, or print its root to be noted down elsewhere."""

    help = (
        "Check the append-only ledger and the rows for which it stands. Exit codes: 0 whole, "
        "1 broken (the first wrong entry and every wrong row are named), 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="verify|root")
        verify = actions.add_parser("verify", help="recompute every hash, compare every row")
        verify.add_argument("--json", action="store_true", help="write the result as JSON")
        verify.add_argument(
            "--noted",
            type=_noted,
            metavar="SIZE:ROOT",
            help="a root noted down earlier, which the ledger must still lead to",
        )
        root = actions.add_parser("root", help="print SIZE:ROOT of the ledger")
        root.add_argument("--json", action="store_true", help="write the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "root":
            self._root(as_json=options["json"])
        else:
            self._verify(noted=options["noted"], as_json=options["json"])

    def _root(self, *, as_json: bool) -> None:
        root = lines.root()
        if as_json:
            self.stdout.write(json.dumps({"size": root.size, "root": root.root_hash}))
        else:
            self.stdout.write(f"{root.size}:{root.root_hash}")

    def _verify(self, *, noted: lines.Root | None, as_json: bool) -> None:
        result = verification.verify(noted=noted)
        if as_json:
            self.stdout.write(json.dumps(_as_json(result)))
        elif not result.fault and result.backwards.count:
            self.stderr.write(_said_of_clocks(result.backwards))
        if not result.is_whole:
            found = _findings(result)
            raise Refusal(found[0], code="ledger_broken", details=_cut(found[1:]))
        if not as_json:
            self.stdout.write(
                ngettext(
                    "The ledger is whole: %(count)d entry.",
                    "The ledger is whole: %(count)d entries.",
                    result.size,
                )
                % {"count": result.size}
            )
            self.stdout.write(
                ngettext(
                    "%(count)d row for which it stands is as it was left.",
                    "%(count)d rows for which it stands are as they were left.",
                    result.rows,
                )
                % {"count": result.rows}
            )
            self.stdout.write(_("Root: %(root)s") % {"root": f"{result.size}:{result.root_hash}"})


def _as_json(result: faults.Verification) -> dict[str, object]:
    fault = result.fault
    return {
        "whole": result.is_whole,
        "size": result.size,
        "root": result.root_hash,
        "fault": fault and {"kind": fault.kind, "entry": fault.seq},
        "without_body": {"count": result.without_body.count, "first": result.without_body.first},
        "unread": {"count": result.unread.count, "first": result.unread.first},
        "unproved": {"count": result.unproved.count, "first": result.unproved.first},
        "backwards": {"count": result.backwards.count, "first": result.backwards.first},
        "rows": result.rows,
        "row_faults": [
            {"kind": each.kind, "table": each.table, "key": each.key, "entry": each.seq}
            for each in result.row_faults
        ],
    }


def _findings(result: faults.Verification) -> list[str]:
    """All that is wrong, a sentence each: the first wrong line, what cannot be read, rows."""
    found = [str(result.fault.sentence)] if result.fault else []
    unread, unproved = result.unread, result.unproved
    if unread.count:
        found.append(
            ngettext(
                "%(count)d entry is missing or wrong; what it said of rows cannot be compared. "
                "It is entry %(first)d.",
                "%(count)d entries are missing or wrong; what they said of rows cannot be "
                "compared. The first is entry %(first)d.",
                unread.count,
            )
            % {"count": unread.count, "first": unread.first}
        )
    if unproved.count:
        found.append(
            ngettext(
                "From entry %(first)d on, %(count)d entry leads to no root that is known: rows "
                "are compared with what it says, although nothing proves it.",
                "From entry %(first)d on, %(count)d entries lead to no root that is known: rows "
                "are compared with what they say, although nothing proves it.",
                unproved.count,
            )
            % {"count": unproved.count, "first": unproved.first}
        )
    missing = result.without_body
    if missing.count:
        found.append(
            ngettext(
                "The body of %(count)d entry is missing; what it stood for cannot be compared. "
                "The first is entry %(first)d.",
                "The bodies of %(count)d entries are missing; what they stood for cannot be "
                "compared. The first is entry %(first)d.",
                missing.count,
            )
            % {"count": missing.count, "first": missing.first}
        )
    return found + [str(each.sentence) for each in result.row_faults]


def _cut(sentences: list[str]) -> list[str]:
    """As many as people read; how many more there are is said."""
    if len(sentences) <= SHOWN:
        return sentences
    more = len(sentences) - SHOWN
    return [
        *sentences[:SHOWN],
        ngettext(
            "And %(count)d more; --json lists all of them.",
            "And %(count)d more; --json lists all of them.",
            more,
        )
        % {"count": more},
    ]


def _said_of_clocks(backwards: faults.Tally) -> str:
    return ngettext(
        "%(count)d entry is dated well before one above it: a clock was set back, or the entry was "
        "dated by hand. It is entry %(first)d.",
        "%(count)d entries are dated well before one above them: a clock was set back, or they "
        "were dated by hand. The first is entry %(first)d.",
        backwards.count,
    ) % {"count": backwards.count, "first": backwards.first}
