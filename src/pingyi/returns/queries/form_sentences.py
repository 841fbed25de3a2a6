"""What is wrong with a form in words that people read: where, what stands there, what is expected,
how to mend it (N12). The keys are the codes of faults and notes, and stable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.rules.pack import Pack
from pingyi.documents.workbook_refusals import SENTENCES as OF_FILES
from pingyi.documents.workbook_refusals import sentence_of as of_file
from pingyi.returns.enums import Word
from pingyi.returns.queries.sentences import OF_THE_FOOT, cell_words, foot_sentence
from pingyi.returns.rules.forms import Fault

# So much of what stands in a cell tells which it is.
MOST_SHOWN = 60
_NUMBER = _("A whole number of 0 or more, “nil”, “not applicable” or “unknown”.")
_ANEW = _("Fetch the form anew (the answer holds one), and copy your figures into it.")
_AS_IT_WAS = _("Put it back, or copy your figures into a new form.")
_WORDS: Mapping[str, tuple[Any, Any]] = {
    # Of the file.
    "not_a_form": (_("The form that was made for your unit."), _ANEW),
    "wrong_form": (_("The form that was made for your unit."), _ANEW),
    "unknown_round": (_("A form of a campaign that is kept here."), _ANEW),
    "unknown_unit": (_("A form of a unit that you answer for."), _ANEW),
    "other_unit": (_("The form of %(expected)s."), _("Send the form of this unit.")),
    "other_round": (_("The form of the round “%(expected)s”."), _("Send the form of this round.")),
    "old_version": (_("The form in its present version."), _ANEW),
    "form_altered": (
        _("The hidden sheet and the counted figures as they were in the form."), _ANEW,
    ),
    "has_macros": (_("A workbook without macros."), _("Save it as .xlsx without macros.")),
    "stray_cell": (
        _("Nothing below and beside the form."),
        _("Delete what stands in {cell} of the sheet “{sheet}” and save again."),
    ),
    "too_many_rows": (_("A form has some hundred rows."), _ANEW),
    "too_many_columns": (_("Nothing beside the form."), _ANEW),
    "unpacks_too_large": (_("A form is small; this file would unpack to {mib} MB."), _ANEW),
    "holds_too_much": (_("A form is small; this file holds more than {mib} MB."), _ANEW),
    "takes_too_long": (_("A form is read in a moment; reading was stopped."), _ANEW),
    "needs_too_much_memory": (_("A form is small; reading was stopped."), _ANEW),
    "sheet_missing": (_("All sheets of the form."), _ANEW),
    "accepted_already": (
        _("It was accepted already."),
        _("To amend it write the cause on the sheet of reasons; else leave it as it was."),
    ),
    "submitted_already": (
        _("It was submitted already and waits for an answer."),
        _("Ask for it to be sent back, or withdraw it, and send the form again."),
    ),
    # Of forms that were kept as faulty for it; by now it is no fault.
    "duplicate": (_("The same figures were submitted already."), _("Nothing is to be done.")),
    "waived": (_("This table need not be answered."), _("Nothing is to be done.")),
    # Of what is printed and reckoned.
    "label_changed": (_("“%(label)s”"), _AS_IT_WAS),
    "rows_inserted": (
        _("The rows of the form alone; %(n)s were inserted before row %(row)s."),
        _("Delete them, or copy your figures into a new form."),
    ),
    "rows_deleted": (
        _("All rows of the form; %(n)s are missing from row %(row)s on."),
        _("Undo the deleting, or copy your figures into a new form."),
    ),
    "columns_inserted": (
        _("The columns of the form alone; %(n)s were inserted before column %(column)s."),
        _("Delete these columns, or copy your figures into a new form."),
    ),
    "columns_deleted": (
        _("All columns of the form; %(n)s are missing from column %(column)s on."),
        _("Undo the deleting, or copy your figures into a new form."),
    ),
    "name_redirected": (_("The name of this cell leads to it."), _ANEW),
    "formula_changed": (_("The formula %(label)s."), _AS_IT_WAS),
    "total_differs": (
        _("%(total)s, the sum of its cells."), _("Correct the cells; the sum follows from them."),
    ),
    # Of what is typed.
    "no_number": (_NUMBER, _("Enter only the number, without a unit such as 万 or 人.")),
    "says_none": (_NUMBER, _("Enter 0 or “nil” where there are none; else leave it blank.")),
    "a_time": (_NUMBER, _("The cell shows a time: set its format to General and type the number.")),
    "not_whole": (_NUMBER, _("Enter a whole number.")),
    "negative": (_NUMBER, _("Enter 0 or more.")),
    "too_large": (_NUMBER, _("Enter a number below 1,000,000,000.")),
    "true_or_false": (_NUMBER, _("Enter a number instead of TRUE or FALSE.")),
    "a_day": (_NUMBER, _("The cell shows a day: set its format to General and type the number.")),
    "formula_typed": (_NUMBER, _("Type the number itself, no formula and no link.")),
    "shows_an_error": (_NUMBER, _("Type the number itself.")),
    "formula_in_a_line": (_("What is meant, typed."), _("Type it itself, no formula and no link.")),
    "error_in_a_line": (_("What is meant, typed."), _("Type it itself.")),
    "no_day": (_("A day, such as 2011-06-28."), _("Type year, month and day.")),
    "too_long": (_("At most %(limit)s characters."), _("Shorten it.")),
    "left_out": (_("It is filled in."), _("Fill it in on the first table.")),
    # Of what is said.
    "reason_missing": (
        _("%(counted)s as counted, or another figure with its reason."),
        _("Write why on the sheet of reasons, beside the figure or for the whole table."),
    ),
    "reason_says_nothing": (
        _("A sentence that explains it; “%(reason)s” does not."),
        _("Say what happened; “checked, correct” explains nothing."),
    ),
    "counted_since": (
        _("%(counted)s are counted by now; the form was made before."),
        _("Enter that number, or write why yours is right."),
    ),
    "cause_says_nothing": (
        _("A sentence that says why it is amended."), _("Say what happened since."),
    ),
    "word_missing": (
        _("A sentence that explains it, on the sheet of reasons."),
        _("Write why; “checked, correct” explains nothing."),
    ),
    "cell_is_closed": (
        _("The figure as it was sent; only what was sent back is open."),
        _("Put back the figure that was sent (%(stood)s)."),
    ),
    "before_the_round": (_("Blank: the round of this row has not begun."), _("Empty the cell.")),
    "left_blank": (
        _NUMBER, _("%(counted)s were counted: enter a number, or why there is none."),
    ),
    "above_the_universe": (
        _("At most %(universe)s, as on the frozen list."), _("Correct the figure."),
    ),
    "above_the_whole": (_("At most %(whole)s, as there are in all."), _("Correct the figure.")),
    "check_failed": (
        _("%(label)s: %(left)s and %(right)s."), _("Correct the figures so that they agree."),
    ),
    # What was noticed and does not stand in the way.
    "has_links": (_("Links to other workbooks are not followed."), ""),
    "sheet_not_read": (_("This sheet is not read."), ""),
    "not_read": (_("What stands beside the form is not read."), ""),
    "understood": (_("It was read as %(read)s."), ""),
    "taken_as_blank": (_("It was read as blank."), ""),
    "formula_replaced": (_("A number stands where a formula was; it is right."), ""),
    "total_is_old": (_("The sum was not reckoned anew; it is %(total)s."), ""),
    "said_already": (_("It was sent already with the same figures, and stays."), ""),
}  # fmt: skip


@dataclass(frozen=True)
class FaultLine:
    """A fault as people read it; the row and the column in the words of the paper."""

    code: str
    sheet: str
    cell: str
    row: str
    column: str
    value: str
    expected: str
    mend: str

    @property
    def sentence(self) -> str:
        """What is expected, and how to mend it."""
        if not self.expected or not self.mend:
            return self.expected or self.mend
        both = {"expected": self.expected, "mend": self.mend}
        return gettext("%(expected)s %(mend)s") % both

    @property
    def words(self) -> tuple[str, ...]:
        """As a line of a table."""
        return (
            self.sheet, self.cell, self.row, self.column, self.value, self.expected, self.mend,
        )  # fmt: skip


def headings() -> tuple[str, ...]:
    """The headings of a table of faults."""
    return (
        gettext("Sheet"),
        gettext("Cell"),
        gettext("Row of the table"),
        gettext("Column of the table"),
        gettext("What stands there"),
        gettext("What is expected"),
        gettext("How to mend it"),
    )


def fault_lines(pack: Pack | None, kept: Sequence[Mapping[str, Any]]) -> list[FaultLine]:
    """The faults or notes of an intake, in the language of whoever reads them."""
    return [_line(pack, Fault(**each)) for each in kept]


def _line(pack: Pack | None, fault: Fault) -> FaultLine:
    row, column = _labels(pack, fault.key)
    value = str(Word(fault.value).label) if fault.value in Word.values else fault.value
    value = value if len(value) <= MOST_SHOWN else f"{value[:MOST_SHOWN]}…"
    expected, mend = _sentences(fault)
    return FaultLine(fault.code, fault.sheet, fault.cell, row, column, value, expected, mend)


def _sentences(fault: Fault) -> tuple[str, str]:
    """What is expected and how to mend it; of a file, or of a refusal, one sentence."""
    if "sentence" in fault.params:
        return "", str(fault.params["sentence"])
    if fault.code in OF_THE_FOOT:
        return "", foot_sentence(fault.code) % fault.params
    if fault.code in _WORDS:
        expected, mend = (str(words) for words in _WORDS[fault.code])
        if fault.code in OF_FILES:
            return expected.format(**fault.params), mend.format(**fault.params)
        return expected % fault.params, mend % fault.params
    return "", str(of_file(fault.code, fault.params))


def _labels(pack: Pack | None, key: str) -> tuple[str, str]:
    """Row and column of an entry in the words of the paper."""
    what, _dot, rest = key.partition(".")
    if pack is None or not key:
        return "", ""
    if what == "why" and "." in rest:
        row, column = cell_words(pack, rest)
        return row, gettext("%(column)s: reason") % {"column": column}
    if what == "why":
        return gettext("Reason for the whole table"), ""
    if what == "cause":
        return gettext("Why it is amended"), ""
    if what == "word":
        return next(check.label for check in pack.checks if check.code == rest), ""
    table = next((each for each in pack.tables if each.code == rest.partition(".")[0]), None)
    if what == "foot" and table is not None:
        return table.foot_labels[int(rest.rpartition(".")[2])], ""
    if what == "filled_on" and table is not None:
        return table.date_label, ""
    return cell_words(pack, key)
