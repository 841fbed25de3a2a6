"""Opening a campaign: pack, code, name, top, cut-off, and the days the pack proposes."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.campaigns.forms.rounds import DayField
from pingyi.campaigns.rules.pack import Pack

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


class OpeningForm(forms.Form):
    """Everything `open_campaign` needs. Days of rounds and deadlines are filled in beforehand."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=100)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits and hyphens; it stands in addresses and on the command line."),
    )
    root = forms.TypedChoiceField(label=_("For"), coerce=int)
    cut_off_on = DayField(
        label=_("Cut-off date"),
        help_text=_("Organizations, members, posts and charges are frozen as they stood that day."),
    )

    def __init__(
        self, *args: Any, pack: Pack, roots: list["Organization"], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pack = pack
        self._roots = {found.pk: found for found in roots}
        self.fields["name"].initial = pack.name
        self.fields["code"].initial = f"{pack.code}-{today.year}"[:40]
        names = [(pk, found.name) for pk, found in self._roots.items()]
        self.fields["root"].choices = names  # type: ignore[attr-defined]  # a choice field
        self.fields["cut_off_on"].initial = today
        for key, label, day in self._days():
            self.fields[key] = DayField(label=label, initial=day)

    def _days(self) -> Iterator[tuple[str, str, date]]:
        for plan in self.pack.rounds:
            yield (
                f"opens.{plan.code}",
                _("%(round)s opens on") % {"round": plan.name},
                plan.opens_on,
            )
            yield (
                f"closes.{plan.code}",
                _("%(round)s closes on") % {"round": plan.name},
                plan.closes_on,
            )
        names = {plan.code: plan.name for plan in self.pack.rounds}
        for due in self.pack.deadlines:
            yield f"due.{due.round}.{due.tier}", f"{names[due.round]} {due.name}", due.due_on

    def top(self) -> "Organization":
        """The organization that was chosen."""
        return self._roots[self.cleaned_data["root"]]

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "code": data["code"],
            "root": self.top(),
            "cut_off_on": data["cut_off_on"],
            "pack_code": self.pack.code,
            "dates": {
                plan.code: (data[f"opens.{plan.code}"], data[f"closes.{plan.code}"])
                for plan in self.pack.rounds
            },
            "due": {
                (due.round, due.tier): data[f"due.{due.round}.{due.tier}"]
                for due in self.pack.deadlines
            },
        }
