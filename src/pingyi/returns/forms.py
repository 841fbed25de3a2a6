"""What is typed on the pages of the tables and of their returns."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.documents.form_cells import opened
from pingyi.documents.scans import UnreadableScan, read_scan
from pingyi.returns.enums import Word
from pingyi.returns.permissions import MOST_OF_A_REASON
from pingyi.returns.queries.seen import BLANK
from pingyi.returns.rules.cells import MOST
from pingyi.ui.inputs import DayInput

FOOT = "foot."
WORD = "word."
CELL = "cell."
WHOLE = "whole"


class FootForm(forms.Form):
    """The day, and a line for each label that the pack has at the foot of its tables."""

    filled_on = forms.DateField(label=_("Filled in on"), widget=DayInput)

    def __init__(
        self, *args: Any, labels: Sequence[str], required: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._labels = labels
        for label in labels:
            # The words of the pack, as they stand on the table.
            self.fields[f"{FOOT}{label}"] = forms.CharField(
                label=label, required=required, max_length=40
            )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        foot = {label: data[f"{FOOT}{label}"] for label in self._labels}
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
        content = file.read()
        # Read here: the deed and what is asked before it are one transaction, for which all others
        # would wait. What cannot be read is kept with the reason, as all that is wrong with a form.
        return {"content": content, "filename": file.name, "opened": opened(content)}


class FilesInput(forms.ClearableFileInput):
    """Several files, chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Each of the chosen files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """All of them; as one where there is none, which says what is missing."""
        return [super(FilesField, self).clean(each, initial) for each in data or [None]]


class ManyForm(forms.Form):
    """The forms of several units, or zips of them."""

    together = FilesField(
        label=_("The forms, filled in"),
        help_text=_("Several at once (.xlsx, .xls, .ods), or a .zip of them."),
        widget=FilesInput(attrs={"accept": ".xlsx,.xls,.ods,.zip"}),
        allow_empty_file=True,
    )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        return {"files": [(file.name, file.read()) for file in self.cleaned_data["together"]]}


class StampedForm(forms.Form):
    """A sheet that was stamped, and its number where no QR can be read."""

    file = forms.FileField(
        label=_("The stamped sheet"),
        help_text=_("Drop it here or choose it: PDF, OFD, JPEG, PNG or TIFF."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.ofd,.jpg,.jpeg,.png,.tif,.tiff"}),
        # What is empty is said as everything else that is wrong with a file.
        allow_empty_file=True,
    )
    signs = forms.CharField(
        label=_("Number of the sheet"),
        required=False,
        max_length=100,
        help_text=_("Only where no QR can be read, as in an OFD: the number printed on the sheet."),
    )
    refused_at = {"signs_missing": "signs", "other_signs": "signs"}

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        name = data["file"].name
        return {**self.seen, "filename": name, "signs": data["signs"]}

    def clean_file(self) -> Any:
        """Looked at here: the deed and what is asked before it are one transaction, and all others
        would wait for the looking.
        """
        file = self.cleaned_data["file"]
        content = file.read()
        try:
            self.seen = {"content": content, "scan": read_scan(content)}
        except UnreadableScan as unreadable:
            raise forms.ValidationError(str(unreadable), unreadable.code) from unreadable
        return file


class ReasonForm(forms.Form):
    """Why, in a sentence."""

    reason = forms.CharField(
        label=_("Reason"), max_length=MOST_OF_A_REASON, widget=forms.Textarea({"rows": 2})
    )


class SealForm(FootForm):
    """Who answers for a table, a word on each warning, and after an acceptance the cause."""

    def __init__(
        self, *args: Any, warnings: Mapping[str, str], asks_cause: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, required=True, **kwargs)
        self._warnings = warnings
        for key, sentence in warnings.items():
            self.fields[f"{WORD}{key}"] = forms.CharField(
                label=sentence,
                max_length=MOST_OF_A_REASON,
                widget=forms.Textarea({"rows": 2}),
                help_text=_("Explain it in a sentence."),
            )
        if asks_cause:
            self.fields["cause"] = forms.CharField(
                label=_("Why the accepted return is amended"),
                max_length=MOST_OF_A_REASON,
                widget=forms.Textarea({"rows": 2}),
            )

        self.fields["and_submit"] = forms.BooleanField(
            label=_("Submit it at once"), required=False, initial=True
        )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        words = {key: data[f"{WORD}{key}"] for key in self._warnings}
        return {
            **super().values(),
            "words": words,
            "cause": data.get("cause", ""),
            "and_submit": data["and_submit"],
        }


class CorrectionForm(forms.Form):
    """What the unit says in a cell instead of what is counted there."""

    word = forms.ChoiceField(
        label=_("What stands in the table"),
        required=False,
        choices=[("", _("a figure")), *Word.choices, (BLANK, _("blank"))],
    )
    number = forms.IntegerField(
        label=_("Figure"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("The counted figure takes it back."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MOST_OF_A_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Why it is not what the ledger counts."),
    )

    def clean(self) -> dict[str, Any]:
        """A figure is asked for where no word is chosen."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("word") == "" and data.get("number") is None and "number" not in self.errors:
            self.add_error("number", gettext("Enter a whole number, or choose why there is none."))
        return data

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        word = data["word"]
        said = data["number"] if word == "" else None if word == BLANK else word
        return {"said": said, "reason": data["reason"]}


class SendBackForm(forms.Form):
    """A reason for each cell that was ticked, and one for the table as a whole."""

    def __init__(self, *args: Any, cells: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cells = cells
        for cell, label in cells.items():
            self.fields[f"{CELL}{cell}"] = self._reason(label, required=True)
        self.fields[WHOLE] = self._reason(_("The table as a whole"), required=not cells)

    @staticmethod
    def _reason(label: Any, *, required: bool) -> forms.CharField:
        widget = forms.Textarea({"rows": 2})
        return forms.CharField(
            label=label, required=required, max_length=MOST_OF_A_REASON, widget=widget
        )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        remarks = {cell: data[f"{CELL}{cell}"] for cell in self._cells}
        return {"remarks": remarks | ({"": data[WHOLE]} if data[WHOLE] else {})}


class ExtendForm(ReasonForm):
    """Another day, and why."""

    until = forms.DateField(label=_("New deadline"), widget=DayInput)
    field_order = ("until", "reason")


class SeenReturns(forms.MultipleChoiceField):
    """Returns as they were offered when the page was opened: what became of one since then the deed
    says, by its name.
    """

    def valid_value(self, value: str) -> bool:
        """A key and a version, 2:25."""
        return re.fullmatch(r"[0-9]{1,18}:[0-9]{1,5}", value) is not None


class AcceptManyForm(forms.Form):
    """Which of the returns are accepted, each in the version that was seen."""

    returns = SeenReturns(
        label=_("Sent as it was counted"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what is to be accepted.")},
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["returns"]
        field.choices = offered  # type: ignore[attr-defined]  # a choice field
        field.initial = [name for name, _label in offered]

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        chosen = (name.split(":") for name in self.cleaned_data["returns"])
        return {"numbers": {int(pk): int(number) for pk, number in chosen}}
