"""What is asked about a list with headings of its own: what each column is, which organization a
name means."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from pingyi.organizations.enums import OrganizationKind
from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.columns import BY_KEY, Column
from pingyi.rosters.rules.founding import kind_of, sector_of
from pingyi.rosters.rules.near_members import NEAR
from pingyi.rosters.rules.settle import QUESTIONS
from pingyi.ui.inputs import DayInput

FEW = 6
# More are asked when these have been answered.
MOST_ASKED = 50
# No code begins with it.
FOUND = "+"


class SheetForm(forms.Form):
    """A list of one kind: for each of its columns, in their order, what it is."""

    keeps_typing = True

    def __init__(
        self,
        *args: Any,
        sheet: str,
        headings: Sequence[str],
        columns: Mapping[str, str],
        samples: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = BY_KEY[sheet]
        self.headings = list(headings)
        self.samples = samples
        taken = {heading: key for key, heading in columns.items()}
        choices = [("", _("not used")), *((one.key, _called(one)) for one in self.sheet.columns)]
        for number, heading in enumerate(self.headings):
            same = next((one.key for one in self.sheet.columns if heading in one.headings), "")
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=taken.get(heading, "" if columns else same),
                widget=forms.Select(attrs={"class": "form-select", "aria-label": heading}),
            )

    def columns(self) -> Iterator[tuple[forms.BoundField, str]]:
        """What is asked of each column, beside its first values."""
        for bound in self:
            values = self.samples.get(str(bound.label), ())
            yield bound, pgettext("list", ", ").join(values)

    def clean(self) -> dict[str, Any]:
        """Each thing is in one column at most, and what is needed is in one."""
        cleaned = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for number, heading in enumerate(self.headings):
            key = cleaned.get(f"column_{number}")
            if key in chosen:
                taken = _("{heading} is this already.").format(heading=chosen[key])
                self.add_error(f"column_{number}", taken)
            elif key:
                chosen[key] = heading
        lacking = [key for key in self.sheet.needed_of_list if key not in chosen]
        if lacking:
            names = pgettext("list", ", ").join(_called(self.sheet.column(key)) for key in lacking)
            self.add_error(None, _("Say which column is: {names}.").format(names=names))
        return cleaned

    def mapping(self) -> dict[str, Any]:
        """The mapping as the import keeps it."""
        columns = {
            key: heading
            for number, heading in enumerate(self.headings)
            if (key := self.cleaned_data.get(f"column_{number}"))
        }
        return {"sheet": self.sheet.key, "columns": columns}


def _called(column: Column) -> str:
    """A column as it can be chosen; organizations are understood by name as well."""
    if column.kind == "place":
        return _("{heading} or name").format(heading=column.heading)
    return column.heading


class PlacesForm(forms.Form):
    """Which organization each name means that can be several, or none."""

    def __init__(
        self,
        *args: Any,
        errors: Sequence[Mapping[str, Any]],
        sectors: Mapping[str, str],
        effective_on: date | None = None,
        posts: int = 0,
        **kwargs: Any,
    ) -> None:
        """`posts`: so many posts in remarks can be taken over with the same answer."""
        super().__init__(*args, **kwargs)
        self.effective_on = effective_on
        asked = [error for error in errors if error["code"] in QUESTIONS]
        self.asked = {str(number): error["params"]["asked"] for number, error in enumerate(asked)}
        self.sectors = sectors
        # The names that can be founded.
        self.new = {
            str(number): str(error["value"])
            for number, error in enumerate(asked)
            if "above" in error["params"]
        }
        if self.new:
            choices = [choice for error in asked for choice in error["params"]["choices"]]
            # Where no name can be another spelling of a branch, all of them are likely to be new.
            is_likely = len(self.new) == len(asked) and not any(kind_of(one[1]) for one in choices)
            self._ask_about_new_ones(is_likely=is_likely)
        if asked and posts:
            self._ask_about_posts(posts)
        for number, error in enumerate(asked):
            params = error["params"]
            rows = ngettext("{n} row", "{n} rows", params["rows"]).format(n=params["rows"])
            choices = list(_choices(params["choices"]))
            if str(number) in self.new:
                choices.append((FOUND, _as_new(params)))
            few = len(choices) <= FEW
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=f"{error['value'] or _('All members of this list')} · {rows}",
                choices=choices if few else [("", "—"), *choices],
                required=False,
                widget=forms.RadioSelect if few else forms.Select,
            )
            if str(number) in self.new:
                self._ask_for_sector(str(number))

    def _ask_for_sector(self, number: str) -> None:
        """The sector of one that is new, where it is another than its name says."""
        name = self.new[number]
        guessed = self.sectors.get(sector_of(name, self.sectors), "")
        by_name = _("by its name: {sector}").format(sector=guessed) if guessed else ""
        self.fields[f"sector_{number}"] = forms.ChoiceField(
            label=_("Sector of {name}, where it is new").format(name=name),
            choices=[("", by_name or _("as is said for all")), *self.sectors.items()],
            required=False,
        )

    def _ask_about_posts(self, n: int) -> None:
        """Whether posts of branches in the remarks are taken over."""
        self.fields["posts"] = forms.BooleanField(
            label=ngettext(
                "Take over the {n} post in the remarks", "Take over the {n} posts in the remarks", n
            ).format(n=n),
            initial=True,
            required=False,
        )

    def _ask_about_new_ones(self, *, is_likely: bool) -> None:
        """Whether all that are not known are new, and of which sector new ones are."""
        n = len(self.new)
        self.fields["all_new"] = forms.BooleanField(
            label=ngettext(
                "Register the {n} name that is not known as a new organization",
                "Register all {n} names that are not known as new organizations",
                n,
            ).format(n=n),
            help_text=_(
                "But for those for which something else is chosen below. The preview shows each "
                "of them, and nothing is founded before it is applied."
            ),
            initial=is_likely,
            required=False,
        )
        self.fields["sector"] = forms.ChoiceField(
            label=_("Sector of new organizations whose names say none"),
            choices=[("", _("none")), *self.sectors.items()],
            help_text=_(
                "Names such as 柳湾村党支部 say it themselves. What is chosen below for one of "
                "them alone goes before both."
            ),
            required=False,
        )
        day = date_format(self.effective_on) if self.effective_on else ""
        self.fields["founded_on"] = forms.DateField(
            label=_("New organizations were founded on"),
            help_text=_(
                "The earliest day of them will do. Left blank, they begin with this import "
                "({day}), and a campaign with an earlier cut-off date does not see them."
            ).format(day=day),
            required=False,
            widget=DayInput,
        )

    @cached_property
    def is_needed(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.asked)

    def _answers(self) -> dict[str, str]:
        """What is said of each name, by its number."""
        every = FOUND if self.cleaned_data.get("all_new") else ""
        said = {
            number: self.cleaned_data.get(f"place_{number}") or (number in self.new and every)
            for number in self.asked
        }
        return {number: answer for number, answer in said.items() if answer}

    def clean(self) -> dict[str, Any]:
        """One answer at least; those that are left out are asked again."""
        cleaned = super().clean() or self.cleaned_data
        if not self._answers() and not self.errors:
            self.add_error(None, gettext_lazy("Choose an organization."))
        day = cleaned.get("founded_on")
        if day and self.effective_on and day > self.effective_on:
            self.add_error("founded_on", gettext_lazy("This day is still to come."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Codes of organizations by the key of the name that means them; the keys of names that
        are to be founded with their sectors, and with the day on which they were."""
        said = self._answers()
        sector, day = self.cleaned_data.get("sector", ""), self.cleaned_data.get("founded_on")
        new = {
            self.asked[n]: self.cleaned_data.get(f"sector_{n}")
            or sector_of(self.new[n], self.sectors)
            or sector
            for n, code in said.items()
            if code == FOUND
        }
        return {
            "places": {self.asked[n]: code for n, code in said.items() if code != FOUND},
            "founded": new,
            "founded_on": dict.fromkeys(new, day.isoformat()) if day else {},
            "aside": {"posts": "yes"} if self.cleaned_data.get("posts") else {},
        }


