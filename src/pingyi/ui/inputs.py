"""Controls that the forms of all rooms share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Headings with the names of the fields under them.
Sections = tuple[tuple["_StrPromise", tuple[str, ...]], ...]


class DayInput(forms.DateInput):
    """The date field of the browser; it needs the ISO form whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CountInput(forms.TextInput):
    """A box for a count: digits on phones, and what was mistyped stays to be seen and mended.

    A number box of the browser drops `2000万` without a word. Drawn without a template, because
    a sheet of counts has hundreds of boxes.
    """

    def __init__(self, *, label: str, placeholder: str = "") -> None:
        super().__init__({"inputmode": "numeric", "class": "count-cell", "aria-label": label})
        self.placeholder = {"placeholder": placeholder} if placeholder else {}

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002  Django hands it to every widget
    ) -> SafeString:
        """The box with its value."""
        text = self.format_value(value)
        own = {"type": "text", "name": name} | ({} if text is None else {"value": text})
        said = flatatt(own | self.build_attrs(self.attrs, attrs))
        return format_html("<input{}{}>", said, flatatt(self.placeholder))


# Classes of text boxes by the signs that go in, from so many on and below so many.
_WIDTHS = (("for-code", 1, 41), ("for-name", 41, 61), ("for-sentence", 101, 1001))


def class_for_width(control: forms.Field) -> str:
    """The class of a box that is as wide as what goes in: a code, somebody's name, a sentence."""
    most = getattr(control, "max_length", None) or 0
    if isinstance(control.widget, forms.Textarea):
        return ""
    return next((name for name, least, below in _WIDTHS if least <= most < below), "")


class SectionedForm(forms.Form):
    """A long form, its fields under headings: name them in the order in which they are asked.

    A field that the form does not have is left out, and a heading over nothing too.
    """

    SECTIONS: ClassVar[Sections]

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each heading with its fields."""
        for title, names in self.SECTIONS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield str(title), fields


class FoundForm(forms.Form):
    """One of the rows that the search above the form has found; a single one is chosen already."""

    target = forms.TypedChoiceField(
        label=pgettext_lazy("by a search", "Found"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, found: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = found  # type: ignore[attr-defined]  # a choice field
        if len(found) == 1:
            self.fields["target"].initial = found[0][0]
