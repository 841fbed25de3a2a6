"""What is typed about the tables: their head and foot; a form that is sent in."""

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


class IntakeForm(forms.Form):
    """The Excel form of a unit, filled in."""

    file = forms.FileField(
        label=_("The form, filled in"),
        help_text=_("Drop it here or choose it: .xlsx, .xls or .ods."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
        # What is empty is said as everything else that is wrong with a file.
        allow_empty_file=True,
    )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        file = self.cleaned_data["file"]
        return {"content": file.read(), "filename": file.name}
