"""The filters of the ledger, which stand in the address."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pingyi.reviews.queries.ledger import Filters
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import ReviewPlan


class LedgerFilter(forms.Form):
    """A wrong or unknown value filters nothing; an address never breaks the list."""

    q = forms.CharField(label=_("Text or name"), required=False)
    round = forms.ChoiceField(label=_("Round"), required=False)
    unit = forms.CharField(label=_("Organization (name or code)"), required=False)
    reviewer = forms.CharField(label=_("Reviewer (name or initials)"), required=False)
    kind = forms.ChoiceField(
        label=_("Of whom"),
        required=False,
        choices=[("", _("all")), ("unit", _("Organizations")), ("person", _("People"))],
    )
    form = forms.ChoiceField(label=_("Form"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput)
    signs = forms.ChoiceField(
        label=_("Signs"),
        required=False,
        choices=[("", _("all")), ("with", _("with signs")), ("without", _("without signs"))],
    )
    withdrawn = forms.BooleanField(label=_("Withdrawn ones"), required=False)

    def __init__(
        self,
        plan: "ReviewPlan",
        rounds: "list[Round]",
        units: "QuerySet[Unit]",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {found.code: found for found in rounds}
        self.units = units
        choices = {
            "round": [(found.code, found.name) for found in rounds],
            "form": [(choice.code, choice.label) for choice in plan.forms],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *offered]

    def filters(self) -> Filters:
        """The filters as queries take them."""
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            round=self.rounds.get(said.get("round", "")),
            unit=self._unit(said.get("unit", "").strip()),
            reviewer=said.get("reviewer", "").strip(),
            kind=said.get("kind", ""),
            form=said.get("form", ""),
            held_from=said.get("since"),
            held_to=said.get("until"),
            text=said.get("q", "").strip(),
            signs=said.get("signs", ""),
            withdrawn=said.get("withdrawn", False),
        )

    def _unit(self, text: str) -> "Unit | None":
        """By code, else the first by name."""
        if not text:
            return None
        return (
            self.units.filter(code__iexact=text).first()
            or self.units.filter(name__icontains=text).first()
        )
