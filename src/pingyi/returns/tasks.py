"""Tables that are still to be sent, urged from above; forms as files: of all units as one, or with
what is wrong in them marked, to go back by e-mail.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from pingyi.accounts.enums import Right
from pingyi.campaigns.permissions import why_not_urge
from pingyi.campaigns.queries import (
    debtors_at,
    pack_of,
    place_of_urging,
    reporting_units,
    rounds_visible_to,
    tops_of_urging,
)
from pingyi.core.clock import read_now
from pingyi.core.refusals import refuse
from pingyi.documents.bundles import Bundle
from pingyi.downloads.doors import Asked, Document
from pingyi.notifications.doors import Debtor, Enclosed, Missing
from pingyi.returns.enums import BatchState
from pingyi.returns.exports.answers import answer_file
from pingyi.returns.exports.form import form_file
from pingyi.returns.exports.tables import empty_tables
from pingyi.returns.operations.many import break_off, take_in_waiting
from pingyi.returns.permissions import units_handed_in
from pingyi.returns.queries.form import form_name, form_of
from pingyi.returns.queries.intakes import batch_by_id, intakes_by_keys
from pingyi.returns.queries.returns import due_on, owed_by
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Pack
    from pingyi.documents.layouts import Paper
    from pingyi.returns.models import Batch


@task()
def take_in_many(batch_id: int) -> None:
    """Take over the forms of a batch; taken up again, those that still wait."""
    batch = batch_by_id(batch_id)
    if batch is None or batch.state != BatchState.WAITING:
        return
    try:
        take_in_waiting(batch=batch, now=read_now())
    except Exception:
        break_off(batch=batch)
        raise


def give_up(batch: "Batch") -> None:
    """What no worker will do any more can be taken up by hand."""
    break_off(batch=batch)


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
        if each.is_missing:
            owed.setdefault(each.unit, []).append(each.table.annex)
    said = {unit: _(", ").join(titles) for unit, titles in owed.items()}
    return debtors_at(said, Right.FILL_IN_TABLES)


def tables_of_pack(pack: "Pack") -> "Sequence[Paper]":
    """The tables of a pack, empty, for its preview."""
    return empty_tables(pack)


def forms(actor: "User", asked: Asked, now: datetime) -> Document:
    """The form of each unit that owes tables and whose forms the actor may hand in."""
    code, round_code = asked.place["campaign_code"], asked.place["round_code"]
    round_ = rounds_visible_to(actor, code).filter(code=round_code).first()
    if round_ is None or not pack_of(round_.campaign).tables:
        raise Http404
    units = units_handed_in(actor, round_.campaign)
    if not units:
        raise Http404
    return Document(
        title=_("Excel forms of all units"),
        name=file_name(round_.campaign.name, _("Tables to fill in"), round_.name, kind="zip"),
        page=reverse("returns:units", args=[code, round_code]),
        count=lambda: len(units),
        table=lambda: Bundle(_files(round_, units, now)),
    )


def _files(round_: "Round", units: "Sequence[Unit]", now: datetime) -> Iterator[tuple[str, bytes]]:
    tables = pack_of(round_.campaign).tables
    for unit in units:
        unit.campaign = round_.campaign
        form = form_of(round_, unit, tables, nonce=token_hex(8), now=now)
        yield form_name(form), form_file(form, made_at=now)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def marked_forms(key: str, now: datetime) -> list[Enclosed]:
    """The forms that go back with an answer, by the numbers of their intakes: `5,7`."""
    return [
        Enclosed(
            file_name(intake.unit.name, _("To be mended"), intake.round.name, kind="xlsx"),
            answer_file(intake, nonce=token_hex(8), now=now),
            XLSX,
        )
        for intake in intakes_by_keys(map(int, key.split(",")))
        if intake.unit is not None and intake.round is not None
    ]
