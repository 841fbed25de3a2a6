"""How somebody wants to be told."""

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
