"""States, cells and findings in words that people read."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pingyi.campaigns.rules.pack import Pack
from pingyi.returns.enums import ReturnState, Word
from pingyi.returns.rules.checks import Finding
from pingyi.returns.rules.workflow import Side

if TYPE_CHECKING:
    from pingyi.returns.models import Return

# What a state is called where the two sides call it differently: sender, receiver.
CALLED = {
    ReturnState.OPEN: (gettext_lazy("To be filled in"), gettext_lazy("Not submitted")),
    ReturnState.SEALED: (gettext_lazy("Sealed, to be submitted"), gettext_lazy("Not submitted")),
    ReturnState.SUBMITTED: (
        gettext_lazy("Submitted, being examined"),
        gettext_lazy("To be examined"),
    ),
    ReturnState.SENT_BACK: (gettext_lazy("To be put right"), gettext_lazy("Sent back")),
}
# The same of an amendment: what was accepted before stands as long as it is in work.
AMENDS = {
    ReturnState.SEALED: (
        gettext_lazy("Amendment sealed, to be submitted"),
        gettext_lazy("Accepted; an amendment is in work"),
    ),
    ReturnState.SUBMITTED: (
        gettext_lazy("Amendment submitted, being examined"),
        gettext_lazy("Amendment to be examined"),
    ),
    ReturnState.SENT_BACK: (
        gettext_lazy("Amendment to be put right"),
        gettext_lazy("Accepted; the amendment was sent back"),
    ),
}

# What stands against a line at the foot of a table or its day (rules.foot), and how to mend it.
OF_THE_FOOT = {
    "not_one_line": gettext_lazy(
        "%(label)s: type it on one line, without line breaks or hidden signs."
    ),
    "line_too_long": gettext_lazy("%(label)s: shorten it to %(n)d characters."),
    "no_telephone": gettext_lazy(
        "%(label)s: enter a telephone number of %(digits)d digits or more."
    ),
    "says_nobody": gettext_lazy("%(label)s: enter who it is; “%(text)s” names nobody."),
    "day_to_come": gettext_lazy(
        "The day on which it was filled in is still to come: enter today's."
    ),
    "day_before_the_round": gettext_lazy(
        "It cannot have been filled in before %(first)s, when the round began."
    ),
}


def called(state: ReturnState, side: Side, *, amends: bool = False) -> str:
    """What one of the two sides calls a state; of a return that was accepted, and is amended."""
    words = CALLED | AMENDS if amends else CALLED
    for_sender, for_receiver = words.get(state, (state.label, state.label))
    return str(for_sender if side is Side.SENDER else for_receiver)


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
        if table.code == table_code and rows and (columns or not column_code):
            return " ".join(rows[0].label), columns[0].label if columns else ""
    return "", ""


def cell_label(pack: Pack, code: str) -> str:
    """A cell in the words of the paper, annex, row and column; a row or a table by its annex; a
    code that names none of them as it is.
    """
    row, column = cell_words(pack, code)
    table_code = code.partition(".")[0]
    annex = next((each.annex for each in pack.tables if each.code == table_code), "")
    if row:
        return f"{annex} {row} · {column}" if column else f"{annex} {row}"
    return annex if annex and code == table_code else code


def annex_of(pack: Pack, code: str) -> str:
    """A table by its annex."""
    return next((each.annex for each in pack.tables if each.code == code), code)


def return_label(pack: Pack, row: "Return") -> str:
    """A return by its unit, its annex and its state."""
    words = {"unit": row.unit.name, "annex": annex_of(pack, row.table)}
    is_amended = row.accepted_id is not None
    state = called(ReturnState(row.state), Side.RECEIVER, amends=is_amended)
    return _("%(unit)s %(annex)s (%(state)s)") % {**words, "state": state}


def no_such_version() -> str:
    """A version that a return does not have."""
    return _("There is no such version.")


def no_such_table(code: str) -> str:
    """A table that the pack does not have."""
    return _("This campaign has no table “%(table)s”.") % {"table": code}


def said_in_words(said: int | str | None) -> str:
    """What stands in a cell, to be read in a sentence."""
    if said is None:
        return _("blank")
    return str(Word(said).label) if isinstance(said, str) else str(said)


def foot_sentence(code: str) -> str:
    """What stands against a line at the foot of a table, or its day, and how to mend it."""
    return str(OF_THE_FOOT[code])


def day_words(first: date) -> dict[str, str]:
    """The first day of a round, in a sentence about a day."""
    return {"first": date_format(first)}


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
        "unknown_below": ngettext(
            "%(n)s unit says “unknown” and is not in the sum.",
            "%(n)s units say “unknown” and are not in the sum.",
            int(finding.params.get("n", 1)),
        ),
        "not_as_accepted": _("%(accepted)s was accepted for that round."),
        "as_sent_back": _("It was sent back and is %(said)s as before.")
        if "said" in finding.params
        else _("It was sent back, and no figure was changed."),
        "incomplete": _(
            "Of %(of)s units %(missing)s are missing: no version of theirs has been accepted."
        ),
    }
    if "label" in finding.params:
        return _("%(label)s: %(left)s and %(right)s.") % finding.params
    params = {
        name: said_in_words(None if value == "" else value)
        if name in ("accepted", "said")
        else value
        for name, value in finding.params.items()
    }
    return _("%(where)s: %(sentence)s") % {
        "where": where, "sentence": sentences[finding.code] % params,
    }  # fmt: skip
