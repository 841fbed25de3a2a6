"""An e-mail address and the unit it is to speak for."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.queries import organizations_managed_by

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.organizations.models import Organization


class BindForm(forms.Form):
    """An address, and the code of an organization of the actor's subtree."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "What comes from it is taken for the unit's own: let nobody else write from it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=None,
        to_field_name="code",
        help_text=_("The code of the organization whose forms come from there."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid_choice": _("No organization of your part of the tree has this code.")
        },
    )

    def __init__(self, *args: Any, actor: "User", on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["organization"]
        chooser.queryset = organizations_managed_by(actor, on)  # type: ignore[attr-defined]  # a ModelChoiceField, see above
