"""Forms of a commitment, and the list of a branch that is taken over from Excel."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pingyi.commitments.enums import Fulfilment
from pingyi.commitments.rules.lists import day_said, kind_said
from pingyi.core.refusals import Refusal
from pingyi.documents.workbooks import Limits, SheetSpec, read_tables
from pingyi.organizations.rules.names import name_key
from pingyi.ui.inputs import DayInput

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant

SHEET = SheetSpec(
    key="commitments",
    titles=("公开承诺", "承诺", "commitments"),
    columns={
        "name": ("姓名", "党员姓名", "承诺人", "name"),
        "kind": ("类别", "承诺类别", "kind"),
        "text": ("承诺内容", "承诺事项", "公开承诺", "commitment"),
        "due_on": ("完成时限", "完成时间", "时限", "due"),
    },
    needed=("text", "due_on"),
)
LIMITS = Limits(file_bytes=5 * 1024 * 1024, rows=2_000, wall_seconds=30)


def _text(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class PromiseForm(forms.Form):
    """What is promised, of which kind, by when."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    text = _text(gettext_lazy("Commitment: what, for whom, how much"))
    due_on = forms.DateField(label=gettext_lazy("To be kept by"), widget=DayInput)
    refused_at = {"day_past": "due_on"}

    def __init__(self, kinds: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(kinds.items())


class ProposeForm(PromiseForm):
    """The same, and by whom: the organization itself or one of its members."""

    who = forms.ChoiceField(label=gettext_lazy("Made by"), required=False)
    field_order = ["who", "kind", "text", "due_on"]

    def __init__(
        self, kinds: Mapping[str, str], makers: "Sequence[Participant]", own: bool, *args: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(kinds, *args, **kwargs)
        self.makers = {str(each.pk): each for each in makers}
        field = self.fields["who"]
        if isinstance(field, forms.ChoiceField):
            first = [("", _("The organization itself"))] if own else []
            field.choices = first + [(key, each.shown_name) for key, each in self.makers.items()]
            field.required = not own

    def values(self) -> dict[str, Any]:
        """The parts of a promise."""
        said = self.cleaned_data
        parts = {name: said[name] for name in ("kind", "text", "due_on")}
        return {**parts, "participant": self.makers.get(said["who"])}


class ImportForm(forms.Form):
    """The list of a branch; every line that cannot be taken over is named."""

    file = forms.FileField(
        label=gettext_lazy("List of commitments"),
        help_text=gettext_lazy(
            "A sheet with the columns 姓名, 类别, 承诺内容, 完成时限 (.xlsx, .xls, .ods or .csv);"
            " without a name it is a commitment of the organization."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(
        self, kinds: Mapping[str, str], members: "Sequence[Participant]", *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.members: dict[str, list[Participant]] = {}
        for each in members:
            self.members.setdefault(name_key(each.name), []).append(each)

    def clean_file(self) -> Any:
        """The lines as parts of promises."""
        file = self.cleaned_data["file"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"list{Path(file.name).suffix.lower()}"
            path.write_bytes(file.read())
            try:
                [sheet] = read_tables(path, sheets=[SHEET], limits=LIMITS, shown_only=True)
            except Refusal as refusal:
                raise ValidationError([str(refusal), *map(str, refusal.details)]) from None
        wrong, found = [], []
        for number, cells in sheet.rows:
            said = dict(zip(sheet.keys, cells, strict=True))
            parts = self._parts(said)
            if isinstance(parts, str):
                wrong.append(_("Line %(number)d: %(why)s") % {"number": number, "why": parts})
            else:
                found.append(parts)
        if wrong:
            raise ValidationError(wrong)
        return found

    def _parts(self, said: Mapping[str, Any]) -> dict[str, Any] | str:
        """The parts of a promise, or what is wrong with the line."""
        due_on, kind = day_said(said["due_on"]), kind_said(said.get("kind"), self.kinds)
        if due_on is None:
            return _("“%(said)s” is no day; write 2011-12-31.") % {"said": said["due_on"] or ""}
        if not kind:
            known = ", ".join(self.kinds.values())
            return _("“%(said)s” is no kind; kinds are %(known)s.") % {
                "said": said["kind"], "known": known,
            }  # fmt: skip
        parts = {"kind": kind, "text": str(said["text"] or ""), "due_on": due_on}
        name = str(said.get("name") or "").strip()
        if not name:
            return {**parts, "participant": None}
        people = self.members.get(name_key(name), [])
        if len(people) != 1:
            return _("%(name)s is not one member of this organization.") % {"name": name}
        return {**parts, "participant": people[0]}

    def values(self) -> dict[str, Any]:
        """All lines."""
        return {"lines": self.cleaned_data["file"]}


class NothingToSay(forms.Form):
    """The deed alone."""


class SendBackForm(forms.Form):
    """What is vague."""

    reason = _text(gettext_lazy("What is vague, and how to say it better"), rows=2)


class KeepForm(forms.Form):
    """What was done so far, and what shows it."""

    progress = _text(pgettext_lazy("commitment", "What was done"), rows=4)
    evidence = _text(gettext_lazy("Evidence: what shows it, and where it can be seen"), rows=2)


class CheckForm(forms.Form):
    """Whether it was kept."""

    fulfilment = forms.ChoiceField(
        label=pgettext_lazy("commitment", "Found"), choices=Fulfilment.choices
    )
    verdict = _text(gettext_lazy("What was checked, and how"), rows=2)


class AppraiseForm(forms.Form):
    """What was said of it in the meeting."""

    words = _text(gettext_lazy("What members and masses said of it"), rows=2)
