"""Forms of the import: the file, and the tree that a list of organizations holds."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.queries import sectors
from pingyi.rosters.rules.columns import SHEETS
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

DEEPEST = 4


class UploadForm(forms.Form):
    """A workbook, where it belongs, from when it holds."""

    file = forms.FileField(
        label=_("Workbook or list"),
        help_text=_(
            "Drop it here or choose it: .xlsx, .xls, .ods or .csv. The list that you keep will do, "
            "of members or of leaders, without codes; so will the template."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    scope = forms.TypedChoiceField(
        label=_("Import into"), coerce=int, empty_value=None, required=False
    )
    effective_on = forms.DateField(
        label=_("Holds from"),
        widget=DayInput,
        help_text=_(
            "Additions without a date of their own, changes and endings hold from this day."
        ),
    )
    complete = forms.BooleanField(
        label=_("The file is complete: propose to end what it leaves out"), required=False
    )

    shown_only = forms.BooleanField(
        label=_("Leave out rows that are hidden, filtered out or struck through"), required=False
    )

    def __init__(
        self,
        *args: Any,
        scopes: Sequence["Organization"],
        today: date,
        is_first: bool = False,
        **kwargs: Any,
    ) -> None:
        """`is_first`: nobody is in the register, so that nothing ends or holds from another day."""
        super().__init__(*args, **kwargs)
        self.scopes = {scope.pk: scope for scope in scopes}
        choices: list[tuple[Any, Any]] = [
            (scope.pk, f"{scope.name} ({scope.code})") for scope in scopes
        ]
        field = self.fields["scope"]
        field.choices = choices or [("", _("the top of the tree"))]  # type: ignore[attr-defined]  # a choice field
        field.required = bool(choices)
        self.fields["effective_on"].initial = today
        if is_first:
            self.fields["effective_on"].widget = forms.HiddenInput()
            del self.fields["complete"]

    def values(self) -> dict[str, Any]:
        """The file, what it is called, where it belongs and from when."""
        data = self.cleaned_data
        return {
            "content": data["file"].read(),
            "filename": data["file"].name,
            "scope": self.scopes.get(data["scope"]),
            "effective_on": data["effective_on"],
            "complete": data.get("complete", False),
            "shown_only": data["shown_only"],
        }


class LevelsForm(forms.Form):
    """A tree by pairs of columns, from the top down."""

    keeps_typing = True

    def __init__(
        self, *args: Any, headings: Sequence[str], levels: Sequence[dict[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known_sectors = [("", _("none")), *((sector.code, sector.name) for sector in sectors())]
        columns = [("", "—"), *((heading, heading) for heading in headings)]
        for number in range(1, DEEPEST + 1):
            known = levels[number - 1] if number <= len(levels) else {}
            for key, label, choices in (
                ("code", _("Column of the codes, step {n}"), columns),
                ("name", _("Column of the names, step {n}"), columns),
                ("level", _("Level, step {n}"), [("", "—"), *Level.choices]),
                ("kind", _("Kind, step {n}"), [("", "—"), *OrganizationKind.choices]),
                ("sector", _("Sector, step {n}"), known_sectors),
            ):
                self.fields[f"{key}_{number}"] = forms.ChoiceField(
                    label=label.format(n=number),
                    choices=choices,
                    required=False,
                    initial=known.get(key) or "",
                )

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields, step by step."""
        keys = ("code", "name", "level", "kind", "sector")
        return [[self[f"{key}_{number}"] for key in keys] for number in range(1, DEEPEST + 1)]

    def clean(self) -> dict[str, Any]:
        """A step is whole or empty; there is at least one."""
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, DEEPEST + 1):
            stated = [cleaned.get(f"{key}_{number}") for key in ("code", "name", "level", "kind")]
            if any(stated) and not all(stated):
                self.add_error(
                    f"name_{number}", _("A step needs both columns, its level and its kind.")
                )
        if not self.mapping()["levels"] and not self.errors:
            self.add_error(None, _("Choose the columns of at least one step."))
        return cleaned

    def mapping(self) -> dict[str, Any]:
        """The mapping as the import keeps it."""
        levels = []
        for number in range(1, DEEPEST + 1):
            if self.cleaned_data.get(f"code_{number}"):
                level = {
                    key: self.cleaned_data.get(f"{key}_{number}", "")
                    for key in ("code", "name", "level", "kind")
                }
                level["sector"] = self.cleaned_data.get(f"sector_{number}") or None
                levels.append(level)
        return {"levels": levels}


def sheet_titles() -> list[tuple[str, str]]:
    """What a list can hold."""
    return [(sheet.key, sheet.title) for sheet in SHEETS]
