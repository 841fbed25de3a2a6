"""Forms of an appraisal: its stages, the teller's count, a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.ui.inputs import CountInput, DayInput

if TYPE_CHECKING:
    from pingyi.appraisals.models import Count
    from pingyi.appraisals.queries import PanelSums
    from pingyi.campaigns.models import Participant
    from pingyi.campaigns.rules.pack import BallotForm, Stratum

MOST = 100_000
SUMS = ("due", "present", "issued", "collected", "valid", "spoilt")


def day_field(label: Any) -> forms.DateField:
    """A day, typed or chosen."""
    return forms.DateField(label=label, widget=DayInput)


class StageForm(forms.Form):
    """What was done in a stage."""

    held_on = day_field(gettext_lazy("Date"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=100, required=False)
    content = forms.CharField(
        label=gettext_lazy("Record"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )


class MeetingForm(StageForm):
    """The meeting with its panel: due and present of every stratum."""

    def __init__(self, *args: Any, strata: "Sequence[Stratum]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strata = list(strata)
        self.fields["place"].required = True
        for stratum in self.strata:
            for name, label in (("due", _("due")), ("present", _("present"))):
                self.fields[f"{name}-{stratum.code}"] = number_field(f"{stratum.label} · {label}")

    def rows(self) -> list[tuple["Stratum", Any, Any]]:
        """Each stratum with its two bound fields."""
        return [
            (each, self[f"due-{each.code}"], self[f"present-{each.code}"]) for each in self.strata
        ]

    def panel(self) -> dict[str, tuple[int, int]]:
        """Stratum -> (due, present) of those that were filled in."""
        found = {}
        for each in self.strata:
            due = self.cleaned_data.get(f"due-{each.code}")
            present = self.cleaned_data.get(f"present-{each.code}")
            if due is not None or present is not None:
                found[each.code] = (due or 0, present or 0)
        return found


class OpinionForm(forms.Form):
    """An opinion as it stands on the ballot."""

    text = forms.CharField(
        label=gettext_lazy("Opinion"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


@dataclass(frozen=True)
class CountRow:
    """A row of the count as the page draws it: its label and a bound field per answer."""

    label: str
    fields: list[Any]


class CountForm(forms.Form):
    """The ballot form itself with numbers in its cells (screens: 计票)."""

    counted_on = day_field(gettext_lazy("Counted on"))
    scrutineer = forms.CharField(label=gettext_lazy("Scrutineer"), max_length=60, required=False)
    teller = forms.CharField(label=gettext_lazy("Teller"), max_length=60, required=False)

    def __init__(
        self,
        *args: Any,
        form: "BallotForm",
        members: "Sequence[Participant]",
        blank_counts: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = form
        self.subjects: list[tuple[int | None, str]] = (
            [(person.pk, person.name) for person in members]
            if form.subject == "member"
            else [(None, "")]
        )
        self.answers = [(option.code, option.label) for option in form.options]
        if blank_counts:
            self.answers.append(("abstained", _("abstained")))
        self.answers.append(("void", _("void")))
        labels = {
            "due": _("Due"),
            "present": _("Present"),
            "issued": _("Issued"),
            "collected": _("Collected"),
            "valid": _("Valid"),
            "spoilt": _("Spoilt"),
        }
        for name in SUMS:
            self.fields[name] = number_field(labels[name])
        for key, subject in self.subjects:
            for item in form.items:
                for code, label in self.answers:
                    spoken = " · ".join(part for part in (subject, item.label, label) if part)
                    self.fields[cell_name(key, item.code, code)] = number_field(spoken)

    def sums(self) -> list[Any]:
        """The six bound sums."""
        return [self[name] for name in SUMS]

    def item_rows(self) -> list[CountRow]:
        """For an organization: one row an item."""
        return [
            CountRow(
                item.label, [self[cell_name(None, item.code, code)] for code, _l in self.answers]
            )
            for item in self.ballot.items
        ]

    def member_rows(self) -> list[CountRow]:
        """For members: one row a member, all items side by side."""
        return [
            CountRow(
                name,
                [
                    self[cell_name(key, item.code, code)]
                    for item in self.ballot.items
                    for code, _l in self.answers
                ],
            )
            for key, name in self.subjects
        ]

    def figures(self) -> Figures:
        """The sums as typed; an empty cell is zero."""
        return Figures(**{name: self.cleaned_data[name] or 0 for name in SUMS})

    def lines(self) -> list[Line]:
        """The lines with at least one typed cell."""
        options = [option.code for option in self.ballot.options]
        found = []
        for key, _name in self.subjects:
            for item in self.ballot.items:
                cells = {
                    code: self.cleaned_data.get(cell_name(key, item.code, code))
                    for code, _label in self.answers
                }
                if all(value is None for value in cells.values()):
                    continue
                found.append(
                    Line(
                        item.code,
                        {code: cells[code] or 0 for code in options},
                        cells.get("abstained") or 0,
                        cells["void"] or 0,
                        key,
                    )
                )
        return found

    def for_reading(self) -> None:
        """Show the figures without letting them be changed; they stay within reach of the keys."""
        for field in self.fields.values():
            field.widget.attrs["readonly"] = True

    def identities(self, *, self_vote: bool) -> list[dict[str, Any]]:
        """The rules that the page checks as one types (ui/assets/identities.js)."""
        rules = [
            _identity(["due"], ">=", ["present"], _("due ≥ present")),
            _identity(["issued"], ">=", ["collected"], _("issued ≥ collected")),
            _identity(["collected"], "=", ["valid", "spoilt"], _("collected = valid + spoilt")),
        ]
        for key, name in self.subjects:
            for item in self.ballot.items:
                cells = [cell_name(key, item.code, code) for code, _label in self.answers]
                if key is None or self_vote:
                    text = _("%(item)s: answers = valid") % {"item": item.label}
                    rules.append(_identity(cells, "=", ["valid"], text))
                else:
                    # Nobody appraises themselves: the member's own ballot may be missing.
                    text = _("%(name)s, %(item)s: answers = valid, or one less (own row left out)")
                    text %= {"name": name, "item": item.label}
                    rules.append(_identity(cells, "=", ["valid"], text) | {"slack": 1})
        return rules


def _identity(left: list[str], op: str, right: list[str], text: str) -> dict[str, Any]:
    return {"left": left, "op": op, "right": right, "text": text}


def number_field(label: str) -> forms.IntegerField:
    """A whole number in a narrow cell, empty allowed while a draft."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        widget=CountInput(label=label),
        error_messages={"invalid": _("Write a whole number in digits, such as 2000.")},
    )


