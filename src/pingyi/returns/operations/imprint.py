"""The head and the foot of a unit's tables: day, who answers, who filled in, telephone (N11)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns.queries import round_held, units_locked
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.returns.enums import LedgerKind
from pingyi.returns.models import Imprint
from pingyi.returns.permissions import why_not_fill_in, why_not_filled_on, why_not_in_foot
from pingyi.returns.queries.imprint import foot_labels

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


@transaction.atomic
def fill_in_imprint(
    *,
    round_: "Round",
    unit: "Unit",
    filled_on: date,
    foot: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> Imprint:
    """Keep what stands at the head and the foot of a unit's tables in a round.

    Refuses whoever does not fill in its tables (`not_a_filler`), labels that the pack does not have
    (`unknown_label`), and what rules.foot finds.
    """
    round_ = round_held(round_)
    unit = units_locked([unit.pk])[unit.pk]
    unit.campaign = round_.campaign
    refuse(why_not_fill_in(by, unit))
    if unknown := set(foot) - set(foot_labels(round_)):
        raise Refusal(
            _("The tables have no line “%(label)s”.") % {"label": min(unknown)},
            code="unknown_label",
        )
    kept = {label: text.strip() for label, text in foot.items() if text.strip()}
    refuse(why_not_filled_on(filled_on, round_, day_of(now)))
    for label, text in kept.items():
        refuse(why_not_in_foot(label, text))
    imprint, _made = Imprint.objects.update_or_create(
        round=round_,
        unit=unit,
        defaults={
            "filled_on": filled_on,
            "foot": kept,
            "filled_in_at": now,
            "filled_in_by": by,
        },
    )
    ledger.append(
        kind=LedgerKind.FILLED_IN,
        subject=f"{unit.code} {round_.code}",
        body={"filled_on": filled_on, "labels": sorted(kept)},
        rows=[imprint],
        by=signature(by),
        now=now,
    )
    return imprint
