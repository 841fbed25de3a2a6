"""The day a page is about, and the day from which a deed holds."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.register.enums import LeavingReason
from pingyi.ui.inputs import DayInput, FoundForm


def day_asked(text: str, today: date) -> date:
    """The day in an address (?on=), today where there is none or a wrong one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


class DatedForm(forms.Form):
    """A deed that holds from a day; today unless something else is said."""

    on = forms.DateField(label=_("From"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        # What is asked first stands first; the day comes last.
        self.order_fields([*(name for name in self.fields if name != "on"), "on"])


class EndForm(DatedForm):
    """Something ends: the day is the first one without it."""

    on = forms.DateField(
        label=_("First day without it"),
        widget=DayInput,
        help_text=_("Until the day before it holds."),
    )


class LeavingForm(DatedForm):
    """A membership ends, with the reason and a word more."""

    reason = forms.ChoiceField(label=_("Reason"), choices=LeavingReason, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    on = forms.DateField(
        label=_("No member from"),
        widget=DayInput,
        help_text=_("From this day on the person counts nowhere as a member."),
    )


class PickForm(FoundForm, DatedForm):
    """One of the people or organizations that were found, from a day."""
