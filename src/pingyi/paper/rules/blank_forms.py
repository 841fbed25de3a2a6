"""The plain official form of a ballot, as the notice prints it: no marks for a machine (N8, N9)."""

from collections.abc import Sequence

from pingyi.campaigns.rules.pack import BallotForm
from pingyi.documents.layouts import BlankBallot, BlankRosterBallot, Box

# Rows of an empty member ballot: what fits on one sheet together with the note.
EMPTY_ROWS = 12


def ballot_layout(
    form: BallotForm,
    *,
    unit_name: str = "",
    held_on: str = "",
    names: Sequence[str] = (),
    mark: str = "",
) -> BlankBallot | BlankRosterBallot:
    """The form as the notice prints it; without a name or date there is room to write them.

    A `mark` says whose ballots these are, where strata are counted apart.
    """
    title = f"{form.title}（{mark}）" if mark else form.title
    # Ordinary blanks shrink to one on paper; these are as wide as a character.
    blank = form.date_blank.replace(" ", "\u3000")
    head = ((form.name_label, unit_name), (form.date_label, held_on or blank))
    grades = tuple(option.label for option in form.options)
    items = tuple(item.label for item in form.items)
    notes = (form.note,) if form.note else ()
    if form.subject == "member":
        return BlankRosterBallot(
            annex=form.annex,
            title=title,
            head=head,
            corner=form.member_label,
            items=items,
            grades=grades,
            names=tuple(names),
            blank_rows=0 if names else EMPTY_ROWS,
            notes=notes,
        )
    boxes = [Box(label) for label in (form.opinions_label, form.rectification_label) if label]
    return BlankBallot(
        annex=form.annex,
        title=title,
        head=head,
        items=items,
        grades=grades,
        boxes=tuple(boxes),
        notes=notes,
    )
