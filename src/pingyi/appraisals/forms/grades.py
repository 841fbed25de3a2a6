"""The form in which the grades of a ballot are decided."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.appraisals.forms.records import DecisionForm, day_field

if TYPE_CHECKING:
    from pingyi.appraisals.queries.grades import Graded


class GradesForm(forms.Form):
    """The grade of each subject of a ballot as it was decided, by whom and when (评定等次)."""

    keeps_typing = True

    decider = DecisionForm.base_fields["decider"]
    decided_on = day_field(gettext_lazy("Decided on"))

    def __init__(
        self, *args: Any, subjects: "Sequence[Graded]", grades: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subjects, self.grades = list(subjects), grades
        choices = [("", _("not decided yet")), *grades.items()]
        for one in self.subjects:
            name = one.participant.shown_name if one.participant else _("Grade")
            kept = one.decided
            self.fields[f"grade-{one.key or 0}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=kept.grade if kept else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"reason-{one.key or 0}"] = forms.CharField(
                label=_("%(name)s: reason") % {"name": name},
                max_length=300,
                required=False,
                initial=kept.reason if kept else "",
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def rows(self) -> "list[tuple[Graded, str, Any, Any]]":
        """Each subject with what the vote proposes in words, and its two bound fields."""
        return [
            (
                one,
                self.grades.get(one.proposed, ""),
                self[f"grade-{one.key or 0}"],
                self[f"reason-{one.key or 0}"],
            )
            for one in self.subjects
        ]

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation; of those only for whom a grade was chosen."""
        data = self.cleaned_data
        grades = {
            one.key: (data[f"grade-{one.key or 0}"], data[f"reason-{one.key or 0}"])
            for one in self.subjects
            if data[f"grade-{one.key or 0}"]
        }
        return {"grades": grades, "decider": data["decider"], "decided_on": data["decided_on"]}
