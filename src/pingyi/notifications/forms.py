"""How somebody wants to be told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An e-mail address, and whether e-mails are wanted."""

    address = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Leave it empty to be told in the message centre alone."),
    )
    is_wanted = forms.BooleanField(label=_("Send me messages by e-mail"), required=False)


class UrgeForm(forms.Form):
    """Whom to urge, in which words."""

    text = forms.CharField(
        label=_("Message"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[("all", _("everybody of this list")), ("ticked", _("those ticked below"))],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(required=False)

    def offer(self, keys: Sequence[str]) -> None:
        """Who can be ticked; whoever has done it meanwhile is not told."""
        self.fields["who"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]  # a choice field
        self.fields["who"].error_messages["invalid_choice"] = _(
            "Somebody whom you ticked owes nothing any more. Look at the list again."
        )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        return {"text": data["text"], "everybody": data["to"] == "all", "who": data["who"]}
