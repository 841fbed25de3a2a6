"""Votes in sealed boxes: the one that stands, what it is at, the form as its box has it."""

from typing import TYPE_CHECKING

from pingyi.appraisals.models import SealedVote
from pingyi.appraisals.queries.boxes import Box
from pingyi.appraisals.queries.counts import members_on
from pingyi.appraisals.rules.identities import Line
from pingyi.ballots.queries import tally_of_box
from pingyi.ballots.rules.counting import Tally
from pingyi.ballots.rules.manifests import Choice, Form, Item
from pingyi.core.seen import Content

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal
    from pingyi.campaigns.models import Unit

# Code of the organization on a ballot about it; of a member "m" and the key on the frozen roll.
UNIT = "unit"


def sealed_vote(appraisal: "Appraisal | None", box: Box) -> SealedVote | None:
    """The vote that stands on a form, the latest one where all are void."""
    if appraisal is None:
        return None
    form, stratum = box.key
    votes = SealedVote.objects.filter(appraisal=appraisal, form=form, stratum=stratum)
    return votes.order_by("-number").first()


def vote_seen(appraisal: "Appraisal | None", box: Box) -> Content:
    """What a page shows of a vote that it moves on."""
    vote = sealed_vote(appraisal, box)
    if vote is None:
        return {"number": 0}
    stamps = (vote.opened_at, vote.closed_at, vote.counted_at, vote.voided_at)
    return {"number": vote.number, "at": sum(stamp is not None for stamp in stamps)}


def alike_in(vote: SealedVote) -> int:
    """How many ballots of a counted box have all answers alike, where the pack wants to know."""
    sums = tally_of_box(vote.box) if vote.count_id is not None else None
    return sums.alike if sums is not None else 0


def sealed_form(box: Box, unit: "Unit") -> Form:
    """The ballot as the box has it: whoever is judged, with what tells namesakes apart."""
    form = box.form
    options = tuple(Choice(option.code, option.label) for option in form.options)
    items = tuple(Item(item.code, item.label, options) for item in form.items)
    subjects: tuple[Choice, ...] = (Choice(UNIT, unit.name),)
    if form.subject == "member":
        people = members_on(form, unit)
        subjects = tuple(Choice(f"m{person.pk}", person.shown_name) for person in people)
    return Form(form.code, box.title, subjects, items)


def lines_of_tally(tally: Tally) -> list[Line]:
    """The sums of a box as the lines of a count."""
    return [
        Line(
            item,
            line.votes,
            line.abstained,
            line.void,
            member=None if subject == UNIT else int(subject.removeprefix("m")),
        )
        for (subject, item), line in tally.lines.items()
    ]
