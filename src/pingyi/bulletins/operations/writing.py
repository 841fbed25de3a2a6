"""A bulletin is written and revised; its figures are taken from what is final (N18)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.bulletins.enums import BulletinDeed, BulletinKind, LedgerKind, Scope
from pingyi.bulletins.models import Bulletin, Figure
from pingyi.bulletins.operations.steps import bulletin_locked, moved
from pingyi.bulletins.permissions import why_not_write
from pingyi.bulletins.queries.bulletins import next_number, top_of
from pingyi.bulletins.queries.figures import keys_of, standing_figures, why_not_these
from pingyi.bulletins.rules.texts import begun
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.bulletins.queries.figures import Standing
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import BulletinPlan


@dataclass(frozen=True)
class Said:
    """What stands in a bulletin; `agency` is the name in red, which it need not have."""

    title: str
    text: str
    scope: str
    kind: str = BulletinKind.BULLETIN
    agency: str = ""
    document_number: str = ""
    addressees: str = ""
    copies_to: str = ""

    def tidied(self) -> "Said":
        """Without blanks around it. Refuses: text_missing, unknown_scope."""
        parts = {name: value.strip() for name, value in asdict(self).items()}
        if not parts["title"] or not parts["text"]:
            raise Refusal(_("Write a title and a text."), code="text_missing")
        if parts["scope"] not in Scope.values or parts["kind"] not in BulletinKind.values:
            raise Refusal(_("Choose who reads it."), code="unknown_scope")
        return Said(**parts)


def begun_from(plan: "BulletinPlan", names: Mapping[str, str], scope: str = Scope.UNIT) -> Said:
    """What a text of the pack begins with, names put in; figures stay keys until it is kept."""
    return Said(begun(plan.title, names), begun(plan.text, names), scope, plan.kind)


@transaction.atomic
def write(*, round_: "Round", unit: "Unit", said: Said, by: Actor, now: datetime) -> Bulletin:
    """Keep the text of a new bulletin, with the figures it names.

    Refuses: not_a_writer, text_missing, unknown_scope, not_final (with the keys).
    """
    refuse(why_not_write(by, unit))
    said = said.tidied()
    standing = _standing(round_, unit, said)
    bulletin = Bulletin.objects.create(
        campaign_id=unit.campaign_id,
        round=round_,
        unit=unit,
        top=top_of(said.scope, unit),
        number=next_number(unit.campaign),
        written_at=now,
        written_by=by,
        **asdict(said),
    )
    figures = Figure.objects.bulk_create(_figures(bulletin, standing))
    ledger.append(
        kind=LedgerKind.WRITTEN,
        subject=f"{unit.code} {bulletin.number}",
        body={**asdict(said), "figures": {each.key: each.said for each in figures}},
        rows=[bulletin, *figures],
        by=signature(by),
        now=now,
    )
    return bulletin


@transaction.atomic
def revise(*, bulletin: Bulletin, said: Said, by: Actor, now: datetime) -> Bulletin:
    """Change what is not published yet; its figures are taken anew, and it is approved anew.

    Refuses: not_a_writer, not_now, text_missing, unknown_scope, not_final (with the keys).
    """
    bulletin = bulletin_locked(bulletin, BulletinDeed.REVISE, by)
    said = said.tidied()
    standing = _standing(bulletin.round, bulletin.unit, said)
    for name, value in asdict(said).items():
        setattr(bulletin, name, value)
    bulletin.top = top_of(said.scope, bulletin.unit)
    bulletin.written_at, bulletin.written_by = now, by
    bulletin.approver, bulletin.approved_at, bulletin.approved_by = "", None, None
    before = list(bulletin.figures.values_list("pk", flat=True))
    bulletin.figures.all().delete()
    figures = Figure.objects.bulk_create(_figures(bulletin, standing))
    body = {**asdict(said), "figures": {each.key: each.said for each in figures}}
    rows = [ledger.Rows(Figure, before), *figures]
    return moved(bulletin, BulletinDeed.REVISE, "", body, rows, by=by, now=now)


def _standing(round_: "Round", unit: "Unit", said: Said) -> "dict[str, Standing]":
    """What the keys of a text say; refuses where one of them is not final."""
    keys = keys_of(said.title, said.text)
    standing: Mapping[str, Standing] = standing_figures(round_, unit) if keys else {}
    refuse(why_not_these(keys, standing))
    return {key: standing[key] for key in keys}


def _figures(bulletin: Bulletin, standing: "Mapping[str, Standing]") -> list[Figure]:
    return [
        Figure(bulletin=bulletin, key=key, said=each.said, version=each.version, count=each.count)
        for key, each in standing.items()
    ]
