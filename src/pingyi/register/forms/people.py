"""Forms about people, their memberships and posts."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Gender, Standing
from pingyi.organizations.rules.titles import names_leader, names_secretary
from pingyi.register.forms.dates import DatedForm, PickForm
from pingyi.ui.inputs import DayInput, SectionedForm

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization, Person

# As what a post counts follows from its title.
BY_TITLE = "by_title"


class PersonForm(SectionedForm):
    """Who somebody is."""

    SECTIONS = (
        (_("About the person"), ("name", "identity", "gender", "born_on")),
        (_("Membership"), ("joined_on", "standing", "on", "another")),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    identity = forms.CharField(
        label=_("Identity number"),
        required=False,
        max_length=40,
        help_text=_("Only a keyed hash and the last four are kept. Empty leaves it as it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("not stated")), *Gender.choices]
    )
    born_on = forms.DateField(label=_("Born on"), required=False, widget=DayInput)
    joined_on = forms.DateField(label=_("Joined the Party on"), required=False, widget=DayInput)


class MemberForm(PersonForm, DatedForm):
    """A new member: the person and the membership at once."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Standing)
    another = forms.BooleanField(label=_("It is another person"), required=False)
    on = forms.DateField(label=_("Member from"), widget=DayInput)

    def __init__(self, *args: Any, near: Callable[..., list["Person"]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._find_near = near
        self.near: list[Person] = []

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields; whether it is another person only where that is asked."""
        for title, fields in super().sections():
            yield title, [bound for bound in fields if bound.name != "another" or self.near]

    def clean(self) -> dict[str, Any]:
        """Asks once where a member has a near name: perhaps it is the same person."""
        cleaned = super().clean() or self.cleaned_data
        is_another = cleaned.pop("another", False)
        if self.errors:
            return cleaned
        said = {name: cleaned[name] for name in ("name", "identity", "gender", "born_on")}
        self.near = self._find_near(**said)
        if self.near and not is_another:
            self.add_error(
                "another",
                _("Members here have a near name. If it is another person, say so."),
            )
        return cleaned


class StandingForm(DatedForm):
    """Another standing from a day."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Standing, widget=forms.RadioSelect)


class PostForm(forms.Form):
    """A post: what it is called, as what it counts. A secretary counts by the title, unless another
    category or none is chosen."""

    title = forms.CharField(label=_("Post"), max_length=60)
    category = forms.ChoiceField(
        label=_("Leader category"),
        required=False,
        help_text=_(
            "Decides in which column of the leaders' table the person counts. Only who counts as "
            "secretary owes the leader reviews of the organization."
        ),
    )

    def __init__(self, *args: Any, organization: "Organization", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = [(row.code, row.name) for row in ground.post_categories()]
        place = (organization.level, organization.kind)
        self.secretary = ground.secretary_categories().get(place)
        self.leader = ground.leader_categories().get(place)
        field = self.fields["category"]
        choices = [*categories, ("", _("none"))]
        if self.secretary is not None:
            said = format_lazy(
                _("by the post: a secretary counts as {category}, others as none"),
                category=self.secretary.name,
            )
            if self.leader is not None:
                said = format_lazy(
                    _(
                        "by the post: a secretary counts as {category}, deputies and members of "
                        "the committee as {leader}, others as none"
                    ),
                    category=self.secretary.name,
                    leader=self.leader.name,
                )
            choices.insert(0, (BY_TITLE, said))
            field.initial = BY_TITLE
        field.choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_category(self) -> str:
        """The code that was chosen, or that follows from the title; none is empty."""
        chosen: str = self.cleaned_data["category"]
        if chosen != BY_TITLE or self.secretary is None:
            return chosen
        title = self.cleaned_data.get("title", "")
        if names_secretary(title):
            return self.secretary.code
        return self.leader.code if self.leader is not None and names_leader(title) else ""


class AppointmentForm(PostForm, PickForm):
    """A new post of whoever was found above."""


class CorrectionForm(PostForm):
    """A post that was entered wrongly, and why it is said otherwise."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "The post is corrected from its beginning on and goes on. A campaign that is open "
            "keeps what it froze; there it is an amendment."
        ),
    )


class PeopleFilter(forms.Form):
    """Filters of the list of people; they stand in the address."""

    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("all")), *Standing.choices]
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("all")), *Gender.choices]
    )
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def chosen(self) -> dict[str, str]:
        """Column and value of each filter that is set rightly; a wrong one is no filter."""
        self.is_valid()
        values = {name: self.cleaned_data.get(name) for name in ("standing", "gender")}
        return {name: value for name, value in values.items() if value}
