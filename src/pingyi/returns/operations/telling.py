"""The other side is told what was done to a return: in its message centre, and by e-mail (N12)."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor, holders_at
from pingyi.campaigns.queries import ancestor_paths, organizations_at, pack_of
from pingyi.core.clock import day_of
from pingyi.notifications.doors import Draft
from pingyi.notifications.enums import MessageKind
from pingyi.notifications.operations import write_messages
from pingyi.returns.enums import ReturnDeed
from pingyi.returns.models import Return
from pingyi.returns.queries.sentences import annex_of, cell_label
from pingyi.returns.rules.workflow import STEPS, Side

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def tell(rows: Sequence[Return], deed: ReturnDeed, by: Actor, now: datetime) -> None:
    """Tell the other side of returns, those of a unit together, what `by` did to all of them.

    Whoever fills in the tables of the unit is told of each; whoever examines them once a day and
    round, however much is sent. Nobody is told what they did themselves. Before the line.
    """
    step = STEPS[deed]
    if step.told is None:
        return
    drafts: list[Draft] = []
    for _unit, group in groupby(rows, key=lambda row: row.unit_id):
        some = list(group)
        draft = _for_sender if step.side is Side.RECEIVER else _for_receiver
        drafts += [draft(to, some, deed, now) for to in _whom(some[0], deed) if to != by]
    write_messages(drafts=drafts, kind=MessageKind.NOTICE, by=by, now=now)


def _whom(row: Return, deed: ReturnDeed) -> "Sequence[User]":
    """Whoever fills in the tables of the unit, or of the nearest one above where somebody does."""
    if STEPS[deed].side is Side.RECEIVER:
        here = row.unit.organization_id
        return holders_at(Right.FILL_IN_TABLES, [here])[here] if here else ()
    above = organizations_at(row.round.campaign, ancestor_paths(row.unit.path))
    holding = holders_at(Right.FILL_IN_TABLES, list(above.values()))
    nearest = sorted((path for path in above if holding[above[path]]), key=len)[-1:]
    return [user for path in nearest for user in holding[above[path]]]


def _for_sender(to: "User", rows: Sequence[Return], deed: ReturnDeed, now: datetime) -> Draft:
    row = rows[0]
    number = row.latest.number if row.latest else 0
    with override(to.language or settings.LANGUAGE_CODE):
        return Draft(
            to.pk,
            f"return:{row.pk}:{deed}:{number}:{now.isoformat()}",
            _subject(rows, deed),
            "\n".join([_place(row), *(line for each in rows for line in _lines(each, deed))]),
            reverse("returns:unit", args=_where(row)) + f"?table={row.table}",
        )


def _for_receiver(to: "User", rows: Sequence[Return], deed: ReturnDeed, now: datetime) -> Draft:
    """One for a day: it leads to the list of everything that waits."""
    row = rows[0]
    with override(to.language or settings.LANGUAGE_CODE):
        return Draft(
            to.pk,
            f"returns:{deed}:{row.round_id}:{day_of(now).isoformat()}",
            _subject(rows, deed),
            "\n".join([
                _place(row),
                _("What else is sent today stands in the same list, without another message."),
            ]),
            reverse("returns:accept-many", args=_where(row)[:2]),
        )  # fmt: skip


def _where(row: Return) -> list[str]:
    return [row.round.campaign.code, row.round.code, row.unit.code]


def _subject(rows: Sequence[Return], deed: ReturnDeed) -> str:
    pack = pack_of(rows[0].round.campaign)
    tables = pgettext("list", ", ").join(annex_of(pack, row.table) for row in rows)
    told = STEPS[deed].told
    words = {"tables": tables, "unit": rows[0].unit.name}
    return str(told.label) % words if told else ""


def _place(row: Return) -> str:
    return f"{row.round.campaign.name} · {row.round.name}"


def _lines(row: Return, deed: ReturnDeed) -> list[str]:
    """What there is to be said of it: the reasons by cell, the new day, why."""
    if deed == ReturnDeed.SEND_BACK and row.latest is not None:
        pack = pack_of(row.round.campaign)
        return [
            _("· %(where)s: %(sentence)s") % {
                "where": cell_label(pack, remark.cell or row.table), "sentence": remark.reason,
            }
            for remark in row.latest.remarks.all()
        ]  # fmt: skip
    if deed == ReturnDeed.EXTEND and row.extended_to is not None:
        said = {"day": date_format(row.extended_to), "reason": row.extended_because}
        return [_("Due on %(day)s now: %(reason)s") % said]
    if deed == ReturnDeed.WAIVE:
        return [_("Reason: %(reason)s") % {"reason": row.waived_because}]
    if deed == ReturnDeed.ACCEPT and row.latest is not None:
        annex = annex_of(pack_of(row.round.campaign), row.table)
        return [_("%(annex)s: version %(n)d") % {"annex": annex, "n": row.latest.number}]
    return []
