"""The head and the foot of the tables."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.ui.inputs import DayInput


class ImprintForm(forms.Form):
    """The day, and a line for each label that the pack has at the foot of its tables."""

    filled_on = forms.DateField(label=_("Filled in on"), widget=DayInput)

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._labels = labels
        for label in labels:
            # The words of the pack, as they stand on the table.
            self.fields[f"foot.{label}"] = forms.CharField(
                label=label, required=False, max_length=40
            )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        foot = {label: data[f"foot.{label}"] for label in self._labels}
        return {"filled_on": data["filled_on"], "foot": foot}
