"""`pingyi paper print`: ballots with markers and a QR, and the layout for a reader (N8, N9)."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from pingyi.campaigns.queries import known_pack, known_packs
from pingyi.campaigns.rules.pack import BallotForm
from pingyi.core.refusals import Refusal
from pingyi.documents import glyphs
from pingyi.documents.drawings import Copy
from pingyi.documents.files import write_together, write_whole
from pingyi.documents.placed import placed_pdf
from pingyi.paper.exports import blank_form
from pingyi.paper.management.names import holds_control_signs, names_in
from pingyi.paper.management.wrong_use import wrong_use
from pingyi.paper.omr.codes import new_ballot_id
from pingyi.paper.rules import DoesNotFit, Sheets, TooLong, copies_of, sheets_of

HELP = "print ballots, each with an id of its own, and write their layout"
MOST_COPIES, MOST_PAGES = 10_000, 20_000
"""The pages of one PDF are bounded, since they are held in memory: 1.1 GB for ten thousand."""
PROGRESS_EVERY = 100


def _number_of_copies(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MOST_COPIES):
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_COPIES}")
    return int(text)


def add_arguments(parser: ArgumentParser) -> None:
    """Which form, for whom, how many, and where to."""
    parser.add_argument("--form", required=True, metavar="CODE", help="annex4, annex5, …")
    parser.add_argument("--pack", required=True, metavar="PACK", help="pack with the form")
    parser.add_argument("--title", required=True, metavar="TEXT", help="whom it is about")
    parser.add_argument(
        "--rows", type=Path, metavar="NAMES.txt", help="names, one a line (annex 5)"
    )
    parser.add_argument(
        "--copies", type=_number_of_copies, default=1, metavar="N", help="ballots (1)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="BALLOTS.pdf", help="the PDF")
    parser.add_argument(
        "--layout", type=Path, metavar="LAYOUT.json", help="where the reader finds everything"
    )
    parser.add_argument(
        "--blank", action="store_true", help="one plain official form, without machine marks"
    )


def run(options: dict[str, Any], out: OutputWrapper) -> None:
    """Refuses an unknown pack or form, names that cannot be read, a form that paper cannot hold."""
    form = _form(options["pack"], options["form"])
    names = _names(form, options["rows"], blank=options["blank"])
    title = options["title"].strip()
    if holds_control_signs(title):
        raise wrong_use(_("--title holds a control character."))
    _check_places(options)
    if options["blank"]:
        content = blank_form(form, kind="pdf", unit_name=title, names=names)
        write_whole(options["out"], content)
        out.write(str(options["out"]))
        _say_what_lacks(out, title, names)
        return
    sheets = _sheets(form, title, names)
    content = _ballots(sheets, options["copies"])
    layout = (sheets.layout.model_dump_json(indent=1) + "\n").encode()
    write_together({options["layout"]: layout, options["out"]: content})
    out.write(str(options["layout"]))
    out.write(str(options["out"]))
    _say_what_lacks(out, title, names)


def _say_what_lacks(out: OutputWrapper, title: str, names: Sequence[str]) -> None:
    if lacking := glyphs.lacking("".join((title, *names))):
        out.write(glyphs.sentence(lacking))


def _check_places(options: dict[str, Any]) -> None:
    """Refuses places that are missing, the same, or hold what is read."""
    rows, out, layout = options["rows"], options["out"], options["layout"]
    if layout is None and not options["blank"]:
        raise wrong_use(_("Say where to write the layout: --layout LAYOUT.json."))
    if layout is not None and layout.resolve() == out.resolve():
        raise wrong_use(_("--out and --layout are one file."))
    for path in (out, layout):
        if rows is not None and path is not None and path.resolve() == rows.resolve():
            raise wrong_use(_("%(path)s would be overwritten.") % {"path": path})


def _ballots(sheets: Sheets, number: int) -> bytes:
    pages = len(sheets.drawings)
    if number * pages > MOST_PAGES:
        raise Refusal(
            _(
                "%(copies)s ballots of %(pages)s pages are too much for one file; print at most "
                "%(most)s at a time. Each time the layout is the same."
            )
            % {"copies": number, "pages": pages, "most": MOST_PAGES // pages},
            code="too_many_pages",
        )
    copies = [copy for done in range(number) for copy in _copies(sheets, done, number)]
    return placed_pdf(sheets.form.title, sheets.drawings, copies)


def _copies(sheets: Sheets, done: int, number: int) -> list[Copy]:
    """The pages of the next ballot; the terminal sees how far a long run is."""
    if sys.stderr.isatty() and number > PROGRESS_EVERY and (done + 1) % PROGRESS_EVERY == 0:
        sys.stderr.write(f"\r{done + 1} / {number}" + ("\n" if done + 1 == number else ""))
        sys.stderr.flush()
    return copies_of(sheets, new_ballot_id())


def _form(pack_code: str, form_code: str) -> BallotForm:
    found = known_pack(pack_code)
    if found is None or found.pack is None:
        known = "、".join(info.code for info in known_packs() if info.pack)
        raise Refusal(
            _("There is no pack “%(code)s”. Packs: %(packs)s.")
            % {"code": pack_code, "packs": known},
            code="unknown_pack",
            details=found.problems if found else (),
        )
    forms = found.pack.appraisal.forms if found.pack.appraisal else []
    for form in forms:
        if form.code == form_code:
            return form
    known = "、".join(form.code for form in forms) or "—"
    raise Refusal(
        _("The pack “%(pack)s” has no ballot “%(code)s”. Ballots: %(forms)s.")
        % {"pack": pack_code, "code": form_code, "forms": known},
        code="unknown_form",
    )


def _names(form: BallotForm, path: Path | None, *, blank: bool) -> list[str]:
    if form.subject != "member":
        if path is not None:
            raise wrong_use(_("This ballot has no rows of names: leave out --rows."))
        return []
    if path is None:
        if blank:
            return []
        raise wrong_use(_("This ballot has a row for each name: give them with --rows NAMES.txt."))
    return names_in(path)


def _sheets(form: BallotForm, title: str, names: list[str]) -> Sheets:
    try:
        return sheets_of(form, name=title, names=names)
    except TooLong as error:
        raise Refusal(
            _("“%(text)s” is too long to be printed in its place.") % {"text": error.text},
            code="too_long",
        ) from error
    except DoesNotFit as error:
        kinds = {
            "columns": _("columns (items × options)"),
            "options": _("options"),
            "items": _("items"),
        }
        raise Refusal(
            _("The form does not fit on paper with cells that a hand can tick: at most %(most)s "
              "%(what)s.") % {"most": error.most, "what": kinds[error.what]},
            code="does_not_fit",
        ) from error  # fmt: skip
