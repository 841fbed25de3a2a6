"""Opening a campaign: pack, code, name, top, cut-off, and the days the pack proposes."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.campaigns.forms.rounds import DayField
from pingyi.campaigns.rules.half_years import half_years_until, is_long_before, later
from pingyi.campaigns.rules.pack import Choice, Pack
from pingyi.campaigns.rules.themes import LONGEST_THEME, themes_in

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


class OpeningForm(forms.Form):
    """Everything `open_campaign` needs. The pack's days are proposed in the half-year of today."""

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
        moved = half_years_until(pack.rounds[0].closes_on, today)
        self.fields["cut_off_on"].initial = min(today, later(pack.rounds[0].opens_on, moved))
        for key, label, day in self._days():
            self.fields[key] = DayField(label=label, initial=later(day, moved))
        if pack.review is not None:
            self.fields["themes"] = self._themes_of(pack.review.themes)

    def _themes_of(self, themes: list[Choice]) -> forms.CharField:
        """The themes that reviews may name: proposed are those of the pack."""
        help_text = _(
            "One on each line. Proposed are those of the document %(number)s; they are kept with "
            "this campaign. No review has to name one."
        )
        return forms.CharField(
            label=_("Themes that reviews may name"),
            required=False,
            initial="\n".join(choice.label for choice in themes),
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=help_text % {"number": self.pack.document.number},
        )

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings: the campaign, then each round with its deadlines."""
        own = [self[key] for key in ("name", "root", "code", "cut_off_on")]
        found = [(str(_("Campaign")), own)]
        for plan in self.pack.rounds:
            parts = (f"opens.{plan.code}", f"closes.{plan.code}", f"due.{plan.code}.")
            keys = [key for key in self.fields if key.startswith(parts)]
            found.append((plan.name, [self[key] for key in keys]))
        if "themes" in self.fields:
            found.append((str(_("Reviews")), [self["themes"]]))
        return found

    def remarks(self) -> list[str]:
        """What is unlikely to be meant by sound days; nothing of it forbids the opening."""
        data, rounds = self.cleaned_data, self.pack.rounds
        cut_off, first = data["cut_off_on"], data[f"opens.{rounds[0].code}"]
        said = {"day": date_format(cut_off), "round": rounds[0].name, "begins": date_format(first)}
        found = []
        if cut_off > first:
            found.append(
                _(
                    "The cut-off date %(day)s lies after the beginning of %(round)s on %(begins)s: "
                    "whoever joined or left in between is counted as on the cut-off date."
                )
                % said
            )
        if is_long_before(cut_off, first):
            found.append(
                _(
                    "The cut-off date %(day)s lies more than half a year before %(round)s begins "
                    "on %(begins)s: changes since then would be missing."
                )
                % said
            )
        return found

    def clean_themes(self) -> list[str]:
        """The themes, one on each line."""
        found = themes_in(self.cleaned_data["themes"])
        if any(len(theme) > LONGEST_THEME for theme in found):
            raise forms.ValidationError(
                _("A theme has at most %(n)d characters; write one on each line."),
                params={"n": LONGEST_THEME},
            )
        return found

    def _days(self) -> Iterator[tuple[str, str, date]]:
        for plan in self.pack.rounds:
            yield (
                f"opens.{plan.code}",
                str(_("Opens on")),
                plan.opens_on,
            )
            yield (
                f"closes.{plan.code}",
                str(_("Closes on")),
                plan.closes_on,
            )
        for due in self.pack.deadlines:
            label = _("%(tier)s: due on") % {"tier": due.name}
            yield f"due.{due.round}.{due.tier}", label, due.due_on

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
            "themes": data.get("themes"),
            "dates": {
                plan.code: (data[f"opens.{plan.code}"], data[f"closes.{plan.code}"])
                for plan in self.pack.rounds
            },
            "due": {
                (due.round, due.tier): data[f"due.{due.round}.{due.tier}"]
                for due in self.pack.deadlines
            },
        }
