"""Forms of an appraisal: its stages, the teller's count, a decision."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.appraisals.queries.counts import typed_of
from pingyi.appraisals.rules.identities import (
    ABSTAINED,
    SUMS,
    VOID,
    Cell,
    Figures,
    Identity,
    Line,
    Row,
    Term,
    Typed,
    identities_of,
)
from pingyi.ui.inputs import CountInput, DayInput

if TYPE_CHECKING:
    from pingyi.appraisals.models import Count, Flag
    from pingyi.appraisals.queries.pages import PanelSums
    from pingyi.campaigns.models import Participant
    from pingyi.campaigns.rules.pack import BallotForm, Stratum

MOST = 100_000
# The identities of the sums in short, as they stand beside the form.
TEXTS = {
    "present_above_due": gettext_lazy("due ≥ present"),
    "collected_above_issued": gettext_lazy("issued ≥ collected"),
    "collected_unlike_sum": gettext_lazy("collected = valid + spoilt"),
}


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

    def values(self) -> dict[str, Any]:
        """When, where and what, and stratum -> (due, present) of those that were filled in."""
        found = {}
        for each in self.strata:
            due = self.cleaned_data.get(f"due-{each.code}")
            present = self.cleaned_data.get(f"present-{each.code}")
            if due is not None or present is not None:
                found[each.code] = (due or 0, present or 0)
        said = {name: self.cleaned_data[name] for name in StageForm.base_fields}
        return {**said, "panel": found}


class OpinionForm(forms.Form):
    """An opinion as it stands on the ballot."""

    # No star: opinions need not be typed. One that is sent says something.
    text = forms.CharField(
        label=gettext_lazy("Opinion"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def clean_text(self) -> str:
        """An opinion, not nothing."""
        text: str = self.cleaned_data["text"]
        if not text:
            message = forms.Field.default_error_messages["required"]
            raise forms.ValidationError(message, code="required")
        return text


@dataclasses.dataclass(frozen=True)
class CountRow:
    """A row of the count as the page draws it: its label and a bound field per answer."""

    label: str
    fields: list[Any]
    # What each of them counts, as a phone says it: item and answer.
    labels: list[str] = dataclasses.field(default_factory=list)

    @property
    def named(self) -> list[tuple[Any, str]]:
        """The fields, each with what it counts."""
        return list(zip(self.fields, self.labels, strict=True))


class CountForm(forms.Form):
    """The ballot form itself with numbers in its cells (screens: 计票)."""

    keeps_typing = True

    counted_on = day_field(gettext_lazy("Counted on"))
    scrutineer = forms.CharField(label=gettext_lazy("Scrutineer"), max_length=60, required=False)
    teller = forms.CharField(label=gettext_lazy("Teller"), max_length=60, required=False)
    # The version that the form shows, or was begun from.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

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
        self.blank_counts = blank_counts
        self.subjects: list[tuple[int | None, str]] = (
            [(person.pk, person.shown_name) for person in members]
            if form.subject == "member"
            else [(None, "")]
        )
        # What is counted, in the order of the form, with the names of the member and the item.
        self.rows: dict[Row, tuple[str, str]] = {
            (key, item.code): (subject, item.label)
            for key, subject in self.subjects
            for item in form.items
        }
        self.answers = [(option.code, option.label) for option in form.options]
        if blank_counts:
            self.answers.append((ABSTAINED, _("abstained")))
        self.answers.append((VOID, _("void")))
        labels = {
            "due": _("Due"),
            "present": _("Present"),
            "issued": _("Issued"),
            "collected": _("Collected"),
            "valid": _("Valid"),
            "spoilt": _("Spoilt"),
        }
        for name in SUMS:
            self.fields[name] = number_field(labels[name], is_zero=name == "spoilt")
        for row, names in self.rows.items():
            for code, label in self.answers:
                spoken = " · ".join(part for part in (*names, label) if part)
                self.fields[field_name(Cell(row, code))] = number_field(spoken, is_zero=True)

    def sums(self) -> list[Any]:
        """The six bound sums."""
        return [self[name] for name in SUMS]

    def item_rows(self) -> list[CountRow]:
        """For an organization: one row an item."""
        return [CountRow(item, self._cells(row)) for row, (_name, item) in self.rows.items()]

    def member_rows(self) -> list[CountRow]:
        """For members: one row a member, all items side by side."""
        items = self.ballot.items
        labels = [f"{item.label} · {label}" for item in items for _code, label in self.answers]
        return [
            CountRow(
                name, [cell for item in items for cell in self._cells((key, item.code))], labels
            )
            for key, name in self.subjects
        ]

    def _cells(self, row: Row) -> list[Any]:
        return [self[field_name(Cell(row, code))] for code, _label in self.answers]

    def figures(self) -> Figures:
        """The sums as typed; an empty cell is zero."""
        return Figures(**{name: self.cleaned_data[name] or 0 for name in SUMS})

    def lines(self) -> list[Line]:
        """The lines with at least one typed cell."""
        options = [option.code for option in self.ballot.options]
        found = []
        for row in self.rows:
            cells = {
                code: self.cleaned_data.get(field_name(Cell(row, code)))
                for code, _label in self.answers
            }
            if all(value is None for value in cells.values()):
                continue
            votes = {code: cells[code] or 0 for code in options}
            member, item = row
            found.append(Line(item, votes, cells.get(ABSTAINED) or 0, cells[VOID] or 0, member))
        return found

    def values(self) -> dict[str, Any]:
        """The figures and lines with who signs for them."""
        kept = ("scrutineer", "teller", "counted_on", "seen")
        rest = {name: self.cleaned_data[name] for name in kept}
        return {"figures": self.figures(), "lines": self.lines(), **rest}

    def typed_version(self, number: int) -> str:
        """The version that was sent: what whoever signs has before their eyes."""
        signs = {name: self.cleaned_data[name].strip() for name in ("scrutineer", "teller")}
        day = self.cleaned_data["counted_on"].isoformat()
        return Typed(number, self.figures(), self.lines(), counted_on=day, **signs).seen

    def now_seen(self, version: str) -> None:
        """Whoever sends what they typed again has seen the version that stood against it."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": version}

    def for_reading(self) -> None:
        """Show the figures without letting them be changed; they stay within reach of the keys."""
        for field in self.fields.values():
            field.widget.attrs["readonly"] = True

    def identities(self, *, self_vote: bool) -> list[dict[str, Any]]:
        """What has to agree, as the page checks it while one types (ui/assets/identities.js)."""
        found = identities_of(
            self.rows,
            [option.code for option in self.ballot.options],
            self_vote=self_vote,
            blank_counts=self.blank_counts,
        )
        return [self.rule(each) for each in found if self._named(each.left)]

    def rule(self, identity: Identity) -> dict[str, Any]:
        """An identity in the names of the fields, with its words."""
        if identity.row is None:
            text = str(TEXTS[identity.code])
        else:
            name, item = self.rows[identity.row]
            if identity.slack:
                # Nobody appraises themselves: the member's own ballot may be missing.
                text = _("%(name)s, %(item)s: answers = valid, or one less (own row left out)")
            else:
                text = _("%(item)s: answers = valid")
                item = f"{name} · {item}" if name else item
            text %= {"name": name, "item": item}
        return {
            "left": self._named(identity.left),
            "op": identity.operator,
            "right": self._named(identity.right),
            "slack": identity.slack,
            "text": text,
        }

    def _named(self, terms: Sequence[Term]) -> list[str]:
        """The fields of the terms; a cell that the form does not have, an abstention, is zero."""
        return [name for name in map(field_name, terms) if name in self.fields]


