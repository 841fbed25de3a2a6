"""Forms of accounts. What a password must be like is said by the operation that sets it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import ROLES_FROM_REGISTER, Role
from pingyi.accounts.queries.accounts import organizations_managed_by, people_managed_by
from pingyi.organizations.queries import marks_on
from pingyi.organizations.rules.names import shown_name
from pingyi.ui.inputs import SectionedForm

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.organizations.models import Organization, Person

PASSWORD_HINT = _("At least 10 characters, not only digits, nothing easy to guess.")


class SignInForm(forms.Form):
    """First step: name and password."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """Six digits from the authenticator app."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=12,
        help_text=_("The six digits that your authenticator app shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    refused_at = {"wrong_code": "code", "wait": "code"}


class LanguageForm(forms.Form):
    """The languages the program speaks, each in its own words."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "简体中文"), ("en", "English")]
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    refused_at = {
        "username_taken": "username",
        "username_unfit": "username",
        "weak_password": "password",
        "wrong_password": "old_password",
    }

    def values(self) -> dict[str, Any]:
        """All but the password typed again."""
        return {name: value for name, value in self.cleaned_data.items() if name != "again"}

    def clean(self) -> dict[str, Any]:
        """The two must be the same."""
        cleaned = super().clean() or self.cleaned_data
        if "again" in cleaned and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class OwnPasswordForm(NewPasswordForm):
    """The present password first."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "password", "again")


class RoleForm(forms.Form):
    """A role at an organization of the actor's subtree."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=None,
        to_field_name="code",
        help_text=_("The code of the organization. The role holds there and below it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid_choice": _("No organization of your part of the tree has this code.")
        },
    )

    def __init__(self, *args: Any, actor: "User", on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["organization"]
        chooser.queryset = organizations_managed_by(actor, on)  # type: ignore[attr-defined]  # a ModelChoiceField, see above


class CreateAccountForm(SectionedForm, RoleForm, NewPasswordForm):
    """An account with its first role and a first password."""

    SECTIONS = (
        (_("Who it is for"), ("username", "name", "language")),
        (_("First role"), ("role", "organization")),
        (_("First password"), ("password", "again")),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Without spaces. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("zh-hans", "简体中文"), ("en", "English")],
        initial=settings.LANGUAGE_CODE,
    )
    field_order = (
        "username",
        "name",
        "role",
        "organization",
        "language",
        "password",
        "again",
    )


SECRETARIES = "secretaries"


class ManyForm(RoleForm):
    """Whose accounts to make: a role that follows from the register, where and below where; of
    those only the ticked ones where the button says so.
    """

    ticked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    person: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        queryset=None, required=False
    )

    def __init__(self, *args: Any, actor: "User", on: date, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, on=on, **kwargs)
        chooser = self.fields["role"]
        chooser.choices = [  # type: ignore[attr-defined]  # a ChoiceField, see above
            (SECRETARIES, _("Secretaries of every level")),
            *((role.value, role.label) for role in ROLES_FROM_REGISTER),
        ]
        self.fields["person"].queryset = people_managed_by(actor, on)  # type: ignore[attr-defined]  # as above
        self.fields["organization"].help_text = _(
            "The code of the organization: everybody there and below it."
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("ticked") and not data.get("person") and "person" not in self.errors:
            self.add_error(None, str(_("Tick those who are to have an account.")))
        return data

    def choice(self) -> dict[str, Any]:
        """The role, none for secretaries of every level, and the organization."""
        role, organization = self.cleaned_data["role"], self.cleaned_data["organization"]
        return {"role": None if role == SECRETARIES else Role(role), "organization": organization}

    def values(self) -> dict[str, Any]:
        """The choice, and whose accounts of those are made."""
        people = self.cleaned_data["person"] if self.cleaned_data["ticked"] else None
        only = None if people is None else [person.pk for person in people]
        return {**self.choice(), "only": only}


class SlipsForm(forms.Form):
    """Whose slips: of one organization and below it, or of all."""

    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        label=_("Organization code"),
        queryset=None,
        to_field_name="code",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid_choice": _("No organization of your part of the tree has this code.")
        },
    )

    def __init__(self, *args: Any, actor: "User", on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["organization"]
        chooser.queryset = organizations_managed_by(actor, on)  # type: ignore[attr-defined]  # a ModelChoiceField, see above


class PersonSearchForm(forms.Form):
    """Looks for the person of the register an account belongs to."""

    person_name = forms.CharField(label=_("Name"), max_length=60)


class PersonForm(forms.Form):
    """One of the people found."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("Person"), queryset=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, actor: "User", on: date, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_managed_by(actor, on)
        marks: dict[int, str] = {}
        if text:
            people = people.filter(name__icontains=text)
            marks = marks_on(on, list(people.order_by().values_list("pk", flat=True)))
        chooser = self.fields["person"]
        chooser.queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField, see above
        chooser.label_from_instance = partial(_person_text, marks)  # type: ignore[attr-defined]  # likewise


def _person_text(marks: Mapping[int, str], person: "Person") -> str:
    """Name and last four, so that people of one name are told apart; their mark without it too."""
    name = shown_name(person.name, marks.get(person.pk, ""))
    return f"{name} ({person.identity_last4})" if person.identity_last4 else name
