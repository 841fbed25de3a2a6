"""The form of the first start."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.rules.codes import LONGEST_CODE, code_of, is_code
from pingyi.ui.inputs import DayInput

LONG_AGO = date(1949, 10, 1)


class StartForm(forms.Form):
    """The organization at the top and the account of its campaign office."""

    organization_name = forms.CharField(label=_("Name of your organization"), max_length=100)
    organization_code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        initial="A",
        help_text=_(
            "A short sign for your organization, of letters and digits: the one in your statistics "
            "if there is one, else leave what stands here. It can be changed later."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.COUNTY)
    founded_on = forms.DateField(
        label=_("In the register from"),
        required=False,
        initial=LONG_AGO,
        widget=DayInput,
        help_text=_("The day on which it was founded. No cut-off date can lie before it."),
    )
    name = forms.CharField(label=_("Your name"), max_length=60)
    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput,
        help_text=_("At least ten characters; not only digits, not a common word."),
    )
    start_code = forms.CharField(
        label=_("Start code"),
        required=False,
        help_text=_("Printed by “pingyi serve” on the server; not needed on the machine itself."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_organization_code(self) -> str:
        """As the register keeps it."""
        code = code_of(self.cleaned_data["organization_code"])
        if not is_code(code):
            raise forms.ValidationError(
                _("“%(code)s” is not a code. Write letters, digits and the signs - _ . only."),
                code="not_a_code",
                params={"code": code},
            )
        return code

    def clean_password(self) -> str:
        """Django's validators, with their sentences."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_founded_on(self) -> date:
        """Not later than today; without a day older than any cut-off date."""
        day: date = self.cleaned_data["founded_on"] or LONG_AGO
        if day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def values(self) -> dict[str, Any]:
        """The cleaned values."""
        return dict(self.cleaned_data)
