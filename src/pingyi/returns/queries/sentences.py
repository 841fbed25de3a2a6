"""Cells and findings in words that people read."""

from django.utils.translation import gettext as _

from pingyi.campaigns.rules.pack import Pack
from pingyi.returns.rules.checks import Finding


def cell_words(pack: Pack, code: str) -> tuple[str, str]:
    """Row and column of a cell in the words of the paper; empty where the code names none."""
    table_code, row_code, column_code = (*code.split("."), "", "")[:3]
    for table in pack.tables:
        rows = [row for row in table.rows if row.code == row_code]
        columns = [
            column
            for block in table.blocks
            for column in block.columns
            if column.code == column_code
        ]
        if table.code == table_code and rows and columns:
            return " ".join(rows[0].label), columns[0].label
    return "", ""


def cell_label(pack: Pack, code: str) -> str:
    """A cell in the words of the paper, annex, row and column; a table by its annex; a code that
    names neither as it is.
    """
    row, column = cell_words(pack, code)
    table_code = code.partition(".")[0]
    annex = next((each.annex for each in pack.tables if each.code == table_code), "")
    if row:
        return f"{annex} {row} · {column}"
    return annex if annex and code == table_code else code


def no_such_table(code: str) -> str:
    """A table that the pack does not have."""
    return _("This campaign has no table “%(table)s”.") % {"table": code}


def sentence_of(pack: Pack, finding: Finding) -> str:
    """What is not as it should be, where, and how to mend it."""
    where = cell_label(pack, finding.cells[0])
    sentences = {
        "reason_missing": _("It is not the counted figure: say why, in a sentence."),
        "before_the_round": _("The round of this row has not begun: leave it blank."),
        "left_blank": _(
            "It was left blank; %(counted)s were counted. Enter a number, or why there is none."
        ),
        "above_the_universe": _("More than the %(universe)s of the frozen list."),
        "above_the_whole": _("More than the %(whole)s there are in all."),
        "unknown": _("It says “unknown”."),
        "not_as_accepted": _("%(accepted)s was accepted for that round."),
        "incomplete": _(
            "Of %(of)s units %(missing)s are missing: no version of theirs has been accepted."
        ),
    }
    if "label" in finding.params:
        return _("%(label)s: %(left)s and %(right)s.") % finding.params
    words = sentences[finding.code]
    return _("%(where)s: %(sentence)s") % {"where": where, "sentence": words % finding.params}
