"""The tables of a unit counted once more, from the rows alone and in no hurry (N11).

Nothing of `returns` is used: every unit, person, post, review and count is looked at, one by one.
Where all who report were accepted as things stand, a roll-up says the same; of a whole county
`scripts/recount-rollup` asks it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pingyi.appraisals.models import Appraisal, Count, CountLine
from pingyi.campaigns.models import Participant, ParticipantPost, Round, Unit
from pingyi.campaigns.queries import pack_of
from pingyi.reviews.models import Review

# Of a measure of the pack: what it counts, and what of it was done.
MEASURES = {
    "organizations": ("organizations", ""),
    "organizations_reviewed": ("organizations", "reviewed"),
    "organizations_appraised": ("organizations", "appraised"),
    "members": ("members", ""),
    "members_reviewed": ("members", "reviewed"),
    "members_appraised": ("members", "appraised"),
    "leaders": ("leaders", ""),
    "leaders_reviewing": ("leaders", "reviewing"),
}


def recount(
    round_: Round, top: Unit, waived: Mapping[str, Sequence[Unit]] | None = None
) -> dict[str, int | None]:
    """Every cell of the tables of a unit, blank as None; where units need not answer a table, that
    table without them.
    """
    begun = Appraisal.objects.filter(round__position__lte=round_.position)
    has_begun = any(each.unit.path.startswith(top.path) for each in begun.select_related("unit"))
    rounds = {each.code: each for each in round_.campaign.rounds.all()}
    found: dict[str, int | None] = {}
    for table in pack_of(round_.campaign).tables:
        without = tuple(unit.path for unit in (waived or {}).get(table.code, ()))
        columns = {
            "organizations": organizations(top, without),
            "members": members(top, without),
            "leaders": leaders(top, without),
        }
        for row in table.rows:
            kind, deed = MEASURES[row.measure]
            row_round = rounds[row.round] if row.round else round_
            is_blank = row_round.opened_at is None or row_round.position > round_.position
            if deed == "appraised":
                is_blank = not has_begun
            who = done(kind, deed, row_round)
            for block in table.blocks:
                for column in block.columns:
                    whole = {head for head, at in columns[kind].items() if at == column.code}
                    heads = whole if deed == "" else whole & who
                    code = f"{table.code}.{row.code}.{column.code}"
                    found[code] = None if not whole or is_blank else len(heads)
    return found


def stands_in(unit: Unit, top: Unit, without: tuple[str, ...]) -> bool:
    return unit.path.startswith(top.path) and not unit.path.startswith(without)


def organizations(top: Unit, without: tuple[str, ...]) -> dict[int, str]:
    units = Unit.objects.filter(campaign=top.campaign, is_active=True)
    return {unit.pk: unit.sector for unit in units if stands_in(unit, top, without)}


def members(top: Unit, without: tuple[str, ...]) -> dict[int, str]:
    people = Participant.objects.filter(campaign=top.campaign, is_active=True, unit__isnull=False)
    return {
        person.pk: person.unit.sector
        for person in people.select_related("unit")
        if stands_in(person.unit, top, without)
    }


def leaders(top: Unit, without: tuple[str, ...]) -> dict[int, str]:
    """Whoever holds posts, in the first column that applies."""
    held: dict[int, list[tuple[int, str]]] = defaultdict(list)
    posts = ParticipantPost.objects.filter(unit__campaign=top.campaign)
    for post in posts.select_related("participant", "unit"):
        stands = post.category and post.participant.is_active and post.unit.is_active
        if stands and stands_in(post.unit, top, without):
            held[post.participant_id].append((post.position, post.category))
    return {person: min(posts)[1] for person, posts in held.items()}


def done(kind: str, deed: str, round_: Round) -> set[int]:
    reviews = Review.objects.filter(round=round_, withdrawn_at=None)
    counts = Count.objects.filter(
        state="signed",
        appraisal__round__campaign=round_.campaign,
        appraisal__round__position__lte=round_.position,
    )
    if deed == "reviewing":
        return {review.reviewer_id for review in reviews}
    if deed == "reviewed":
        return {r.unit_id if kind == "organizations" else r.participant_id for r in reviews}
    if deed == "appraised" and kind == "organizations":
        forms = {
            form.code
            for form in pack_of(round_.campaign).appraisal.forms
            if form.subject == "organization"
        }
        return {
            each.appraisal.unit_id
            for each in counts.select_related("appraisal")
            if each.form in forms
        }
    return {line.participant_id for line in CountLine.objects.filter(count__in=counts)}
