"""`pingyi import roster FILE --preview|--apply`: for operators and scripts."""  # noqa: N999  named so

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal
from pingyi.organizations.enums import ChangeKind
from pingyi.organizations.operations import roster
from pingyi.organizations.queries.roster import find_by_code, import_by_id
from pingyi.organizations.queries.roster_messages import counts_in_words, issue_lines
from pingyi.organizations.rules.roster import mapping_fault

SHOWN = 200


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
        roster_parser.add_argument(
            "--scope", metavar="CODE", help="place the rows below this organization (default: top)"
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
            "--map", type=Path, metavar="FILE.json", help="which column is what, for other lists"
        )
        roster_parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview always; apply when asked. A preview leaves nothing behind."""
        path: Path = options["file"]
        if not path.is_file():
            raise Refusal(_("There is no file {path}.").format(path=path), code="no_file")
        now = read_now()
        # All in one transaction, so that a preview or a refusal leaves no trace.
        with transaction.atomic():
            roster_import = roster.upload_roster(
                content=path.read_bytes(),
                filename=path.name,
                scope=find_scope(options["scope"]),
                effective_on=options["effective"] or day_of(now),
                complete=options["complete"],
                mapping=read_mapping(options["map"]),
                by=None,
                now=now,
                queue=False,
            )
            try:
                roster.preview_roster(roster_import=roster_import)
                refuse_errors(roster_import, as_json=options["json"], out=self.stdout)
                changes = any(roster_import.counts.values())
                if options["apply"] and changes:
                    roster.apply_roster(roster_import=roster_import, by=None, now=now)
                    roster_import = import_by_id(roster_import.pk)
            except BaseException:
                roster_import.file.delete(save=False)
                raise
            if not options["apply"]:
                roster_import.file.delete(save=False)
                transaction.set_rollback(True)
        self.report(roster_import, as_json=options["json"])

    def report(self, roster_import: Any, *, as_json: bool) -> None:
        """What would change, or was changed."""
        if as_json:
            self.stdout.write(json.dumps(as_data(roster_import), ensure_ascii=False, indent=2))
            return
        for kind in ChangeKind:
            counts = roster_import.counts[kind.value]
            self.stdout.write(f"{kind.label}: {counts_in_words(counts) or 0}")
        for line in issue_lines(roster_import.notes)[:SHOWN]:
            self.stdout.write(f"  {line}")
        if not any(roster_import.counts.values()):
            self.stdout.write(_("The register says the same as the file. Nothing was written."))
        elif roster_import.applied_at is None:
            self.stdout.write(_("Preview only: nothing was written."))
        else:
            self.stdout.write(_("Written to the register."))


def iso_date(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2011-06-30") from None


def find_scope(code: str | None) -> Any:
    """The organization of that code."""
    if code is None:
        return None
    organization = find_by_code(code)
    if organization is None:
        raise Refusal(
            _("There is no organization with the code {code}.").format(code=code), code="no_scope"
        )
    return organization


def read_mapping(path: Path | None) -> dict[str, Any]:
    """The mapping of a file; what it must look like stands in rules/roster/lists.py."""
    if path is None:
        return {}
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(
            _("{path} cannot be read as JSON: {error}").format(path=path, error=error),
            code="wrong_mapping",
        ) from error
    wrong = mapping_fault(mapping)
    if wrong:
        raise Refusal(f"{path}: {wrong}", code="wrong_mapping")
    return dict(mapping)


def refuse_errors(roster_import: Any, *, as_json: bool, out: Any) -> None:
    """Every error at once, on stderr; as JSON on stdout as well."""
    if not roster_import.errors:
        return
    if as_json:
        out.write(json.dumps(as_data(roster_import), ensure_ascii=False, indent=2))
    lines = issue_lines(roster_import.errors)
    raise Refusal(
        _("Nothing was written: the file has {n} errors.").format(n=len(lines)),
        code="import_has_errors",
        details=[str(line) for line in lines],
    )


def as_data(roster_import: Any) -> dict[str, Any]:
    """The answer as data."""
    return {
        "state": roster_import.state,
        "sha256": roster_import.sha256,
        "effective_on": roster_import.effective_on.isoformat(),
        "counts": roster_import.counts,
        "errors": [with_sentence(issue) for issue in roster_import.errors],
        "notes": [with_sentence(issue) for issue in roster_import.notes],
    }


def with_sentence(issue: dict[str, Any]) -> dict[str, Any]:
    """An issue with its sentence."""
    return {**issue, "message": issue_lines([issue])[0].sentence}
