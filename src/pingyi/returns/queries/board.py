"""Who owes what and how far it is, of many units at once; what was sent and is clean (N12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.campaigns.queries import pack_of, under
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return
from pingyi.returns.queries.returns import Owed, due_on, owed_by
from pingyi.returns.queries.sentences import called
from pingyi.returns.rules.workflow import Side

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.models.universe import UnitQuerySet

SETTLED = (ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.WAIVED)
# The kind of badge of a state, where it is not the lateness that counts.
KINDS = {
    ReturnState.SUBMITTED: "todo",
    ReturnState.ACCEPTED: "done",
    ReturnState.SENT_BACK: "soon",
    ReturnState.WAIVED: "exempt",
}
FILTERS = {
    "waiting": _("To be examined"),
    "missing": _("Not submitted"),
    "late": _("Late"),
    "sent_back": _("Sent back"),
    "accepted": _("All accepted"),
}


@dataclass(frozen=True)
class Badge:
    """How far a table is, as a field of the board: the kind of its badge, and its words; beside it
    whether it is late or came late, and until when another day was given.
    """

    owed: Owed
    kind: str
    words: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How many returns of a tier are how far, each in one number: those that are waived are not
    owed; what was accepted is there, whatever is amended in it.
    """

    owed: int
    waived: int
    accepted: int
    # To be examined for the first time.
    waiting: int
    # Of those that are missing.
    sent_back: int
    missing: int
    # Of those that are accepted: amendments to be examined, and sent back.
    amended: int
    amended_back: int


def badges_of(
    round_: "Round", units: "Sequence[Unit]", side: Side, today: date
) -> "dict[int, list[Badge]]":
    """A badge for each table that these units owe, by the key of the unit."""
    found: dict[int, list[Badge]] = {}
    for owed in owed_by(round_, units):
        late = owed.lateness(today)
        kind = KINDS.get(owed.state) or late or "todo"
        if owed.state == ReturnState.SENT_BACK and late == "late":
            kind = late
        if owed.is_accepted and owed.state == ReturnState.SEALED:
            kind = KINDS[ReturnState.ACCEPTED]
        words = called(owed.state, side, amends=owed.is_accepted)
        found.setdefault(owed.unit.pk, []).append(Badge(owed, kind, words, _marks(owed, today)))
    return found


def _marks(owed: Owed, today: date) -> tuple[str, ...]:
    """In words what stays so whatever becomes of the table."""
    row, marks = owed.found, []
    if owed.lateness(today) == "late":
        is_sent = row is not None and row.first_sent_on is not None
        marks.append(gettext("submitted late") if is_sent else gettext("late"))
    if row is not None and row.extended_to is not None and owed.state != ReturnState.WAIVED:
        marks.append(gettext("until %(day)s") % {"day": date_format(row.extended_to)})
    return tuple(marks)


def progress_of(round_: "Round", units: "UnitQuerySet") -> Progress:
    """How far the returns of these reporting units are."""
    rows = Return.objects.filter(round=round_, unit__in=units).order_by()
    waiting, fresh = Q(state=ReturnState.SUBMITTED), Q(accepted=None)
    back = Q(state=ReturnState.SENT_BACK)
    asked = {
        "all_waived": Q(state=ReturnState.WAIVED),
        "all_accepted": ~fresh,
        "first_waiting": waiting & fresh,
        "first_back": back & fresh,
        "amended": waiting & ~fresh,
        "amended_back": back & ~fresh,
    }
    n = rows.aggregate(**{name: Count("pk", filter=which) for name, which in asked.items()})
    owed = units.count() * len(pack_of(round_.campaign).tables) - n["all_waived"]
    return Progress(
        owed=owed,
        waived=n["all_waived"],
        accepted=n["all_accepted"],
        waiting=n["first_waiting"],
        sent_back=n["first_back"],
        missing=owed - n["all_accepted"] - n["first_waiting"],
        amended=n["amended"],
        amended_back=n["amended_back"],
    )


def narrowed(round_: "Round", units: "UnitQuerySet", name: str, today: date) -> "UnitQuerySet":
    """Those of the units with a return of such a state; all where no such filter is known."""
    mine = Q(returns__round=round_)
    there = Q(returns__accepted__isnull=False)
    if name in ("waiting", "sent_back"):
        state = ReturnState.SUBMITTED if name == "waiting" else ReturnState.SENT_BACK
        return units.filter(pk__in=Return.objects.filter(round=round_, state=state).values("unit"))
    tables = len(pack_of(round_.campaign).tables)
    if name == "accepted":
        settled = mine & (there | Q(returns__state=ReturnState.WAIVED))
        return units.alias(counted=Count("returns", filter=settled)).filter(counted=tables)
    settled = mine & (there | Q(returns__state__in=SETTLED))
    if name == "late":
        first = units.first()
        due = due_on(round_, first) if first else None
        if due is None or today <= due:
            return units.none()
        settled |= mine & Q(returns__extended_to__gte=today)
    elif name != "missing":
        return units
    return units.alias(counted=Count("returns", filter=settled)).filter(counted__lt=tables)


def waiting_below(round_: "Round", paths: Iterable[str]) -> QuerySet[Return]:
    """What was sent by units below these paths and is to be answered, the earliest first."""
    below = Q()
    for path in paths:
        below |= under([path], "unit__path") & (~Q(unit__path=path) | Q(unit__parent=None))
    rows = Return.objects.filter(below, round=round_, state=ReturnState.SUBMITTED)
    return rows.select_related("unit").order_by("first_sent_on", "unit__path", "table")


def is_clean(row: Return) -> bool:
    """Whether what was sent is what was counted, without anything to explain, and came for
    the first time: it may be accepted together with others.
    """
    content = row.latest.content if row.latest else {}
    as_counted = all(cell["said"] == cell["counted"] for cell in content["cells"].values())
    return as_counted and not content["warnings"] and not content["cause"]
