"""`pingyi returns form` and `intake`: forms of units without the program, out and in."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pingyi.accounts.queries import user_by_name
from pingyi.campaigns.queries import find_unit
from pingyi.core.refusals import Refusal, refuse
from pingyi.documents.files import write_together, write_whole
from pingyi.returns.exports.answers import answer_file, intake_json
from pingyi.returns.exports.form import form_file
from pingyi.returns.operations.intake import take_in
from pingyi.returns.permissions import why_not_ask
from pingyi.returns.queries.form import form_name, form_of
from pingyi.returns.queries.returns import owing_units
from pingyi.returns.queries.standing import tables_asked

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round


def add_form_arguments(parser: ArgumentParser) -> None:
    """Whose form, of which table, and where to."""
    parser.add_argument("--unit", metavar="CODE", help="all units that owe tables where left out")
    parser.add_argument("--table", default="", metavar="CODE", help="annex1, …; all")
    parser.add_argument("--out", required=True, metavar="DIR|FILE", help="FILE for one unit alone")


def write_forms(round_: "Round", options: Mapping[str, Any], now: datetime) -> list[Path]:
    """Write the forms, all of them or none; where they are.

    Refuses owes_nothing, and needs_a_folder where a file is named for all.
    """
    tables = tables_asked(round_, options["table"])
    out = Path(options["out"])
    one = options["unit"]
    units = [find_unit(round_.campaign, one)] if one else owing_units(round_)
    is_file = out.suffix == ".xlsx"
    if is_file and not one:
        sentence = _("The forms of all units are several files: name a folder instead of %(path)s.")
        raise Refusal(sentence % {"path": out}, code="needs_a_folder")
    files: dict[Path, bytes] = {}
    for unit in units:
        unit.campaign = round_.campaign
        refuse(why_not_ask(unit))
        form = form_of(round_, unit, tables, nonce=token_hex(8), now=now)
        path = out if is_file else out / form_name(form)
        files[path] = form_file(form, made_at=now)
    write_together(files)
    return list(files)


def add_intake_arguments(parser: ArgumentParser) -> None:
    """The files, who hands them in, and where the outcome and the answers go."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="forms that came back")
    parser.add_argument("--as", dest="user", required=True, metavar="USERNAME")
    parser.add_argument("--json", metavar="FILE", help="- is standard output")
    parser.add_argument(
        "--answers", metavar="DIR", help="where the marked forms go of those with errors"
    )


def take_in_files(options: Mapping[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
    """Each file in turn; what became of it. One that cannot be read at all is an outcome too."""
    by = user_by_name(options["user"])
    for path in map(Path, options["files"]):
        try:
            outcome = take_in(content=content_of(path), filename=path.name, by=by, now=now)
        except Refusal as refusal:
            yield {"file": path.name, "code": refusal.code, "sentence": str(refusal)}
            continue
        told = intake_json(outcome.intake, is_again=outcome.is_again)
        if told["errors"] and told["unit"] and options["answers"]:
            answer = Path(options["answers"]) / f"{path.stem}_{outcome.intake.receipt}.xlsx"
            write_whole(answer, answer_file(outcome.intake, nonce=token_hex(8), now=now))
            told["answer"] = str(answer)
        yield told


def told_intake(told: Mapping[str, Any]) -> Iterator[str]:
    """The outcome in lines: what became of the file, then each error with its cell."""
    if "sentence" in told:
        yield f"{told['file']}\t{told['sentence']}"
        return
    yield "\t".join((told["file"], told["unit"] or "", _state(told), told["receipt"]))
    if told["came_back"]:
        yield "!\t" + _(
            "Nothing was sent now: %(tables)s came back to the unit or were withdrawn since this"
            " file was taken over. Fetch a new form for them."
        ) % {"tables": _(", ").join(told["came_back"])}
    for mark, lines in (("!", told["errors"]), ("-", told["notes"])):
        for line in lines:
            where = " ".join(filter(None, (line["sheet"], line["cell"])))
            what = " ".join(filter(None, (line["row"], line["column"])))
            value = f"“{line['value']}”" if line["value"] else ""
            said = " ".join(filter(None, (line["expected"], line["mend"])))
            yield f"{mark}\t{where}\t{what}\t{value}\t{said}"


def _state(told: Mapping[str, Any]) -> str:
    """What became of a form, in a word."""
    if told["came_back"]:
        return _("to be sent anew")
    if told["is_again"]:
        return _("was taken over before")
    words = {"submitted": _("taken over"), "unchanged": _("nothing to be done")}
    return words.get(told["code"], _("to be mended"))


def content_of(path: Path) -> bytes:
    """A file that is named. Refuses not_readable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        sentence = _("There is no file %(path)s.")
        raise Refusal(sentence % {"path": path}, code="not_readable") from error
    except OSError as error:
        sentence = _("%(path)s cannot be read: %(why)s.")
        raise Refusal(
            sentence % {"path": path, "why": error.strerror}, code="not_readable"
        ) from error


def told_forms(paths: list[Path]) -> str:
    """What was written: the file where it is one, else the folder."""
    if len(paths) == 1:
        return str(paths[0])
    return _("%(count)d forms: %(where)s") % {"count": len(paths), "where": paths[0].parent}
