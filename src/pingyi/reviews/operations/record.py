"""Recording reviews: one, those of a sitting, or thousands, all through one door (N4, N5)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns import queries as campaigns
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import LedgerKind, ReviewPart, SignKind
from pingyi.reviews.models import Review, Sign
from pingyi.reviews.operations.signs import SignsFound
from pingyi.reviews.queries.texts import corpus_for, limits_of, plan_of
from pingyi.reviews.rules.texts import Corpus, FoundSign, Text

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.campaigns.rules.pack import ReviewPlan
    from pingyi.reviews.models import Meeting

BATCH = 1_000
LONGEST_PLACE = 100
LONGEST_PART = 4_000

Signs = Mapping[int, Sequence[FoundSign]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """A review to be recorded: of a unit or of a participant."""

    reviewer: "Participant"
    unit: "Unit | None" = None
    participant: "Participant | None" = None
    form: str
    held_on: date
    place: str
    themes: tuple[str, ...] = ()
    achievements: str = ""
    problems: str = ""
    direction: str = ""

    @property
    def subject(self) -> str:
        """Name of the unit or person, as pages write it."""
        return str(self.unit or self.participant)

    @property
    def name(self) -> str:
        """The bare name, as texts say it."""
        about = self.unit or self.participant
        return about.name if about is not None else ""

    @property
    def counted_in(self) -> "Unit | None":
        """The unit itself, or the one that the person is counted in."""
        return self.unit if self.participant is None else self.participant.unit

    @property
    def parts(self) -> dict[str, str]:
        """The three parts by their codes."""
        return {part: getattr(self, part).strip() for part in ReviewPart.values}


def record_review(
    *,
    round_: "Round",
    reviewer: "Participant",
    unit: "Unit | None" = None,
    participant: "Participant | None" = None,
    form: str,
    held_on: date,
    place: str,
    themes: Sequence[str] = (),
    achievements: str,
    problems: str,
    direction: str,
    meeting: "Meeting | None" = None,
    accept_signs: bool = False,
    by: Actor,
    now: datetime,
) -> Review:
    """Record one review of a unit or a person; the very same one twice is one, so a retry is safe.

    Raises SignsFound (`signs`) where a part is empty, thin or copied and `accept_signs` is off;
    refuses a round that is not open, a day outside the campaign, an unknown form or theme, and
    whoever may not record it.
    """
    new = NewReview(
        reviewer=reviewer,
        unit=unit,
        participant=participant,
        form=form,
        held_on=held_on,
        place=place,
        themes=tuple(themes),
        achievements=achievements,
        problems=problems,
        direction=direction,
    )
    return record_many(
        round_=round_, reviews=[new], meeting=meeting, accept_signs=accept_signs, by=by, now=now
    )[0]


@transaction.atomic
def record_many(
    *,
    round_: "Round",
    reviews: Sequence[NewReview],
    meeting: "Meeting | None" = None,
    accept_signs: bool = False,
    by: Actor,
    now: datetime,
) -> list[Review]:
    """Record many reviews at once, all or none, with one ledger line each; thousands in seconds.

    The checks are those of `record_review`; each text is compared with the earlier ones too.
    """
    # Read again and held: a round that is just being closed takes no more reviews.
    round_ = campaigns.round_held(round_)
    plan = plan_of(round_.campaign)
    if plan is None:
        raise Refusal(_("This campaign has no reviews."), code="no_reviews")
    reviews = _locked(reviews)
    _refuse_wrong(plan, round_, reviews, by, now)
    if len(reviews) == 1 and (same := _recorded_already(round_, reviews[0])) is not None:
        return [same]
    signs = _signs_of(plan, round_, reviews)
    if signs and not accept_signs:
        raise SignsFound(_found(), signs=signs, details=_sentences(plan, reviews, signs))
    rows = Review.objects.bulk_create(
        [
            _row(round_, new, meeting, by, now, has_signs=at in signs)
            for at, new in enumerate(reviews)
        ],
        batch_size=BATCH,
    )
    marks = Sign.objects.bulk_create(
        [_sign(rows, at, sign) for at, found in signs.items() for sign in found], batch_size=BATCH
    )
    marks_of: dict[int, list[Sign]] = defaultdict(list)
    for mark in marks:
        marks_of[mark.review_id].append(mark)
    signed = signature(by)
    ledger.append_many(
        [
            ledger.Line(
                kind=LedgerKind.RECORDED,
                subject=f"review:{row.pk}",
                body=_body(new, round_, found),
                rows=[row, *marks_of[row.pk]],
                by=signed,
                now=now,
            )
            for row, new, found in zip(
                rows, reviews, (signs.get(at, ()) for at in range(len(rows))), strict=True
            )
        ]
    )
    return rows


def _recorded_already(round_: "Round", new: NewReview) -> Review | None:
    """The very same review: sent once more, it is not recorded once more."""
    that_day = Review.objects.standing().filter(
        round=round_,
        reviewer=new.reviewer,
        unit=new.unit,
        participant=new.participant,
        held_on=new.held_on,
    )
    # None or one; a question that names the texts as well would take longer to put.
    said = {
        "form": new.form,
        "place": new.place.strip(),
        "themes": list(new.themes),
        **new.parts,
    }
    same = (
        row for row in that_day if all(getattr(row, name) == told for name, told in said.items())
    )
    return next(same, None)


def _found() -> str:
    return _(
        "Some texts look empty, thin or copied. Mend them, or save anyway: the signs are kept "
        "beside the review."
    )


def _locked(reviews: Sequence[NewReview]) -> list[NewReview]:
    """With the people and units as they are now. What is recorded by one leader, or at one unit,
    comes one after the other: those texts are compared. All else goes on beside it.
    """
    named = [person for new in reviews for person in (new.reviewer, new.participant)]
    people = campaigns.people_locked(person.pk for person in named if person is not None)
    subjects = [people[new.participant.pk] for new in reviews if new.participant is not None]
    places = [person.unit_id for person in subjects]
    places += [new.unit.pk for new in reviews if new.unit is not None]
    units = campaigns.units_locked(place for place in places if place is not None)
    return [
        replace(
            new,
            reviewer=people[new.reviewer.pk],
            participant=people[new.participant.pk] if new.participant is not None else None,
            unit=units[new.unit.pk] if new.unit is not None else None,
        )
        for new in reviews
    ]


def _refuse_wrong(
    plan: "ReviewPlan",
    round_: "Round",
    reviews: Sequence[NewReview],
    by: Actor,
    now: datetime,
) -> None:
    """Raise the one refusal, or one that lists them with the names."""
    refuse(permissions.why_not_in_round(round_))
    recording = permissions.Recording(
        by,
        round_,
        [new.reviewer for new in reviews],
        [(new.unit, new.participant) for new in reviews],
    )
    days = {
        day: permissions.why_not_held_on(round_, day, now)
        for day in {new.held_on for new in reviews}
    }
    found = [
        (new, reason)
        for new in reviews
        if (
            reason := recording.why_not(new.reviewer, new.unit, new.participant)
            or days[new.held_on]
            or _why_not_said(plan, new)
        )
    ]
    if len(reviews) == 1 and found:
        raise found[0][1]
    if found:
        raise Refusal(
            _("%(count)d of the reviews cannot be saved.") % {"count": len(found)},
            code=found[0][1].code,
            details=[f"{new.subject}: {reason}" for new, reason in found],
        )


def _why_not_said(plan: "ReviewPlan", new: NewReview) -> Refusal | None:
    """Form, themes and place as the pack and the table hold them."""
    if new.form not in {choice.code for choice in plan.forms}:
        return Refusal(_("Choose a form of review."), code="unknown_form")
    unknown = set(new.themes) - {choice.code for choice in plan.themes}
    if unknown:
        return Refusal(
            _("Unknown theme: %(theme)s.") % {"theme": ", ".join(sorted(unknown))},
            code="unknown_theme",
        )
    has_place = next(form.has_place for form in plan.forms if form.code == new.form)
    if has_place and not new.place.strip():
        return Refusal(_("Say where the review took place."), code="place_missing")
    if len(new.place.strip()) > LONGEST_PLACE:
        return Refusal(
            _("The place is longer than %(limit)d characters.") % {"limit": LONGEST_PLACE},
            code="place_too_long",
        )
    if any(len(text) > LONGEST_PART for text in new.parts.values()):
        return Refusal(
            _("A part is longer than %(limit)d characters.") % {"limit": LONGEST_PART},
            code="part_too_long",
        )
    return None


def _signs_of(
    plan: "ReviewPlan", round_: "Round", reviews: Sequence[NewReview]
) -> dict[int, list[FoundSign]]:
    """Signs by place in the list; each text is compared with those of the table and before it."""
    texts = [_text(at, new) for at, new in enumerate(reviews)]
    corpus: Corpus = corpus_for(
        round_.campaign,
        limits_of(plan),
        {text.reviewer_id for text in texts},
        {text.unit_id for text in texts if text.unit_id is not None},
    )
    signs: dict[int, list[FoundSign]] = {}
    for at, text in enumerate(texts):
        found = corpus.signs(text)
        if found:
            signs[at] = found
        corpus.add(text)
    return signs


def _text(at: int, new: NewReview) -> Text:
    unit_id = new.counted_in.pk if new.counted_in else None
    return Text(("new", at), new.reviewer.pk, unit_id, new.name, new.parts)


def _sentences(plan: "ReviewPlan", reviews: Sequence[NewReview], signs: Signs) -> list[str]:
    return [
        _("%(subject)s, %(part)s: %(sign)s")
        % {
            "subject": reviews[at].subject,
            "part": getattr(plan, sign.part).label,
            "sign": SignKind(sign.kind).label,
        }
        for at, found in signs.items()
        for sign in found
    ]


def _row(
    round_: "Round",
    new: NewReview,
    meeting: "Meeting | None",
    by: Actor,
    now: datetime,
    *,
    has_signs: bool,
) -> Review:
    return Review(
        round=round_,
        reviewer=new.reviewer,
        unit=new.unit,
        participant=new.participant,
        counted_in=new.counted_in,
        has_signs=has_signs,
        meeting=meeting,
        form=new.form,
        held_on=new.held_on,
        place=new.place.strip(),
        themes=list(new.themes),
        recorded_at=now,
        recorded_by=by,
        **new.parts,
    )


def _sign(rows: Sequence[Review], at: int, sign: FoundSign) -> Sign:
    similar = rows[sign.similar_to[1]].pk if isinstance(sign.similar_to, tuple) else sign.similar_to
    return Sign(
        review=rows[at],
        kind=sign.kind,
        part=sign.part,
        similar_to_id=similar if isinstance(similar, int) else None,
        likeness=sign.likeness,
    )


def _body(new: NewReview, round_: "Round", signs: Sequence[FoundSign]) -> dict[str, object]:
    place = new.counted_in
    return {
        "round": round_.code,
        "reviewer": new.reviewer.shown_name,
        "subject": new.subject,
        "unit": place.code if place else "",
        "form": new.form,
        "held_on": new.held_on,
        "place": new.place.strip(),
        "themes": list(new.themes),
        **new.parts,
        "signs": dict(Counter(str(sign.kind) for sign in signs)),
    }
