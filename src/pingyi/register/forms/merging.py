"""Which values of two records of one person go on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.register.queries.merging import Compared

KEPT, OTHER = "kept", "other"
IDENTITY = "identity"  # the line of the comparison with the numbers


class MergeForm(forms.Form):
    """A choice for everything in which the records differ, and why they are one person."""

    def __init__(self, *args: Any, compared: Sequence[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compared = compared
        for row in compared:
            if row.is_asked:
                self.fields[row.name] = forms.ChoiceField(
                    label=row.label,
                    choices=[(KEPT, row.kept), (OTHER, row.other)],
                    initial=KEPT,
                    widget=forms.RadioSelect,
                )
        if any(row.name == IDENTITY and row.is_asked for row in compared):
            # Two different numbers are mostly two people.
            self.fields["surely"] = forms.BooleanField(
                label=_("The identity numbers differ. Both records are one person all the same."),
                error_messages={"required": _("Confirm that it is one person, or go back.")},
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=300,
            help_text=_("How it is known that both are one person. It stands in the ledger."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def rows(self) -> list[tuple[Compared, forms.BoundField | None]]:
        """Each line of the comparison, with its choice where there is one."""
        return [(row, self[row.name] if row.is_asked else None) for row in self.compared]

    def values(self) -> dict[str, Any]:
        """What is taken of the other record, and the reason."""
        asked = [row.name for row in self.compared if row.is_asked]
        taking = [name for name in asked if self.cleaned_data[name] == OTHER]
        return {"taking": taking, "reason": self.cleaned_data["reason"]}


class SeparateForm(forms.Form):
    """Why a merge is undone."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
