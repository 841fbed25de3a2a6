"""Way E: typing a teller's count, signing it, declaring it void, opening it again (N8, N9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.appraisals.enums import CountState, LedgerKind
from pingyi.appraisals.models import Count, CountLine, Flag
from pingyi.appraisals.operations.beginning import alone, begun
from pingyi.appraisals.operations.flagging import raise_flags
from pingyi.appraisals.permissions.counts import (
    why_not_declare_void,
    why_not_reopen_count,
    why_not_save_count,
    why_not_sign_count,
    why_not_start_count,
)
from pingyi.appraisals.permissions.units import why_not_record
from pingyi.appraisals.permissions.versions import why_not_over, why_not_sign_unseen
from pingyi.appraisals.queries.boxes import box_of
from pingyi.appraisals.queries.counts import count_of, lines_of
from pingyi.appraisals.queries.results import flags_resting_on
from pingyi.appraisals.rules.identities import SUMS, Figures, Line, Typed
from pingyi.campaigns import queries as campaigns
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.appraisals.models import SealedVote
    from pingyi.campaigns.models import Round, Unit


@transaction.atomic
def start_count(
    *,
    round_: "Round",
    unit: "Unit",
    form: str,
    counted_on: date,
    stratum: str = "",
    by: Actor,
    now: datetime,
) -> Count:
    """Begin a numbered vote on a form, or of one stratum where they are counted apart, and the
    appraisal where nothing comes before the vote; a new number after a void one.

    An open draft is returned as it is, so a retry is safe. Refuses: unknown_form, form_of_others,
    unknown_stratum, already_counted, no_count, stage_too_early, not_a_recorder, round_not_open.
    """
    # Two people begin the same vote: the second waits, then finds the draft of the first.
    round_ = campaigns.round_held(round_)
    refuse(why_not_record(by, round_, unit))
    appraisal = begun(round_, unit, by, now)
    refuse(why_not_start_count(by, round_, unit, form, stratum))
    latest = count_of(appraisal, form, stratum)
    if latest is not None and latest.state == CountState.DRAFT:
        return latest
    count = Count.objects.create(
        appraisal=appraisal,
        form=form,
        stratum=stratum,
        number=latest.number + 1 if latest is not None else 1,
        counted_on=counted_on,
        recorded_at=now,
        recorded_by=by,
    )
    note(
        LedgerKind.COUNT_STARTED,
        count,
        {"counted_on": counted_on},
        by,
        now,
        rows=[appraisal, count],
    )
    return count


@transaction.atomic
def save_count(
    *,
    count: Count,
    figures: Figures,
    lines: Sequence[Line],
    scrutineer: str,
    teller: str,
    counted_on: date,
    seen: str = "",
    by: Actor,
    now: datetime,
) -> Count:
    """Keep a draft as it was typed, even where it does not add up yet.

    `seen` is the version it was begun from (rules.identities.Typed.seen), where there was one.
    Refuses: count_not_draft, unknown_item, unknown_option, unknown_member, and changed_meanwhile
    where somebody else has typed something different since, with what differs.
    """
    count = _locked(count)
    refuse(why_not_save_count(by, count, lines))
    typed = Typed(
        count.number, figures, lines, scrutineer.strip(), teller.strip(), counted_on.isoformat()
    )
    refuse(why_not_over(by, count, typed, seen))
    for name in SUMS:
        setattr(count, name, getattr(figures, name))
    count.scrutineer = scrutineer.strip()
    count.teller = teller.strip()
    count.counted_on = counted_on
    count.recorded_at = now
    count.recorded_by = by
    count.save()
    count.lines.all().delete()
    write_lines(count, lines)
    return count


def write_lines(count: Count, lines: Sequence[Line]) -> None:
    """The lines of a draft."""
    CountLine.objects.bulk_create(
        (
            CountLine(
                count=count,
                participant_id=line.member,
                item=line.item,
                votes=dict(line.votes),
                abstained=line.abstained,
                void=line.void,
            )
            for line in lines
        ),
        batch_size=500,
    )


@transaction.atomic
def sign_count(*, count: Count, seen: str = "", by: Actor, now: datetime) -> Count:
    """Sign a draft that adds up; flags are raised at once.

    `seen` is the version that whoever signs has before their eyes.
    Refuses: count_not_draft, changed_meanwhile (it is another one by now), day_ahead, unsigned
    (scrutineer or teller not named), same_person (both are one), unknown_member (somebody left
    since the draft was typed), lines_missing, identities (with every identity that does not hold),
    vote_is_void (more collected than issued).
    """
    count = _locked(count, ends_a_stage=True)
    refuse(why_not_sign_unseen(count, seen) or why_not_sign_count(by, count, now))
    count.state = CountState.SIGNED
    count.signed_at = now
    count.signed_by = by
    count.save()
    raised = raise_flags(count=count, by=by, now=now)
    body = {
        "figures": {name: getattr(count, name) for name in SUMS},
        "lines": [asdict(line) for line in lines_of(count)],
        "scrutineer": count.scrutineer,
        "teller": count.teller,
        "flags": [flag.code for flag in raised],
    }
    note(LedgerKind.COUNT_SIGNED, count, body, by, now, rows=[count, *count.lines.all(), *raised])
    return count


@transaction.atomic
def declare_void(*, count: Count, by: Actor, now: datetime) -> Count:
    """Declare a vote void because more ballots were collected than issued (rulebook §1).

    Refuses: count_not_draft, vote_is_good.
    """
    count = _locked(count)
    refuse(why_not_declare_void(by, count))
    count.state = CountState.VOID
    count.save()
    note(
        LedgerKind.COUNT_VOID,
        count,
        {"issued": count.issued, "collected": count.collected},
        by,
        now,
        rows=[count, *count.lines.all()],
    )
    return count


@transaction.atomic
def reopen_count(*, count: Count, reason: str, by: Actor, now: datetime) -> Count:
    """Open a signed count to correct a typing error: its figures as a draft, to be signed again.

    The row that was signed stays as it was; the undecided flags that rest on it are withdrawn.
    Refuses: count_not_signed, count_decided, not_a_decider, reason_missing.
    """
    count = _locked(count, ends_a_stage=True)
    # A decision that is being taken at this moment is waited for.
    resting = flags_resting_on(count).select_for_update(of=("self",), no_key=True)
    flags = ledger.Rows(Flag, list(resting.values_list("pk", flat=True)))
    refuse(why_not_reopen_count(by, count))
    if not reason.strip():
        raise Refusal(_("Say why the count is opened again."), code="reason_missing")
    Flag.objects.filter(pk__in=flags.keys).delete()
    count.state = CountState.REOPENED
    count.reopened_at = now
    count.reopened_by = by
    count.save()
    draft = Count.objects.create(
        appraisal=count.appraisal,
        form=count.form,
        stratum=count.stratum,
        number=count.number,
        counted_on=count.counted_on,
        scrutineer=count.scrutineer,
        teller=count.teller,
        recorded_at=count.recorded_at,
        recorded_by=count.recorded_by,
        **{name: getattr(count, name) for name in SUMS},
    )
    write_lines(draft, lines_of(count))
    rows: list[Model | ledger.Rows] = [count, *count.lines.all(), flags, draft]
    note(LedgerKind.COUNT_REOPENED, draft, {"reason": reason.strip()}, by, now, rows=rows)
    return draft


def _locked(count: Count, *, ends_a_stage: bool = False) -> Count:
    # Two people at the same count: the second waits, then finds the state the first one left.
    campaigns.round_held(count.appraisal.round)
    if ends_a_stage:
        alone(count.appraisal)
    return (
        Count.objects.select_for_update(of=("self",), no_key=True)
        .select_related("appraisal__unit__campaign", "appraisal__round__campaign")
        .get(pk=count.pk)
    )


def note(
    kind: LedgerKind,
    vote: "Count | SealedVote",
    body: Mapping[str, object],
    by: Actor,
    now: datetime,
    *,
    rows: Iterable[Model | ledger.Rows],
) -> None:
    """The line of a deed on a numbered vote, counted by hand or in a sealed box."""
    appraisal = vote.appraisal
    ledger.append(
        kind=kind,
        subject=f"{appraisal.unit.code} {appraisal.round.code} {box_of(vote).code} {vote.number}",
        body=body,
        rows=rows,
        by=signature(by),
        now=now,
    )
