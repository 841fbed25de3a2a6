"""What a page edits or signs carries the version that was seen of it (core.seen).

Whoever writes a page says what it edits, `Edited("organization:7", read)`, and hands it to
ui.deeds with the deed; `{% seen %}` puts the version into the form. That is all: the deed is done
alone with that thing, and refused where it is not as it was seen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.core.clock import day_of
from pingyi.core.holds import lock_name
from pingyi.core.refusals import Refusal
from pingyi.core.seen import Content, Said, changed_since, seen_too, version_of

FIELD = "seen"
NOTHING = "—"
CHANGED = gettext_lazy(
    "Since you opened this page, what stands below was changed: by somebody else, or by yourself "
    "in another window. What you typed stands in the form. Send it again and yours counts."
)
CHANGED_BUT_NOT_TYPED = gettext_lazy(
    "Since you opened this page, what stands below was changed: by somebody else, or by yourself "
    "in another window. Look at it as it is now, then do it again."
)


GONE = gettext_lazy("This is no longer there: somebody has taken it away meanwhile.")


class ChangedMeanwhile(Refusal):
    """It is not as it was seen; `version` is what stands in the refusal."""

    def __init__(self, sentence: object, version: str, details: list[str]) -> None:
        super().__init__(str(sentence), code="changed_meanwhile", details=details)
        self.version = version


@dataclass(frozen=True)
class Edited:
    """What is edited or signed: its name, one for all pages that edit it, and what is seen of it.

    `read` asks anew each time. Parts named like a field of the form are called as the field is.
    """

    name: str
    read: Callable[[], Content]
    # Where the page has read it already.
    known: Content | None = None
    # What stands against the deed by now, however it is seen: said instead of what changed.
    barred: Callable[[], Refusal | None] = lambda: None

    @cached_property
    def content(self) -> Content:
        """What the page shows, and the form begins with."""
        return self.read() if self.known is None else self.known

    @cached_property
    def version(self) -> str:
        """The version that the page shows."""
        return version_of(self.content)

    def why_not(self, seen: str, form: BaseForm | None = None) -> Refusal | None:
        """Where it is another one than was seen: what stands there now, and what was typed.

        From here on, until the transaction ends, nobody else edits it from a page.
        """
        _alone_with(self.name)
        try:
            content = self.read()
        except ObjectDoesNotExist:
            return Refusal(GONE, code="gone_meanwhile")
        lines = _differences(content, changed_since(seen, content), form) if seen else []
        if not lines:
            return None
        if (barred := self.barred()) is not None:
            return barred
        sentence = CHANGED if form is not None else CHANGED_BUT_NOT_TYPED
        return ChangedMeanwhile(sentence, seen_too(seen, content), lines)


def _differences(content: Content, changed: Iterable[str], form: BaseForm | None) -> list[str]:
    """What is kept of the parts that changed, wherever something else was typed."""
    lines = []
    for part in changed:
        label, kept = _label(part, content[part], form), shown(part, content[part], form)
        mine = typed(part, form)
        if mine is None:
            lines.append(_("%(what)s: now %(kept)s") % {"what": label, "kept": kept})
        elif mine != kept:
            lines.append(
                _("%(what)s: kept is %(kept)s, you typed %(typed)s")
                % {"what": label, "kept": kept, "typed": mine}
            )
    return lines


def _alone_with(name: str) -> None:
    """Two who edit the same thing: the second waits here, then reads what the first has kept.

    It is no row, so that deeds may lock their rows in any order.
    """
    lock_name(name)


def _label(name: str, value: object, form: BaseForm | None) -> str:
    if isinstance(value, Said):
        return value.label
    return str(form[name].label) if form is not None and name in form.fields else name


def shown(name: str, value: object, form: BaseForm | None) -> str:
    """A value in the words of the page: the choice of its field, a day as days are written."""
    if isinstance(value, Said):
        if value.words:
            return value.words
        value = value.value
    field = form.fields.get(name) if form is not None else None
    choices = {str(key): str(words) for key, words in getattr(field, "choices", None) or ()}
    if value is not None and str(value) in choices:
        return choices[str(value)]
    if isinstance(value, datetime):
        value = day_of(value)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, (list, tuple)):
        return _(", ").join(shown(name, one, form) for one in value) or NOTHING
    return NOTHING if value in (None, "") else str(value)


def typed(name: str, form: BaseForm | None) -> str | None:
    """What was typed into the field of a part; None where the form has no such field."""
    if form is None or name not in form.fields:
        return None
    return shown(name, form.cleaned_data.get(name), form)
