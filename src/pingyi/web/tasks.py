"""The supervision page and the access log as files; the reminders of a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from pingyi.accounts.queries import SEARCHED, access_visible_to, told_apart
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    debtors_at,
    place_of_urging,
    rounds_visible_to,
    tops_of_urging,
)
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import refuse
from pingyi.downloads.doors import Asked, Document
from pingyi.notifications.doors import Debtor, Missing
from pingyi.ui.downloads import file_name
from pingyi.ui.lists import searched
from pingyi.web.exports import access_table, supervision_table
from pingyi.web.operations.remind import remind_all
from pingyi.web.permissions import why_not_read_access, why_not_supervise
from pingyi.web.queries.supervision import supervised, supervised_units

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def supervision(actor: "User", asked: Asked, now: datetime) -> Document:
    """What every reporting unit in sight owes (N17)."""
    code, round_code = asked.place["campaign_code"], asked.place["round_code"]
    round_ = rounds_visible_to(actor, code).filter(code=round_code).first()
    if round_ is None:
        raise Http404
    refuse(why_not_supervise(actor, round_.campaign))
    return Document(
        title=_("Supervision"),
        name=file_name(round_.campaign.name, _("Supervision"), round_.name, kind="xlsx"),
        page=reverse("web:supervision", args=[code, round_code]),
        count=supervised_units(actor, round_).count,
        table=lambda: supervision_table(round_, supervised(actor, round_, day_of(now))),
    )


def missing(
    actor: "User",
    place: Mapping[str, str],
    query: Mapping[str, str],  # noqa: ARG001  the door gives it
    now: datetime,
) -> Missing:
    """The units below whoever urges that still owe something, by whoever answers for them."""
    code, round_code = place["campaign_code"], place["round_code"]
    round_ = rounds_visible_to(actor, code).filter(code=round_code).first()
    if round_ is None:
        raise Http404
    refuse(why_not_urge(actor, round_.campaign))
    return Missing(
        title=f"{round_.campaign.name} · {round_.name}",
        place=place_of_urging(round_),
        page=reverse("web:supervision", args=[code, round_code]),
        done_at="/",
        due_on=round_.closes_on,
        debtors=lambda: _behind(actor, round_, day_of(now)),
    )


def _behind(actor: "User", round_: "Round", today: date) -> list[Debtor]:
    tops = tops_of_urging(actor, round_)
    return debtors_at(
        {
            state.unit: _("missing: {owed}").format(owed=state.said)
            for state in supervised(actor, round_, today)
            if state.missing
            and any(state.unit.path.startswith(top) and state.unit.path != top for top in tops)
        }
    )


def access(actor: "User", asked: Asked, now: datetime) -> Document:
    """The access log as it is looked at, all of it."""
    refuse(why_not_read_access(actor))
    lines = access_visible_to(actor, day_of(now), asked.query.get("kind", ""))
    found = searched(lines, SEARCHED, asked.query.get("q", "")).order_by("-done_at", "-pk")
    title = _("Access log")
    return Document(
        title=title,
        name=f"{title}.xlsx",
        page=reverse("web:access"),
        count=found.count,
        table=lambda: access_table(told_apart(found.iterator(), day_of(now))),
    )


@task()
def remind() -> None:
    """Tell everybody who owes something; taken up again, nobody is told twice."""
    now = read_now()
    remind_all(today=day_of(now), now=now)
