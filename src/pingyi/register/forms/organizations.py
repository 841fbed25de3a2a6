"""Forms about organizations."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.organizations import queries as ground
from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.models import must_be_a_code
from pingyi.organizations.rules.codes import LONGEST_CODE, code_of
from pingyi.register.forms.dates import DatedForm
from pingyi.ui.inputs import DayInput, SectionedForm

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


# What mostly stands below an organization of a level.
BELOW = {
    Level.PROVINCE: Level.CITY,
    Level.CITY: Level.COUNTY,
    Level.COUNTY: Level.TOWNSHIP,
}


def sector_choices(empty: Any) -> list[tuple[str, Any]]:
    """The sectors, after a line for none."""
    return [("", empty), *((sector.code, sector.name) for sector in ground.sectors())]


class CodeField(forms.CharField):
    """The code of an organization, as it is kept."""

    default_validators = [must_be_a_code]

    def to_python(self, value: Any) -> str:
        return code_of(super().to_python(value) or "")


class OrganizationForm(SectionedForm):
    """What an organization is."""

    SECTIONS = (
        (_("What it is called"), ("name", "code")),
        (_("What it is"), ("kind", "level", "sector", "on")),
        (_("What goes to it"), ("people", "organizations")),
    )
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=100)
    code = CodeField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        help_text=_("Short and unique; imports find it by this."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind)
    level = forms.ChoiceField(label=_("Level"), choices=Level)
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        help_text=_("Committees above the branches, such as a township's, have none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = sector_choices(_("none"))  # type: ignore[attr-defined]  # a choice field


class FoundingForm(OrganizationForm, DatedForm):
    """A new organization, from a day. It is asked for: what was founded today is rare."""

    on = forms.DateField(
        label=_("Founded on"),
        widget=DayInput,
        help_text=_(
            "An organization that exists already: the day it was founded. A campaign with an "
            "earlier cut-off date does not see it."
        ),
    )

    def __init__(
        self, *args: Any, today: date, parent: "Organization | None" = None, **kwargs: Any
    ) -> None:
        """`parent`: below which a level, a kind and a code are proposed."""
        super().__init__(*args, today=today, **kwargs)
        self.fields["on"].initial = None
        if parent is not None:
            level = BELOW.get(Level(parent.level), Level.GRASSROOTS)
            is_branch = level == Level.GRASSROOTS
            kind = OrganizationKind.BRANCH if is_branch else OrganizationKind.COMMITTEE
            proposed = {"level": level, "kind": kind, "code": ground.proposed_code(parent)}
            self.initial = {**proposed, **self.initial}


class SplitForm(OrganizationForm, DatedForm):
    """A new organization, with who goes to it."""

    on = forms.DateField(label=_("Exists from"), widget=DayInput)
    people = forms.TypedMultipleChoiceField(
        label=_("Members who go to it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organizations = forms.TypedMultipleChoiceField(
        label=_("Organizations that go to it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        members: list[tuple[int, str]],
        children: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = members  # type: ignore[attr-defined]  # a choice field  # a choice field
        self.fields["organizations"].choices = children  # type: ignore[attr-defined]  # a choice field
        for name, found in (("people", members), ("organizations", children)):
            if not found:
                del self.fields[name]


class OrganizationFilter(forms.Form):
    """Filters of the list; they stand in the address."""

    sector = forms.ChoiceField(label=_("Sector"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *OrganizationKind.choices]
    )
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("all")), *Level.choices]
    )
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = sector_choices(_("all"))  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> dict[str, str]:
        """Column and value of each filter that is set rightly; a wrong one is no filter."""
        self.is_valid()
        columns = {"sector": "sector_id", "kind": "kind", "level": "level"}
        values = {column: self.cleaned_data.get(name) for name, column in columns.items()}
        return {column: value for column, value in values.items() if value}
