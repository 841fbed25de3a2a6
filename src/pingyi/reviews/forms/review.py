"""A review, the head of a sitting, and the cells of its grid."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from pingyi.campaigns.queries import names_together
from pingyi.reviews.enums import ReviewPart
from pingyi.ui.inputs import DayInput, SectionedForm, Sections

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant
    from pingyi.campaigns.rules.pack import ReviewPlan


class MeetingForm(SectionedForm):
    """When, where and how, and by whom."""

    SECTIONS: ClassVar[Sections] = (
        (_("Who reviews, when and where"), ("reviewer", "form", "held_on", "place", "themes")),
    )

    reviewer = forms.TypedChoiceField(label=_("Reviewer"), coerce=int)
    form = forms.ChoiceField(label=_("Form"))
    held_on = forms.DateField(label=_("Date"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=100)
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "As the pack of this campaign names them. Tick only what the meeting was about."
        ),
    )

    def __init__(
        self,
        plan: "ReviewPlan",
        reviewers: "Sequence[Participant]",
        today: date,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = {reviewer.pk: reviewer for reviewer in reviewers}
        self._choices("reviewer", list(names_together(reviewers).items()))
        if len(reviewers) == 1:
            self.fields["reviewer"].widget = forms.HiddenInput()
            self.fields["reviewer"].initial = reviewers[0].pk
        self._choices("form", [(choice.code, choice.label) for choice in plan.forms])
        self.without_place = {form.code: form.label for form in plan.forms if not form.has_place}
        if self.without_place:
            self.fields["place"].required = False
            self.fields["place"].help_text = _("Needed, but for: %(forms)s") % {
                "forms": pgettext("list", ", ").join(self.without_place.values())
            }
        self._choices("themes", [(choice.code, choice.label) for choice in plan.themes])
        self.fields["held_on"].initial = today
        self.fields["held_on"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """A place, but where the form has none."""
        cleaned = super().clean() or self.cleaned_data
        is_needed = cleaned.get("form") not in self.without_place
        if is_needed and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", str(_("Say where it was: a review in this form has a place.")))
        return cleaned

    def _choices(self, name: str, choices: Sequence[tuple[object, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def values(self) -> dict[str, Any]:
        """What was typed, with the reviewer as a person."""
        return {**self.cleaned_data, "reviewer": self.reviewers[self.cleaned_data["reviewer"]]}


class ReviewForm(MeetingForm):
    """One review: three boxes, each with a hint of what substance means."""

    SECTIONS = ((_("The review"), tuple(ReviewPart.values)), *MeetingForm.SECTIONS)

    def __init__(
        self,
        plan: "ReviewPlan",
        reviewers: "Sequence[Participant]",
        today: date,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(plan, reviewers, today, *args, **kwargs)
        for part in ReviewPart.values:
            said = getattr(plan, part)
            # Not required: an empty part is pointed out, and may be saved anyway (N5).
            self.fields[part] = forms.CharField(
                label=said.label,
                help_text=said.hint,
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields(["reviewer", *ReviewPart.values])


class GridForm(forms.Form):
    """The cells of a grid, kept as they were typed whatever they hold."""

    keeps_typing = True

    @property
    def cells(self) -> Mapping[str, Any]:
        """The cells and versions that were sent, or typed before; nothing on a page just opened."""
        return self.data if self.is_bound else self.initial

    def draft(self) -> dict[str, dict[str, str]]:
        """Row -> part -> text: `p12-problems` is the part of a row."""
        draft: dict[str, dict[str, str]] = {}
        for name, value in self.cells.items():
            key, _dash, part = name.partition("-")
            if part in ReviewPart.values:
                draft.setdefault(key, {})[part] = str(value)
        return draft

    def seen(self) -> dict[str, str]:
        """Row -> the version it was begun from: `p12-seen`."""
        ends = {name: name.removesuffix("-seen") for name in self.cells}
        return {key: str(self.cells[name]) for name, key in ends.items() if key != name}

    def values(self) -> dict[str, Any]:
        """All of it."""
        return {"draft": self.draft(), "seen": self.seen()}
