"""The tables that are still to be sent, to be urged from above."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    debtors_at,
    place_of_urging,
    reporting_units,
    rounds_visible_to,
    tops_of_urging,
)
from pingyi.core.refusals import refuse
from pingyi.notifications.doors import Debtor, Missing
from pingyi.returns.queries.returns import due_on, owed_by

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit


def missing(
    actor: "User",
    place: Mapping[str, str],
    query: Mapping[str, str],  # noqa: ARG001  the door gives it
    now: datetime,  # noqa: ARG001  likewise
) -> Missing:
    """The units below whoever urges that have tables to send, by whoever fills them in (N12)."""
    rounds = rounds_visible_to(actor, place["campaign_code"])
    round_ = rounds.filter(code=place["round_code"]).first()
    if round_ is None:
        raise Http404
    refuse(why_not_urge(actor, round_.campaign))
    first = reporting_units(round_.campaign).first()
    return Missing(
        title=f"{round_.campaign.name} · {round_.name} · {_('Statistical tables')}",
        place=place_of_urging(round_),
        page=reverse("returns:units", args=[round_.campaign.code, round_.code]),
        done_at="/",
        due_on=due_on(round_, first) if first is not None else None,
        debtors=lambda: _owing(actor, round_),
    )


def _owing(actor: "User", round_: "Round") -> list[Debtor]:
    tops = tops_of_urging(actor, round_)
    below = reporting_units(round_.campaign).in_subtree(tops).exclude(path__in=tops)
    owed: dict[Unit, list[str]] = {}
    for each in owed_by(round_, below):
        if each.is_to_be_sent:
            owed.setdefault(each.unit, []).append(each.table.annex)
    said = {unit: _(", ").join(titles) for unit, titles in owed.items()}
    return debtors_at(said, Right.FILL_IN_TABLES)
