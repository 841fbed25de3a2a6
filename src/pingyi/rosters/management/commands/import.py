"""`pingyi import roster FILE --preview|--apply`: for operators and scripts."""  # noqa: N999  named so

import json
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser, OutputWrapper
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import lines_last
from pingyi.organizations.queries import open_tops, organization_with_code
from pingyi.rosters import operations
from pingyi.rosters.enums import ChangeKind
from pingyi.rosters.permissions import why_not_unasked
from pingyi.rosters.queries.imports import (
    adds_a_top,
    changes_of,
    import_by_id,
)
from pingyi.rosters.queries.lines import change_data, change_lines
from pingyi.rosters.queries.messages import (
    counts_in_words,
    issue_line,
    issue_lines,
    why_wrong,
)
from pingyi.rosters.queries.snapshot import names
from pingyi.rosters.rules.lists import mapping_fault

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization
    from pingyi.rosters.models import RosterChange, RosterImport

SHOWN = 200
Changes = Mapping[ChangeKind, Sequence["RosterChange"]]


class Command(BaseCommand):
    """Previews or applies a roster workbook, or a list with headings of its own."""

    help = "Import a roster from a workbook (.xlsx, .xls, .ods) or a list (.csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        roster_parser = what.add_parser("roster", help="Organizations, members, posts, charges.")
        roster_parser.add_argument("file", type=Path, help="the workbook or list")
        deed = roster_parser.add_mutually_exclusive_group(required=True)
        deed.add_argument("--preview", action="store_true", help="say what would change")
        deed.add_argument("--apply", action="store_true", help="write it into the register")
        place = roster_parser.add_mutually_exclusive_group()
        place.add_argument(
            "--scope",
            metavar="CODE",
            help="place the rows below this organization (default: the only top of the register)",
        )
        place.add_argument(
            "--top", action="store_true", help="place rows without a parent code at the top"
        )
        roster_parser.add_argument(
            "--effective",
            type=iso_date,
            metavar="YYYY-MM-DD",
            help="from which day it holds (default: today)",
        )
        roster_parser.add_argument(
            "--complete", action="store_true", help="end what the file leaves out"
        )
        roster_parser.add_argument(
            "--shown-only",
            action="store_true",
            help="leave out rows that are hidden, filtered out or struck through",
        )
        roster_parser.add_argument(
            "--really",
            action="store_true",
            help="apply a file that ends more than half, or holds doubtful names",
        )
        roster_parser.add_argument(
            "--map", type=Path, metavar="FILE.json", help="which column is what, for other lists"
        )
        roster_parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview always; apply when asked. A preview leaves nothing behind."""
        path: Path = options["file"]
        if not path.is_file():
            raise Refusal(_("There is no file {path}.").format(path=path), code="no_file")
        now = read_now()
        scope = None if options["top"] else find_scope(options["scope"])
        # All in one transaction, so that a preview or a refusal leaves no trace.
        with transaction.atomic(), lines_last():
            roster_import = operations.upload_roster(
                content=path.read_bytes(),
                filename=path.name,
                scope=scope,
                effective_on=options["effective"] or day_of(now),
                complete=options["complete"],
                shown_only=options["shown_only"],
                mapping=read_mapping(options["map"]),
                by=None,
                now=now,
                queue=False,
            )
            try:
                operations.preview_roster(roster_import=roster_import)
                refuse_errors(roster_import, as_json=options["json"], out=self.stdout)
                if scope is None and not options["top"]:
                    refuse_another_top(roster_import)
                if options["apply"] and any(roster_import.counts.values()):
                    apply(roster_import, now=now, really=options["really"])
                    roster_import = import_by_id(roster_import.pk)
                # Read before a preview is taken back.
                changes = {kind: list(changes_of(roster_import, kind)) for kind in ChangeKind}
            except BaseException:
                roster_import.file.delete(save=False)
                raise
            if not options["apply"]:
                roster_import.file.delete(save=False)
                transaction.set_rollback(True)
        self.report(roster_import, changes, as_json=options["json"])

    def report(self, roster_import: "RosterImport", changes: Changes, *, as_json: bool) -> None:
        """What would change, or was changed."""
        if as_json:
            self.stdout.write(as_json_text(roster_import, changes))
            return
        for kind in ChangeKind:
            counts = roster_import.counts[kind.value]
            self.stdout.write(f"{kind.label}: {counts_in_words(counts) or 0}")
            for change in change_lines(changes[kind]):
                self.stdout.write(f"  {change}")
        for line in issue_lines(roster_import.notes)[:SHOWN]:
            self.stdout.write(f"  {line}")
        if not any(roster_import.counts.values()):
            self.stdout.write(_("The register says the same as the file. Nothing was written."))
        elif roster_import.applied_at is None:
            self.stdout.write(_("Preview only: nothing was written."))
        else:
            self.stdout.write(_("Written to the register."))


def apply(roster_import: "RosterImport", *, now: datetime, really: bool) -> None:
    """Write it; what is asked first only if it was said that it is meant."""
    reason = why_not_unasked(roster_import)
    if reason is not None and not really:
        how = _("If this is meant, repeat the command with --really.")
        raise Refusal(reason.sentence, code=reason.code, details=[how])
    operations.apply_roster(roster_import=roster_import, by=None, now=now, really=really)


def iso_date(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2011-06-30") from None


def find_scope(code: str | None) -> "Organization | None":
    """The organization of that code; without a code the only top of the register, if it is."""
    if code is None:
        found = open_tops()
        return found[0] if len(found) == 1 else None
    organization = organization_with_code(code)
    if organization is None:
        raise Refusal(
            _("There is no organization with the code {code}.").format(code=code), code="no_scope"
        )
    return organization


def refuse_another_top(roster_import: "RosterImport") -> None:
    """Beside several tops a new one is made only where that is said; into nothing it is made."""
    found = open_tops()
    if found and adds_a_top(roster_import):
        raise Refusal(
            _(
                "The register has {n} organizations at the top. Say below which one the rows come "
                "(--scope CODE), or that they come beside them (--top)."
            ).format(n=len(found)),
            code="several_tops",
            details=[f"{top.code} {top.name}" for top in found],
        )


def read_mapping(path: Path | None) -> dict[str, Any]:
    """The mapping of a file; what it must look like stands in docs/reference/cli.md."""
    if path is None:
        return {}
    if not path.is_file():
        raise Refusal(_("There is no file {path}.").format(path=path), code="no_file")
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(
            _("{path} cannot be read as JSON: {error}").format(path=path, error=error),
            code="wrong_mapping",
        ) from error
    wrong = mapping_fault(mapping, sorted(names().sectors.values()))
    if wrong is not None:
        raise Refusal(f"{path}: {issue_line(wrong).sentence}", code=wrong.code)
    return dict(mapping)


def refuse_errors(roster_import: "RosterImport", *, as_json: bool, out: OutputWrapper) -> None:
    """Every error at once, on stderr; as JSON on stdout as well."""
    if roster_import.errors and as_json:
        out.write(as_json_text(roster_import, {}))
    refuse(why_wrong(roster_import.errors))


def as_json_text(roster_import: "RosterImport", changes: Changes) -> str:
    """The answer as data."""
    data = {
        "state": roster_import.state,
        "sha256": roster_import.sha256,
        "effective_on": roster_import.effective_on.isoformat(),
        "counts": roster_import.counts,
        "changes": {
            kind.value: [change_data(row) for row in changes.get(kind, ())] for kind in ChangeKind
        },
        "errors": with_sentences(roster_import.errors),
        "notes": with_sentences(roster_import.notes),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def with_sentences(issues: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Issues, each with its sentence."""
    lines = issue_lines(issues)
    return [{**issue, "message": line.sentence} for issue, line in zip(issues, lines, strict=True)]
