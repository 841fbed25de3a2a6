"""What was sent to those who owe something."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.notifications.doors import Debtor, Missing
from pingyi.notifications.models import Urge

SHOWN = 3
# So many names stand in a text for a chat.
NAMED = 200


def urges_of(what: str, place: str) -> list[Urge]:
    """The last times that a list was urged over. One query."""
    found = Urge.objects.filter(what=what, place=place).select_related("sent_by")
    return list(found[:SHOWN])


def words_for(missing: Missing) -> str:
    """What is written to them, to be changed by whoever urges."""
    if missing.due_on is None:
        return _("%(title)s: something is still missing. Please do it soon.") % {
            "title": missing.title
        }
    said = {"title": missing.title, "day": date_format(missing.due_on)}
    return _("%(title)s: please finish by %(day)s what is still missing.") % said


def words_for_a_chat(missing: Missing, debtors: Sequence[Debtor]) -> str:
    """The same with the names, to be copied into a chat."""
    lines = [
        _("%(name)s (%(place)s): %(what)s")
        % {"name": debtor.name or "—", "place": debtor.place, "what": debtor.what}
        for debtor in debtors[:NAMED]
    ]
    return "\n".join([words_for(missing), *lines])
