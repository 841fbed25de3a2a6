"""What is asked about a list with headings of its own: what each column is, who is whom."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from pingyi.rosters.enums import Answer
from pingyi.rosters.rules.columns import BY_KEY, Column
from pingyi.rosters.rules.near_members import NEAR

# More are asked when these have been answered.
MOST_ASKED = 50


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
