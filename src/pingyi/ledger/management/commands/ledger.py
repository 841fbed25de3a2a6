"""`pingyi ledger verify` and `pingyi ledger root`."""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.core.refusals import Refusal
from pingyi.ledger import queries


def _noted(text: str) -> queries.Root:
    """'SIZE:ROOT' as `pingyi ledger root` prints it."""
    size, colon, root_hash = text.strip().partition(":")
    is_root = len(root_hash) == 64 and set(root_hash.lower()) <= set("0123456789abcdef")
    if not (colon and size.isdecimal() and is_root):
        raise ArgumentTypeError(f"{text!r} is not SIZE:ROOT as printed by `pingyi ledger root`")
    return queries.Root(int(size), root_hash.lower())


class Command(BaseCommand):
    """Check the ledger, or print its root to be noted down elsewhere."""

    help = (
        "Check the append-only ledger. Exit codes: 0 whole, 1 broken (the first wrong entry is "
        "named), 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="verify|root")
        verify = actions.add_parser("verify", help="recompute every hash from the first entry on")
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
        root = queries.root()
        if as_json:
            self.stdout.write(json.dumps({"size": root.size, "root": root.root_hash}))
        else:
            self.stdout.write(f"{root.size}:{root.root_hash}")

    def _verify(self, *, noted: queries.Root | None, as_json: bool) -> None:
        result = queries.verify(noted=noted)
        fault = result.fault
        if as_json:
            self.stdout.write(
                json.dumps(
                    {
                        "whole": result.is_whole,
                        "size": result.size,
                        "root": result.root_hash,
                        "without_body": result.without_body,
                        "fault": fault and {"kind": fault.kind, "entry": fault.seq},
                    }
                )
            )
        if fault is not None:
            raise Refusal(str(fault.sentence), code="ledger_broken")
        if not as_json:
            self.stdout.write(
                ngettext(
                    "The ledger is whole: %(count)d entry.",
                    "The ledger is whole: %(count)d entries.",
                    result.size,
                )
                % {"count": result.size}
            )
            self.stdout.write(_("Root: %(root)s") % {"root": f"{result.size}:{result.root_hash}"})
