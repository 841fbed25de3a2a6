"""Figures that were changed while somebody typed or signed others: who may go on, what differs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.accounts.queries import Actor
from pingyi.appraisals.models import Count
from pingyi.appraisals.queries.counts import ballot_of, rows_of, typed_of
from pingyi.appraisals.rules.identities import SUMS, Line, Typed
from pingyi.core.refusals import Refusal

NAMES = {
    "due": gettext_lazy("Due"),
    "present": gettext_lazy("Present"),
    "issued": gettext_lazy("Issued"),
    "collected": gettext_lazy("Collected"),
    "valid": gettext_lazy("Valid"),
    "spoilt": gettext_lazy("Spoilt"),
    "scrutineer": gettext_lazy("Scrutineer"),
    "teller": gettext_lazy("Teller"),
    "counted_on": gettext_lazy("Counted on"),
}


def why_not_over(actor: Actor, count: Count, typed: Typed, seen: str) -> Refusal | None:
    """Whether what was typed may take the place of what is kept: only of what was seen."""
    kept = typed_of(count)
    if not seen or kept.seen in (seen, typed.seen):
        return None
    who = count.recorded_by
    name = _("you yourself, in another window,") if who == actor else who.name if who else "pingyi"
    return Refusal(
        _(
            "Since you opened the form, %(name)s kept other figures. They stand below; yours stand "
            "in the form. Keep the draft again and yours take their place."
        )
        % {"name": name},
        code="changed_meanwhile",
        details=_differences(count, kept, typed),
    )


def why_not_sign_unseen(count: Count, seen: str) -> Refusal | None:
    """Nobody signs figures that they have not seen."""
    if not seen or seen == typed_of(count).seen:
        return None
    return Refusal(
        _("The figures were changed while you signed. Look at them as they are now, then sign."),
        code="changed_meanwhile",
    )


def _differences(count: Count, kept: Typed, typed: Typed) -> list[str]:
    """What is kept, wherever something else was typed."""
    signs = ("scrutineer", "teller", "counted_on")
    found = [
        (str(NAMES[key]), str(getattr(one, key)), str(getattr(other, key)))
        for one, other, keys in ((kept.figures, typed.figures, SUMS), (kept, typed, signs))
        for key in keys
    ]
    rows = {line.row: line for line in typed.lines}
    lines = {line.row: line for line in kept.lines}
    found += [
        (name, _spoken(count, lines.get(row)), _spoken(count, rows.get(row)))
        for row, name in rows_of(count).items()
    ]
    return [
        _("%(what)s: kept is %(kept)s, you typed %(typed)s")
        % {"what": what, "kept": was or "—", "typed": became or "—"}
        for what, was, became in found
        if was != became
    ]


def _spoken(count: Count, line: Line | None) -> str:
    """The figures of a line in the order of its form."""
    if line is None:
        return ""
    options = [
        (option.label, line.votes.get(option.code, 0)) for option in ballot_of(count).options
    ]
    cells = [*options, (_("abstained"), line.abstained), (_("void"), line.void)]
    return " ".join(f"{label}{number}" for label, number in cells)
