"""Rounds and exemptions: days and reasons."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.doors import DUTIES
from pingyi.campaigns.queries.gaps import Gap, duty_label
from pingyi.campaigns.rules.exemptions import LEAST_FOR_MANY
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round


class DayField(forms.DateField):
    """A day in the date field of the browser, which needs the ISO form whatever the language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput, **kwargs)


class ReasonForm(forms.Form):
    """A deed that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LimitForm(forms.Form):
    """How many gaps one person may exempt at once."""

    exempt_alone = forms.IntegerField(
        label=_("Gaps that one person may exempt at once"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("More at once are proposed by one person and confirmed by a second."),
    )


class SigningInForm(forms.Form):
    """Whether secretaries sign in themselves."""

    secretaries_sign_in = forms.TypedChoiceField(
        label=_("Secretaries of branches and above"),
        coerce=lambda said: said == "True",
        choices=[
            ("True", _("sign in themselves; those without an account stand in the worklist")),
            ("False", _("do not sign in: clerks record for them, and no accounts are asked for")),
        ],
        widget=forms.RadioSelect,
        help_text=_("It can be changed at any time. Accounts that there are go on."),
    )


class DatesForm(forms.Form):
    """The days of a round and of its deadlines."""

    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Closes on"))

    def __init__(self, *args: Any, round_: "Round", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = round_.opens_on
        self.fields["closes_on"].initial = round_.closes_on
        self.tiers: list[str] = []
        for deadline in round_.deadlines.all():
            self.tiers.append(deadline.tier)
            self.fields[f"due.{deadline.tier}"] = DayField(
                label=deadline.name, initial=deadline.due_on
            )

    def values(self) -> dict[str, Any]:
        """The named arguments of the operation."""
        data = self.cleaned_data
        return {
            "opens_on": data["opens_on"],
            "closes_on": data["closes_on"],
            "due": {tier: data[f"due.{tier}"] for tier in self.tiers},
        }


def key_of(gap: Gap) -> str:
    """A gap as the value of a checkbox."""
    subject = f"u{gap.unit_id}" if gap.unit_id is not None else f"p{gap.participant_id}"
    return f"{gap.duty}-{subject}"


class GapFilter(forms.Form):
    """What of the gaps is listed; a wrong value filters nothing."""

    duty = forms.ChoiceField(label=_("What is missing"), required=False)
    who = forms.ChoiceField(
        label=_("Organizations or people"),
        required=False,
        choices=[
            ("", _("all")),
            ("unit", _("Organizations")),
            ("participant", _("People")),
        ],
    )

    def __init__(self, *args: Any, campaign: "Campaign", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = [(code, str(duty_label(code, campaign))) for code in DUTIES]
        self.fields["duty"].choices = [("", _("all")), *duties]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> dict[str, Any]:
        """The duty and the kind of subject, as far as they are known."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("duty", "who")}


class ExemptionForm(ReasonForm):
    """Gaps that were ticked, or all of those that are shown, with one reason."""

    everything = forms.BooleanField(required=False)
    gap = forms.MultipleChoiceField(required=False)
    # Whoever is missing for one duty is explained for the others in the same deed.
    also = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, gaps: Sequence[Gap], beside: Iterable[Gap] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        least = _("One reason for several gaps: at least %(least)d characters.")
        self.fields["reason"].help_text = least % {"least": LEAST_FOR_MANY}
        self._beside = beside
        # Only what was sent has to be found again; there may be thousands.
        self._gaps = {key_of(found): found for found in gaps} if self.is_bound else {}
        self.fields["gap"].choices = [(key, key) for key in self._gaps]  # type: ignore[attr-defined]  # a choice field
        self.fields["gap"].error_messages["invalid_choice"] = _(
            "A gap that you ticked is there no longer. Look at the list again."
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("everything") and not data.get("gap") and "gap" not in self.errors:
            self.add_error(None, [str(_("Tick the gaps that the reason explains."))])
        return data

    def values(self) -> dict[str, Any]:
        """The reason, and the gaps that it explains."""
        ticked = self._gaps if self.cleaned_data["everything"] else self.cleaned_data["gap"]
        gaps = [self._gaps[key] for key in ticked]
        if self.cleaned_data["also"]:
            meant = {(gap.unit_id, gap.participant_id) for gap in gaps}
            gaps = [gap for gap in self._beside if (gap.unit_id, gap.participant_id) in meant]
        return {"gaps": gaps, "reason": self.cleaned_data["reason"]}
