"""Lists of the register as files."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.downloads.doors import Asked, Document
from pingyi.organizations import queries as ground
from pingyi.register import permissions
from pingyi.register.exports import organizations_table, people_table
from pingyi.register.forms.dates import day_asked
from pingyi.register.forms.organizations import OrganizationFilter
from pingyi.register.forms.people import PeopleFilter
from pingyi.register.queries import sight
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def organizations(actor: "User", asked: Asked, now: datetime) -> Document:
    """Organizations in sight, as the list of the register is filtered and searched."""
    on = _day(asked, now)
    chosen = OrganizationFilter(_filter(asked, on))
    visible = sight.visible_to(actor, on).select_related("sector")
    rows = ground.with_parent(visible, on).filter(**chosen.chosen())
    text = asked.query.get("q", "").strip()
    found = (rows.filter(ground.matching(text)) if text else rows).order_by("code", "pk")
    return Document(
        title=_("Organizations"),
        name=file_name(_("Organizations"), kind="xlsx"),
        page=reverse("register:list"),
        count=found.count,
        table=partial(organizations_table, found, on),
    )


def people(actor: "User", asked: Asked, now: datetime) -> Document:
    """People in sight, as their list is filtered and searched."""
    refuse(permissions.why_not_export_people(actor))
    on = _day(asked, now)
    chosen = PeopleFilter(_filter(asked, on))
    # Search by what is shown: what may not be known cannot be found out either.
    rows = ground.with_membership(sight.people_visible_to(actor, on), on).filter(**chosen.chosen())
    text = asked.query.get("q", "").strip()
    found = rows.filter(sight.people_matching(text)) if text else rows
    found = found.order_by("by_pinyin", "pk")
    return Document(
        title=_("People"),
        name=file_name(_("People"), kind="xlsx"),
        page=reverse("register:people"),
        count=found.count,
        table=partial(people_table, found, on),
    )


def _day(asked: Asked, now: datetime) -> date:
    return day_asked(asked.query.get("on", ""), day_of(now))


def _filter(asked: Asked, on: date) -> Mapping[str, str]:
    return {**asked.query, "on": on.isoformat()}
