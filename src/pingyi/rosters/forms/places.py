"""Which organization each name means that can be several, or none; what those that are new are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.rosters.rules.founding import BRANCHES, kind_of, sector_of
from pingyi.rosters.rules.proposals import NEW
from pingyi.rosters.rules.settle import QUESTIONS
from pingyi.ui.inputs import DayInput

FEW = 6


@dataclass(frozen=True)
class Asked:
    """A name that is perhaps new: what is asked of it, in one row."""

    name: str
    rows: int
    kind: str
    fields: tuple[forms.BoundField, ...]


class PlacesForm(forms.Form):
    """One question for all names: those that are new stand in a table, each with its proposal."""

    def __init__(
        self,
        *args: Any,
        errors: Sequence[Mapping[str, Any]],
        sectors: Mapping[str, str],
        effective_on: date | None = None,
        posts: int = 0,
        before: Mapping[str, Mapping[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`posts`: so many posts in remarks can be taken over with the same answer. `before`: what
        was said of the same file that was given up, proposed again."""
        super().__init__(*args, **kwargs)
        self.before = before or {}
        self.effective_on = effective_on
        asked = [error for error in errors if error["code"] in QUESTIONS]
        self.asked = {str(number): error["params"]["asked"] for number, error in enumerate(asked)}
        self.sectors = sectors
        # Those that can be founded, with what is proposed of each.
        self.new = {
            str(number): {"name": str(error["value"]), **error["params"]}
            for number, error in enumerate(asked)
            if "above_code" in error["params"]
        }
        if self.new:
            choices = [choice for error in asked for choice in error["params"]["choices"]]
            # Where no name can be another spelling of a branch, all of them are likely to be new.
            may_be_known = any(kind_of(one[1]) in BRANCHES.values() for one in choices)
            is_likely = len(self.new) == len(asked) and not may_be_known
            self._ask_about_new_ones(is_likely=is_likely or bool(self.before))
        if asked and posts:
            self._ask_about_posts(posts)
        for number, error in enumerate(asked):
            if str(number) in self.new:
                self._ask_about_new(str(number))
            else:
                self._ask_about_known(str(number), error)

    def _ask_about_known(self, number: str, error: Mapping[str, Any]) -> None:
        """Which one of those that are known is meant."""
        params = error["params"]
        choices = list(_choices(params["choices"]))
        few = len(choices) <= FEW
        self.fields[f"place_{number}"] = forms.ChoiceField(
            label=f"{error['value'] or _('All members of this list')} · {_rows(params['rows'])}",
            choices=choices if few else [("", "—"), *choices],
            required=False,
            widget=forms.RadioSelect if few else forms.Select,
        )

    def _ask_about_new(self, number: str) -> None:
        """Whether it is new; below what, of which level and sector, as is proposed of each."""
        new = self.new[number]
        name = new["name"]
        superiors = next(one["superiors"] for one in self.new.values() if "superiors" in one)
        answers = [
            ("", _("as is said for all")),
            (NEW, _("register it as new")),
            *_choices(new["choices"]),
        ]
        guessed = self.sectors.get(self._sector_of(new), "")
        by_name = _("by its name: {sector}").format(sector=guessed) if guessed else ""
        said_before = {
            "place": NEW if self._before("founded", number) is not None else "",
            "under": self._before("founded_under", number),
            "level": self._before("founded_level", number),
            "sector": self._before("founded", number),
        }
        above = [(code, said) for code, said in superiors if code != f"{NEW}{self.asked[number]}"]
        for key, label, choices, initial in (
            ("place", _("What {name} is"), answers, ""),
            ("under", _("Above {name}, where it is new"), above, new["above_code"]),
            ("level", _("Level of {name}, where it is new"), Level.choices, new["level"]),
            (
                "sector",
                _("Sector of {name}, where it is new"),
                [("", by_name or _("as is said for all")), *self.sectors.items()],
                "",
            ),
        ):
            self.fields[f"{key}_{number}"] = forms.ChoiceField(
                label=label.format(name=name),
                choices=choices,
                required=False,
                initial=said_before[key] or initial,
                widget=forms.Select(
                    attrs={"class": "form-select", "aria-label": label.format(name=name)}
                ),
            )

    def _before(self, key: str, number: str) -> str | None:
        """What was said of it the last time."""
        return self.before.get(key, {}).get(self.asked[number])

    def rows(self) -> Iterator[Asked]:
        """What is asked of each that is perhaps new."""
        for number, new in self.new.items():
            yield Asked(
                new["name"],
                new["rows"],
                str(OrganizationKind(new["kind"]).label),
                tuple(self[f"{key}_{number}"] for key in ("place", "under", "level", "sector")),
            )

    def others(self) -> Iterator[forms.BoundField]:
        """What is asked beside them."""
        of_rows = {field.name for row in self.rows() for field in row.fields}
        yield from (field for field in self if field.name not in of_rows)

    def _sector_of(self, new: Mapping[str, Any]) -> str:
        """The sector that the list says, or the name; a committee has none of its own."""
        by_name = sector_of(new["name"], self.sectors) if new["kind"] in BRANCHES.values() else ""
        return str(new["sector"]) or by_name

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
            initial=min(self.before.get("founded_on", {}).values(), default=None),
            required=False,
            widget=DayInput,
        )

    @cached_property
    def is_needed(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.asked)

    def _answers(self) -> dict[str, str]:
        """What is said of each name, by its number."""
        every = NEW if self.cleaned_data.get("all_new") else ""
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
        are to be founded with their sectors, the day on which they were, and what is above them and
        their levels."""
        said = self._answers()
        sector, day = self.cleaned_data.get("sector", ""), self.cleaned_data.get("founded_on")
        new = [number for number, code in said.items() if code == NEW]
        branches = BRANCHES.values()
        return {
            "places": {self.asked[n]: code for n, code in said.items() if code != NEW},
            "founded": {
                self.asked[n]: self.cleaned_data.get(f"sector_{n}")
                or self._sector_of(self.new[n])
                or (sector if self.new[n]["kind"] in branches else "")
                for n in new
            },
            "founded_on": {self.asked[n]: day.isoformat() for n in new} if day else {},
            "founded_under": self._said("under", "above_code", new),
            "founded_level": self._said("level", "level", new),
            "aside": {"posts": "yes"} if self.cleaned_data.get("posts") else {},
        }

    def _said(self, key: str, proposed: str, new: Sequence[str]) -> dict[str, str]:
        """What is said of new ones otherwise than it is proposed."""
        return {
            self.asked[n]: said
            for n in new
            if (said := self.cleaned_data.get(f"{key}_{n}")) and said != self.new[n][proposed]
        }


def _rows(n: int) -> str:
    return ngettext("{n} row", "{n} rows", n).format(n=n)


def _choices(choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """An organization with its code, and what stands above it."""
    for code, name, above in choices:
        own = f"{name} ({code})"
        yield code, _("{name} under {above}").format(name=own, above=above) if above else own