class SamePeopleForm(forms.Form):
    """Whether new members are members of the register under near names."""

    def __init__(self, *args: Any, notes: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [note for note in notes if note["code"] == NEAR]
        self.every = [note["params"]["asked"] for note in near]
        asked = near[:MOST_ASKED]
        self.asked = {str(number): note["params"]["asked"] for number, note in enumerate(asked)}
        if len(near) > 1:
            self.fields["all"] = forms.ChoiceField(
                label=ngettext(
                    "All {n} of them, but for those answered below",
                    "All {n} of them, but for those answered below",
                    len(near),
                ).format(n=len(near)),
                choices=Answer.choices,
                required=False,
                widget=forms.RadioSelect,
            )
        for number, note in enumerate(asked):
            said = note["params"]
            self.fields[f"person_{number}"] = forms.ChoiceField(
                label=_("{new} in {cell} – {known}, a member of {place}").format(
                    new=said["label"], cell=note["cell"], known=said["person"], place=said["place"]
                ),
                choices=Answer.choices,
                required=False,
                widget=forms.RadioSelect,
            )

    @cached_property
    def is_needed(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.asked)

    def clean(self) -> dict[str, Any]:
        """One answer at least; those that are left out are asked again."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.values()) and not self.errors:
            self.add_error(None, gettext_lazy("Answer at least one question."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Answers by the keys of the questions."""
        every = self.cleaned_data.get("all")
        answers = dict.fromkeys(self.every, every) if every else {}
        answers |= {
            key: answer
            for number, key in self.asked.items()
            if (answer := self.cleaned_data.get(f"person_{number}"))
        }
        return {"answers": answers}


def _as_new(params: Mapping[str, Any]) -> str:
    """To be founded: what, and below what."""
    kind = OrganizationKind(params["kind"]).label
    return _("register it as new: {kind} below {above}").format(kind=kind, above=params["above"])


def _choices(choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """An organization with its code, and what stands above it."""
    for code, name, above in choices:
        own = f"{name} ({code})"
        yield code, _("{name} under {above}").format(name=own, above=above) if above else own
