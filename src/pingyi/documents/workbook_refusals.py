"""Why a workbook cannot be read, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Sentence

SENTENCES: dict[str, Any] = {
    "empty_file": _("The file is empty. Choose the workbook again."),
    "file_too_large": _("The file has {mib} MB; at most {limit} MB are opened. Split it."),
    "not_a_workbook": _(
        "This is not a workbook but {found}, whatever its name says. "
        "Save it as .xlsx, .xls, .ods or .csv."
    ),
    "web_page": _(
        "This is a web page, not a workbook, whatever its name says. Open it in the spreadsheet "
        "program, choose “Save as”, take the type “Excel workbook (.xlsx)” and upload that file."
    ),
    "xml_workbook": _(
        "This is a workbook in the XML format of 2003. Open it in the spreadsheet program, choose "
        "“Save as”, take the type “Excel workbook (.xlsx)” and upload that file."
    ),
    "encrypted": _(
        "The workbook is protected with a password. Remove the password and save it again."
    ),
    "unpacks_too_large": _(
        "The file would unpack to {mib} MB, far more than a roster holds. It was not opened; "
        "copy the table into a new workbook."
    ),
    "damaged": _(
        "The workbook is damaged or incomplete. Open it, save it again and send that file."
    ),
    "sheets_missing": _(
        "Sheets are missing: {missing}. The workbook has: {found}. "
        "Rename the sheets or start from the template."
    ),
    "sheets_hidden": _(
        "Hidden sheets are not read: {hidden}. Unhide what is to be read and save the workbook."
    ),
    "headings_missing": _(
        "Sheet {sheet} has no column {missing}. Its headings are: {found}. "
        "Put the headings as in the template into the first row."
    ),
    "mapped_headings_missing": _(
        "{sheet} has no column {missing}, which the mapping names. Its headings are: {found}."
    ),
    "heading_twice": _("Sheet {sheet} has the column {heading} twice. Delete one of the two."),
    "stray_cell": _(
        "Sheet {sheet} has a value in {cell}, far away from its table. "
        "Delete all rows below and all columns right of the table and save again."
    ),
    "too_many_rows": _(
        "Sheet {sheet} has more than {limit} rows. Split it into several workbooks."
    ),
    "too_many_columns": _("Sheet {sheet} has more than {limit} columns. Delete those not needed."),
    "unknown_characters": _(
        "The characters of the text file cannot be read. Save it as CSV UTF-8."
    ),
    "nothing_in_it": _("There is no table in the file: all sheets are empty."),
    "takes_too_long": _(
        "Reading the file was stopped after {seconds} seconds. Copy the table into a new workbook."
    ),
    "holds_too_much": _(
        "The file holds more than {mib} MB of text. Split it into several workbooks."
    ),
    "needs_too_much_memory": _(
        "Reading the file was stopped because it needs more than {mib} MB of memory. "
        "Copy the table into a new workbook."
    ),
}

FOUND: dict[str, Sentence] = {
    "picture": _("a picture"),
    "pdf": _("a PDF document"),
    "word": _("a Word document"),
    "archive": _("an archive"),
    "presentation": _("a presentation"),
    "unknown": _("a file of another kind"),
    "no_sheets": _("no sheet with a name we know"),
}


def sentence_of(code: str, params: Mapping[str, Any]) -> Sentence:
    """The sentence of a problem, in the language of whoever reads it."""
    said = {name: _in_words(value) for name, value in params.items()}
    return format_lazy(SENTENCES[code], **said)


def _in_words(value: Any) -> Any:
    """Lists with their separator; a kind of file by its name."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(part) for part in value) or FOUND["no_sheets"]
    return FOUND.get(value, value) if isinstance(value, str) else value
