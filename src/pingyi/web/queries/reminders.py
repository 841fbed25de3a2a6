"""The reminders of a day: to each who owes something, and to their superiors where it is late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import holders, who_act
from pingyi.campaigns.enums import CampaignState
from pingyi.campaigns.queries import (
    ancestor_paths,
    campaigns_visible_to,
    leaders,
    organizations_at,
)
from pingyi.notifications.doors import Draft
from pingyi.web.queries.owing import Due, dues_of
from pingyi.web.rules import is_reminded

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Unit

# So many of those who are late below somebody are named; the rest are counted.
MOST_NAMED = 30


@dataclass
class Digest:
    """What one person is told on a day."""

    language: str
    dues: list[Due] = field(default_factory=list)
    # Those below who are late: where, who, what, since when.
    below: list[tuple[str, str, Due]] = field(default_factory=list)


def reminders(today: date) -> list[Draft]:
    """One message to each who is to be reminded today. What it costs follows those who have
    another role than that of a member, never all people.
    """
    visible = campaigns_visible_to(None).filter(state=CampaignState.OPEN)
    campaigns = list(visible.select_related("root").prefetch_related("rounds"))
    digests: dict[int, Digest] = {}
    late: list[tuple[int, str, Due]] = []
    people = {
        pk for each in campaigns for pk in leaders(each).values_list("person_id", flat=True) if pk
    }
    for user in who_act(people):
        language = user.language or settings.LANGUAGE_CODE
        with override(language):
            dues = dues_of(user, campaigns, today)
        digests[user.pk] = Digest(language, dues)
        late += [(user.pk, str(user), due) for due in dues if due.is_owed and due.on < today]
    _copied_upwards(late, digests)
    return [
        _draft(pk, digest, today)
        for pk, digest in digests.items()
        if digest.below or any(is_reminded(due.on, today) for due in digest.dues)
    ]


def _copied_upwards(late: Sequence[tuple[int, str, Due]], digests: dict[int, Digest]) -> None:
    """What is late is told to whoever answers for the nearest organization above."""
    above = holders(Right.URGE)
    at = _organizations([due.unit for _pk, _name, due in late if due.unit is not None])
    for pk, name, due in late:
        if due.unit is None:
            continue
        for path in reversed(ancestor_paths(due.unit.path)):
            superiors = above.get(at[due.unit.campaign_id].get(path, 0), set()) - {pk}
            for superior in superiors & digests.keys():
                digests[superior].below.append((due.unit.name, name, due))
            if superiors:
                break


def _organizations(units: "Iterable[Unit]") -> "dict[int, dict[str, int]]":
    """Keys of the organizations above these units, by campaign and path."""
    paths: dict[Campaign, set[str]] = defaultdict(set)
    for unit in units:
        paths[unit.campaign].update(ancestor_paths(unit.path))
    return {campaign.pk: organizations_at(campaign, some) for campaign, some in paths.items()}


def _draft(to: int, digest: Digest, today: date) -> Draft:
    with override(digest.language):
        mine = [_line(due, today) for due in digest.dues]
        parts = ["\n".join(mine)] if mine else []
        if digest.below:
            parts.append("\n".join(_lines_below(digest.below, today)))
        return Draft(
            to, f"reminder:{today.isoformat()}", _subject(digest, today), "\n\n".join(parts), "/"
        )


def _subject(digest: Digest, today: date) -> str:
    late = sum(due.on < today for due in digest.dues)
    number = len(digest.dues)
    if late:
        words = ngettext("%(n)d thing to do is late", "%(n)d things to do are late", late)
        return words % {"n": late}
    if number:
        words = ngettext(
            "%(n)d thing to do, the first by %(day)s",
            "%(n)d things to do, the first by %(day)s",
            number,
        )
        return words % {"n": number, "day": date_format(digest.dues[0].on)}
    people = len({(unit, name) for unit, name, _due in digest.below})
    words = ngettext(
        "For your information: %(n)d person below you is late",
        "For your information: %(n)d people below you are late",
        people,
    )
    return words % {"n": people}


def _line(due: Due, today: date) -> str:
    where = due.item.for_whom or due.item.where
    what = _("%(what)s (%(where)s)") % {"what": due.item.what, "where": where}
    return f"· {what if where else due.item.what}{_(': ')}{_when(due.on, today)}"


def _lines_below(below: "Sequence[tuple[str, str, Due]]", today: date) -> list[str]:
    """A line for each who is late, the longest late first; what they owe, each thing once."""
    by_person: dict[tuple[str, str], list[Due]] = defaultdict(list)
    for unit, name, due in below:
        by_person[unit, name].append(due)
    ordered = sorted(by_person.items(), key=lambda one: (min(due.on for due in one[1]), one[0]))
    lines = [_("Late below you; whoever owes it is reminded every day:")]
    for (unit, name), dues in ordered[:MOST_NAMED]:
        what = dict.fromkeys(due.item.what for due in dues)
        said = {
            "unit": unit,
            "name": name,
            "what": _(", ").join(what),
            "when": _when(min(due.on for due in dues), today),
        }
        lines.append(_("· %(unit)s %(name)s: %(what)s; %(when)s") % said)
    more = len(ordered) - MOST_NAMED
    if more > 0:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return lines


def _when(on: date, today: date) -> str:
    days = (on - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if not days:
        return _("due today")
    words = ngettext("due on %(day)s, in %(n)d day", "due on %(day)s, in %(n)d days", days)
    return words % {"day": date_format(on), "n": days}
