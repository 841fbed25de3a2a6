"""Forms of a rectification."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pingyi.campaigns.models import Unit

MOST = 100_000


def _text(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows})
    )


class RegisterForm(forms.Form):
    """Who has to put right what."""

    target = forms.ChoiceField(label=_("To be put right by"))
    problem = _text(_("Problem"))

    def __init__(self, units: "Sequence[Unit]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        field = self.fields["target"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, unit.name) for code, unit in self.units.items()]

    def values(self) -> dict[str, Any]:
        """The unit chosen, and the problem."""
        said = self.cleaned_data
        return {"target": self.units[said["target"]], "problem": said["problem"]}


class SetAsideForm(forms.Form):
    """Why nothing is to be put right."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class AssignForm(forms.Form):
    """Who, how, by when."""

    responsible = forms.CharField(label=_("Person responsible"), max_length=60)
    due_on = forms.DateField(label=_("To be done by"), widget=DayInput)
    measure = _text(_("Measure"))


class ReportForm(forms.Form):
    """What was done, and what shows it."""

    outcome = _text(_("What was done"), rows=4)
    evidence = _text(_("Evidence: what shows it, and where it can be seen"), rows=2)


class CloseForm(forms.Form):
    """What was found when it was checked."""

    verdict = _text(_("What was checked, and how"), rows=2)
    asked_again = forms.IntegerField(
        label=_("Asked again"), required=False, min_value=0, max_value=MOST
    )
    pleased = forms.IntegerField(
        label=_("of them satisfied"), required=False, min_value=0, max_value=MOST
    )
    refused_at = {"more_satisfied_than_asked": "pleased"}


class ReopenForm(forms.Form):
    """Why it is not put right."""

    reason = _text(_("Reason for reopening"), rows=2)