def number_field(label: str, *, is_zero: bool = False) -> forms.IntegerField:
    """A whole number in a narrow cell, empty allowed while a draft; where an empty one is saved as
    zero, it says so."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        widget=CountInput(label=label, placeholder="0" if is_zero else ""),
        error_messages={"invalid": _("Write a whole number in digits, such as 2000.")},
    )


def field_name(term: Term) -> str:
    """Name of the field of a sum, `due`, or of a cell, `12-overall-satisfied`; 0: no member."""
    if isinstance(term, str):
        return term
    member, item = term.row
    return f"{member or 0}-{item}-{term.answer}"


def count_initial(
    count: "Count", lines: Iterable[Line], panel: "PanelSums | None"
) -> dict[str, Any]:
    """What the form shows of a count: as typed before, else due and present of the panel."""
    found: dict[str, Any] = {
        "counted_on": count.counted_on,
        "scrutineer": count.scrutineer,
        "teller": count.teller,
        "seen": typed_of(count).seen,
    }
    typed = list(lines)
    sums = {name: getattr(count, name) for name in SUMS}
    if typed or any(sums.values()):
        found |= sums
    elif panel is not None:
        found |= {"due": panel.due, "present": panel.present}
    for line in typed:
        cells = {**line.votes, ABSTAINED: line.abstained, VOID: line.void}
        found |= {field_name(Cell(line.row, code)): votes for code, votes in cells.items()}
    return found


class ReopenForm(forms.Form):
    """Why a signed count is opened again."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class DecisionForm(forms.Form):
    """What was decided about a flag, by whom, when; and about which others of the same subject."""

    also = forms.MultipleChoiceField(
        label=gettext_lazy("The same decision also answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    decision = forms.CharField(
        label=gettext_lazy("Decision"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    decider = forms.CharField(
        label=gettext_lazy("Decided by"),
        max_length=100,
        help_text=gettext_lazy("A named person or meeting."),
    )
    decided_on = day_field(gettext_lazy("Decided on"))

    def __init__(
        self,
        *args: Any,
        others: "Mapping[str, Flag]",
        alike: "Collection[Flag]" = (),
        **kwargs: Any,
    ) -> None:
        """`others` are the open flags about the same subject, by their words; `alike` those for
        which the same is advised.
        """
        super().__init__(*args, **kwargs)
        self._others = {str(flag.pk): flag for flag in others.values()}
        field = self.fields["also"]
        if not others:
            del self.fields["also"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(flag.pk), words) for words, flag in others.items()]
            # About one person one decision is the rule, unless something else is advised: what
            # weighs more is not settled in passing. An organization has facts of many kinds.
            field.initial = [str(flag.pk) for flag in alike if flag.participant_id]

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        return {
            "decision": data["decision"],
            "decider": data["decider"],
            "decided_on": data["decided_on"],
            "also": [self._others[key] for key in data.get("also", ())],
        }
