"""Forms of a rectification."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import refuse
from pingyi.documents.cleaned import UnfitFile, cleaned, why_not_clean
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pingyi.campaigns.models import Unit

MOST = 100_000


def _text(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows})
    )


class _OfUnit(forms.Form):
    """Who has to put it right, chosen among some."""

    target = forms.ChoiceField(label=_("To be put right by"))

    def __init__(self, units: "Sequence[Unit]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        field = self.fields["target"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, unit.name) for code, unit in self.units.items()]

    def values(self) -> dict[str, Any]:
        """What was said, with the unit chosen."""
        return {**self.cleaned_data, "target": self.units[self.cleaned_data["target"]]}


class RegisterForm(_OfUnit):
    """Who has to put right what."""

    problem = _text(_("Problem"))


class SetAsideForm(forms.Form):
    """Why nothing is to be put right."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class MergeForm(_OfUnit):
    """What becomes of a group that says the same: one item, or nothing to put right."""

    problem = forms.CharField(
        label=_("Problem"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    reason = forms.CharField(
        label=_("Reason, where nothing is to be put right"), required=False, max_length=300
    )
    # Which button was pressed.
    is_aside = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The next group stands at the same address: what was typed for this one is none of its.
    keeps_typing = False
    refused_at = {"problem_missing": "problem", "reason_missing": "reason"}


class AssignForm(forms.Form):
    """Who, how, by when."""

    responsible = forms.CharField(label=_("Person responsible"), max_length=60)
    due_on = forms.DateField(label=_("To be done by"), widget=DayInput)
    measure = _text(_("Measure"))


class ReportForm(forms.Form):
    """What was done, and what shows it."""

    outcome = _text(_("What was done"), rows=4)
    evidence = forms.CharField(
        label=_("Evidence: what shows it, and where it can be seen"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Not needed where an uploaded file shows it."),
    )
    refused_at = {"evidence_missing": "evidence"}


class EvidenceForm(forms.Form):
    """A picture or a PDF that shows what was done."""

    file = forms.FileField(
        label=_("Picture or PDF"),
        help_text=_("JPEG, PNG or PDF of at most 20 MB; where a picture was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        # What is empty is said as everything else that is wrong with a file.
        allow_empty_file=True,
    )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        return {"content": self.seen, "filename": self.cleaned_data["file"].name}

    def clean_file(self) -> Any:
        """Made anew here, before the deed is a transaction: all others would wait for it."""
        file = self.cleaned_data["file"]
        try:
            refuse(why_not_clean(file.size))
            self.seen = cleaned(file.read())
        except UnfitFile as unfit:
            raise forms.ValidationError(str(unfit), unfit.code) from unfit
        return file


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
