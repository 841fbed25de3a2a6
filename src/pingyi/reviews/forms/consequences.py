"""Follow-up, withdrawal, publication, change of reviewer."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.queries import names_together
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant
    from pingyi.campaigns.rules.pack import ReviewPlan


class FollowUpForm(forms.Form):
    """What became of a review."""

    text = forms.CharField(
        label=_("What became of it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    """Why a review is withdrawn."""

    reason = forms.CharField(label=_("Reason for withdrawing"), max_length=300)


class ReassignForm(forms.Form):
    """Who is to review instead, and why."""

    reviewer = forms.ChoiceField(label=_("Reviewer"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    nobody = _("nobody for the time being")

    def __init__(self, leaders: "Sequence[Participant]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaders = {str(leader.pk): leader for leader in leaders}
        field = self.fields["reviewer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", self.nobody), *names_together(leaders).items()]

    def values(self) -> dict[str, Any]:
        """The leader chosen, if any, and why."""
        chosen = self.leaders.get(self.cleaned_data["reviewer"])
        return {"reviewer": chosen, "reason": self.cleaned_data["reason"]}


class HandOverForm(ReassignForm):
    """Who is to give all these reviews, and why."""

    reviewer = forms.ChoiceField(label=_("Reviewer"))
    nobody = _("Choose a leader")


class PublishForm(forms.Form):
    """To whom, how, where and when reviews are made known; the reviews are ticked in the list."""

    scope = forms.ChoiceField(label=_("Scope"))
    way = forms.ChoiceField(label=_("Way"))
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)

    def __init__(self, plan: "ReviewPlan", today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("scope", plan.scopes), ("way", plan.ways)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(choice.code, choice.label) for choice in choices]
        self.fields["published_on"].initial = today
        self.fields["published_on"].widget.attrs["max"] = today.isoformat()
