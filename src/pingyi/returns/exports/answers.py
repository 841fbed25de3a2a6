"""What goes back for a form that came in: the form with what is wrong marked, and the outcome."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import translation

from pingyi.campaigns.queries import pack_of
from pingyi.returns.enums import Word
from pingyi.returns.exports.form import form_file
from pingyi.returns.queries.form import form_of, shown_said
from pingyi.returns.queries.form_sentences import FaultLine, fault_lines, headings
from pingyi.returns.queries.intakes import came_back, with_the_unit_again
from pingyi.returns.queries.standing import tables_asked

if TYPE_CHECKING:
    from pingyi.documents.form_books import Shown
    from pingyi.returns.models import Intake


def answer_file(intake: "Intake", *, nonce: str, now: datetime) -> bytes:
    """The form made anew with what the sender wrote, what is wrong marked and listed.

    Never the sender's own file. The intake names its unit and its round.
    """
    if intake.unit is None or intake.round is None:
        raise ValueError(f"nobody knows whose form {intake.receipt} is")
    intake.unit.campaign = intake.round.campaign
    with translation.override(intake.language or translation.get_language()):
        tables = [
            table
            for table in tables_asked(intake.round)
            if not intake.tables or table.code in intake.tables
        ]
        form = form_of(intake.round, intake.unit, tables, nonce=nonce, now=now)
        lines = fault_lines(pack_of(intake.round.campaign), intake.faults)
        keys = [fault["key"] for fault in intake.faults]
        marks: dict[str, str] = {}
        for key, line in zip(keys, lines, strict=True):
            marks[key] = f"{marks[key]}\n{line.sentence}" if key in marks else line.sentence
        said = {key: _shown(key, value) for key, value in intake.entries.items()}
        remarks = [headings(), *(line.words for line in lines)] if lines else []
        return form_file(form, made_at=now, said=said, marks=marks, remarks=remarks)


def _shown(key: str, value: Any) -> "Shown":
    """An entry as it stood: a word in the language of the form, a day as one."""
    if key.startswith("filled_on."):
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    shown: Shown = shown_said(value) if value in Word.values else value
    return shown


def intake_json(intake: "Intake", *, is_again: bool) -> dict[str, Any]:
    """The outcome for programs: receipt, what became of it, everything wrong, the versions."""
    pack = pack_of(intake.round.campaign) if intake.round else None
    return {
        "file": intake.filename,
        "sha256": intake.sha256,
        "receipt": intake.receipt,
        "code": intake.code,
        "is_again": is_again,
        "unit": intake.unit.code if intake.unit else None,
        "round": intake.round.code if intake.round else None,
        "versions": intake.versions,
        # Sent once, and with the unit again: nothing was sent now.
        "with_the_unit_again": with_the_unit_again(intake),
        "came_back": came_back(intake),
        "errors": [_told(line) for line in fault_lines(pack, intake.faults)],
        "notes": [_told(line) for line in fault_lines(pack, intake.notes)],
    }


def _told(line: FaultLine) -> Mapping[str, str]:
    return {
        "code": line.code,
        "sheet": line.sheet,
        "cell": line.cell,
        "row": line.row,
        "column": line.column,
        "value": line.value,
        "expected": line.expected,
        "mend": line.mend,
    }
