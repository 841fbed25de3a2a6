"""Forms of a bulletin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bulletins.enums import BulletinKind, Scope


class BulletinForm(forms.Form):
    """What stands in a bulletin, and who reads it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BulletinKind.choices)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("End a line where the title is to be parted."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "One paragraph a line. Figures are named between braces, as below: they are put in from"
            " accepted tables and signed counts."
        ),
    )
    scope = forms.ChoiceField(label=_("Who reads it"), choices=Scope.choices)
    agency = forms.CharField(
        label=_("Name in red at the head"),
        max_length=60,
        required=False,
        help_text=_("Left empty, it goes out without a red head."),
    )
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    addressees = forms.CharField(label=_("Addressees"), max_length=200, required=False)
    copies_to = forms.CharField(label=_("Copies to"), max_length=200, required=False)
    refused_at = {"not_final": "text"}

    def clean_title(self) -> Any:
        """Line ends as one sign."""
        return self.cleaned_data["title"].replace("\r\n", "\n")


class ApproveForm(forms.Form):
    """In whose name it goes out."""

    approver = forms.CharField(label=_("Leader or meeting that approves it"), max_length=60)


class PublishForm(forms.Form):
    """Nothing to fill in: what is to be published was read before."""


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("Reason, which its readers will see"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
