"""How far every unit is that somebody answers for, and what is still missing there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Right
from pingyi.appraisals import queries as appraisals
from pingyi.appraisals.queries import ProgressBelow
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import Missing, missing_in, pack_of, said_of, scopes
from pingyi.core.clock import due_state
from pingyi.reviews import queries as reviews
from pingyi.reviews.queries import Coverage
from pingyi.ui.doors import Item, Turn

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round, Unit


@dataclass(frozen=True)
class Standing:
    """How far a unit is: its reviews and its appraisals, as far as the pack asks for them."""

    unit: "Unit"
    rights: frozenset[Right]
    coverage: Coverage | None = None
    counted: ProgressBelow | None = None

    @property
    def reviews_missing(self) -> dict[str, tuple[int, int]]:
        """Organizations and people neither reviewed nor exempt, by the duty, as counted here."""
        if self.coverage is None:
            return {}
        return {reviews.DUTY: (self.coverage.units.missing, self.coverage.people.missing)}


def standings(actor: "User", round_: "Round") -> list[Standing]:
    """Every unit the actor answers for, with its figures. A handful of queries."""
    units: dict[int, Unit] = {}
    rights: dict[int, set[Right]] = {}
    for scope in scopes(actor, round_.campaign):
        if scope.role in Right.READ_PEOPLE.roles:
            units[scope.unit.pk] = scope.unit
            wanted = (Right.SUPERVISE, Right.RUN_CAMPAIGNS)
            held = {right for right in wanted if scope.role in right.roles}
            rights.setdefault(scope.unit.pk, set()).update(held)
    if not units:
        return []
    pack = pack_of(round_.campaign)
    coverage = reviews.coverage_of(round_, units.values()) if pack.review else {}
    counted = appraisals.progress_below(round_, units.values()) if pack.appraisal else {}
    return [
        Standing(unit, frozenset(rights[pk]), coverage.get(pk), counted.get(pk))
        for pk, unit in units.items()
    ]


def to_see_to(round_: "Round", standings: list[Standing], today: date) -> Iterator[Item]:
    """What is missing in an open round below those who see to it (N17); for its office, that
    nothing is, so that the round can be closed.
    """
    if round_.state != RoundState.OPEN:
        return
    codes = [round_.campaign.code, round_.code]
    for each in standings:
        is_top = each.unit.organization_id == round_.campaign.root_id
        is_office = is_top and Right.RUN_CAMPAIGNS in each.rights
        is_over = today > round_.closes_on
        if Right.SUPERVISE not in each.rights or (is_office and is_over):
            continue
        # As the page of the gaps lists it, where the line leads.
        missing = missing_in(
            round_, None if is_top else [each.unit.path], known=each.reviews_missing
        )
        if missing:
            below = "" if is_top else "?" + urlencode({"unit": each.unit.code})
            yield Item(
                _said(missing),
                each.unit.name,
                round_.closes_on,
                due_state(round_.closes_on, today),
                reverse("campaigns:gaps", args=codes) + below,
                _("Look at the gaps"),
                turn=Turn.GAPS,
            )
        elif is_office:
            yield Item(
                _("Nothing is missing: the round can be closed"),
                round_.name,
                round_.closes_on,
                "todo",
                reverse("campaigns:campaign", args=codes[:1]),
                _("To the campaign"),
                turn=Turn.CLOSING,
            )


def _said(parts: Sequence[Missing]) -> str:
    """All that is missing as one figure, and what it consists of."""
    missing = sum(part.number for part in parts)
    what = ngettext(
        "See to what is missing: %(n)d (%(parts)s)",
        "See to what is missing: %(n)d (%(parts)s)",
        missing,
    )
    return what % {"n": missing, "parts": said_of(parts)}
