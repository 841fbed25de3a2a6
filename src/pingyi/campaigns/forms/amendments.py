"""Amendments of the frozen universe: each with its reason."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.forms.rounds import ReasonForm
from pingyi.organizations.enums import Standing
from pingyi.ui.inputs import FoundForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pingyi.campaigns.models import Unit


class UnitField(forms.CharField):
    """A unit of the campaign by its code or its name; the form gives it its `units`."""

    units: "QuerySet[Unit]"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = list(self.units.filter(Q(code__iexact=text) | Q(name=text))[:2])
        if not found:
            raise forms.ValidationError(
                _("No organization of this campaign has the code or name “%(text)s”."),
                params={"text": text},
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several organizations are named “%(text)s”. Give the code."),
                params={"text": text},
            )
        return found[0]


class InUnitForm(ReasonForm):
    """Into which unit, and why."""

    unit = UnitField(
        label=_("To which organization"), max_length=100, help_text=_("Its code or its full name.")
    )
    field_order: tuple[str, ...] = ("unit", "reason")

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)  # noqa: S101  stated six lines above
        field.units = units


class StandingForm(ReasonForm):
    """Which standing, and why."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices)
    field_order = ("standing", "reason")


class AdditionForm(FoundForm, InUnitForm):
    """Whom or what of the register to take in: one of those found above the form."""

    field_order = ("target", "unit", "standing", "reason")


class PersonAdditionForm(AdditionForm):
    """A person of the register, with the standing they are counted with."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices)
