"""What says the same among what waits, for whoever merges it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pingyi.rectification.enums import SourceKind
from pingyi.rectification.queries.waiting import BELOW, Found, found_in, waiting_of
from pingyi.rectification.rules.alike import groups

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign

# The organization of what was said.
UNIT = {
    SourceKind.OPINION: "appraisal__unit",
    SourceKind.FLAG: "appraisal__unit",
    SourceKind.REVIEW: "counted_in",
}
# So many of a group are shown at once; the others come in the next one.
SHOWN = 60


@dataclass(frozen=True)
class Group:
    """Lines that say the same, the first of them in front, and how many wait besides."""

    rows: list[Found]
    others: int


def next_group(
    kind: SourceKind, actor: "User", campaign: "Campaign", *, after: int, is_wide: bool
) -> Group | None:
    """The first that waits behind the row `after`, with all that say the same: about the same
    organization, or with `is_wide` about any. None where nothing waits behind it. What somebody
    takes up while this is read is left out.
    """
    _below, searched = BELOW[kind]
    every: Any = waiting_of(kind, actor, campaign).order_by("pk")
    first = every.filter(pk__gt=after).first()
    if first is None:
        return None
    [line] = found_in([first])
    near = every if is_wide else every.filter(**{UNIT[kind]: line.unit})
    texts = dict(near.order_by().values_list("pk", searched))
    # The first one in front, then whatever was skipped before it as well.
    keys = sorted(texts, key=lambda key: (key <= after, key))
    group = next(groups([texts[key] for key in keys]), [])[:SHOWN]
    chosen = [keys[place] for place in group]
    found = {row.pk: row for row in found_in(every.filter(pk__in=chosen))}
    rows = [found[key] for key in chosen if key in found]
    return Group(rows, max(0, every.count() - len(rows))) if rows else None
