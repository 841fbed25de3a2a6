"""Forms of a vote in a sealed box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pingyi.appraisals.permissions.sealed import MOST_SLIPS, K


class SlipsForm(forms.Form):
    """How many slips are printed."""

    slips = forms.IntegerField(
        label=gettext_lazy("Slips to print"),
        min_value=K,
        max_value=MOST_SLIPS,
        help_text=gettext_lazy("One for everybody who may vote, and some to spare."),
    )


class CloseForm(forms.Form):
    """What became of the slips; together they are those that were printed."""

    handed_out = forms.IntegerField(label=gettext_lazy("Slips handed out"), min_value=0)
    unused = forms.IntegerField(label=gettext_lazy("Slips left over"), min_value=0)
    spoiled = forms.IntegerField(label=gettext_lazy("Slips spoiled"), min_value=0, initial=0)


class VoidForm(forms.Form):
    """Why a vote is void."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "void")
        super().__init__(*args, **kwargs)