def cell_name(member: int | None, item: str, answer: str) -> str:
    """Name of a cell's field: `12-overall-satisfied`; 0 stands for the organization."""
    return f"{member or 0}-{item}-{answer}"


def count_initial(
    count: "Count", lines: Iterable[Line], panel: "PanelSums | None"
) -> dict[str, Any]:
    """What the form shows of a count: as typed before, else due and present of the panel."""
    found: dict[str, Any] = {
        "counted_on": count.counted_on,
        "scrutineer": count.scrutineer,
        "teller": count.teller,
    }
    typed = list(lines)
    sums = {name: getattr(count, name) for name in SUMS}
    if typed or any(sums.values()):
        found |= sums
    elif panel is not None:
        found |= {"due": panel.due, "present": panel.present}
    for line in typed:
        cells = {**line.votes, "abstained": line.abstained, "void": line.void}
        found |= {cell_name(line.member, line.item, code): votes for code, votes in cells.items()}
    return found


class ReopenForm(forms.Form):
    """Why a signed count is opened again."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class DecisionForm(forms.Form):
    """What was decided about a flag, by whom, when."""

    decision = forms.CharField(
        label=gettext_lazy("Decision"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    decider = forms.CharField(
        label=gettext_lazy("Decided by"),
        max_length=100,
        help_text=gettext_lazy("A named person or meeting."),
    )
    decided_on = day_field(gettext_lazy("Decided on"))
