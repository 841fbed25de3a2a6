"""A vote by slips in a sealed box: prepared, opened, closed, counted, or void (N8, N9).

The box lies in another database. Each deed writes here first and moves the box last; broken off
between the two, it is done again: a box that is there already is as good as one that comes there.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.appraisals.enums import LedgerKind
from pingyi.appraisals.models import Count, Opinion, SealedVote
from pingyi.appraisals.operations.beginning import begun
from pingyi.appraisals.operations.counts import note, write_lines
from pingyi.appraisals.permissions.counts import why_not_start_count
from pingyi.appraisals.permissions.sealed import (
    K,
    why_not_close,
    why_not_count_box,
    why_not_move,
    why_not_open,
    why_not_prepare,
)
from pingyi.appraisals.permissions.units import why_not_record
from pingyi.appraisals.queries.boxes import Box, box_of
from pingyi.appraisals.queries.counts import count_of
from pingyi.appraisals.queries.pages import panel_sums
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.sealed import lines_of_tally, sealed_form, sealed_vote
from pingyi.ballots import operations as boxes
from pingyi.ballots.enums import BoxDeed, BoxState
from pingyi.ballots.queries import opinions_of_box, state_of_box
from pingyi.ballots.rules.boards import Board
from pingyi.ballots.rules.counting import tally
from pingyi.ballots.rules.slips import key_of, new_code, public_bytes
from pingyi.campaigns import queries as campaigns
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

MOST_OPINION = 300


@transaction.atomic
def prepare_vote(
    *, round_: "Round", unit: "Unit", box: Box, slips: int, by: Actor, now: datetime
) -> tuple[SealedVote, list[str]]:
    """Make a box with so many slips, and their codes, which are kept nowhere: print them at once.

    The mark of the box stands in the ledger before any slip is handed out. Refuses what
    start_count refuses, box_stands, counted_by_hand, nobody_judged, number_of_slips.
    """
    round_ = campaigns.round_held(round_)
    refuse(why_not_record(by, round_, unit))
    appraisal = begun(round_, unit, by, now)
    refuse(why_not_prepare(by, round_, unit, box, slips))
    latest = sealed_vote(appraisal, box)
    box_id = boxes.new_box_id()
    codes = [new_code() for _ in range(slips)]
    plan = needed_plan(round_)
    manifest = boxes.prepare(
        box=box_id,
        title=f"{unit.name} · {round_.campaign.name}{round_.name}",
        form=sealed_form(box, unit),
        roll=slips,
        k=K,
        slip_keys=[public_bytes(key_of(code, box_id)) for code in codes],
        blank=plan.counting.blank,
        straight_line=plan.counting.straight_line,
        opinion=MOST_OPINION if box.form.opinions_label else 0,
    )
    form, stratum = box.key
    vote = SealedVote.objects.create(
        appraisal=appraisal,
        form=form,
        stratum=stratum,
        number=latest.number + 1 if latest is not None else 1,
        box=box_id,
        fingerprint=manifest.hash,
        printed=slips,
        prepared_at=now,
        prepared_by=by,
    )
    body = {"box": box_id, "manifest": manifest.hash, "slips": slips}
    note(LedgerKind.BOX_PREPARED, vote, body, by, now, rows=[appraisal, vote])
    return vote, codes


@transaction.atomic
def open_vote(*, vote: SealedVote, by: Actor, now: datetime) -> SealedVote:
    """Let the box take ballots. Refuses: not_a_recorder, box_open, vote_void, vote_counted."""
    vote = _locked(vote)
    refuse(why_not_open(by, vote))
    vote.opened_at, vote.opened_by = now, by
    vote.save()
    note(LedgerKind.BOX_OPENED, vote, {"manifest": vote.fingerprint}, by, now, rows=[vote])
    _bring(vote, BoxDeed.OPEN, BoxState.OPEN)
    return vote


@transaction.atomic
def close_vote(
    *, vote: SealedVote, handed_out: int, unused: int, spoiled: int, by: Actor, now: datetime
) -> SealedVote:
    """Take no more ballots; every slip is accounted for. Refuses: not_a_recorder, box_not_open,
    slips (they do not add up), vote_void, vote_counted.
    """
    vote = _locked(vote)
    refuse(why_not_close(by, vote, (handed_out, unused, spoiled)))
    vote.handed_out, vote.unused, vote.spoiled = handed_out, unused, spoiled
    vote.closed_at, vote.closed_by = now, by
    vote.save()
    body = {"printed": vote.printed, "handed_out": handed_out, "unused": unused, "spoiled": spoiled}
    note(LedgerKind.BOX_CLOSED, vote, body, by, now, rows=[vote])
    _bring(vote, BoxDeed.CLOSE, BoxState.CLOSED)
    return vote


@transaction.atomic
def count_vote(*, vote: SealedVote, by: Actor, now: datetime) -> SealedVote:
    """Count a closed box and put its sums into the count of the ballot, which is then signed; the
    opinions into those of the appraisal. Fewer ballots than k are counted and not shown.

    Refuses: not_a_recorder, box_not_closed, vote_void, vote_counted, and what start_count refuses.
    """
    vote = _locked(vote)
    refuse(why_not_count_box(by, vote))
    board = boxes.count(box=vote.box)
    vote.counted_at, vote.counted_by = now, by
    rows: list[Model] = [vote]
    if board.tally is not None:
        vote.count = _counted(vote, board, by, now)
        rows += [vote.count, *_opinions(vote, by, now)]
    vote.save()
    body = {"ballots": len(board.ballots), "root": board.root.hex(), "tally": board.tally}
    note(LedgerKind.BOX_COUNTED, vote, body, by, now, rows=rows)
    # Its board is for everybody from here on; what is announced is the count, once it is signed.
    _bring(vote, BoxDeed.PUBLISH, BoxState.PUBLISHED)
    return vote


@transaction.atomic
def void_vote(*, vote: SealedVote, reason: str, by: Actor, now: datetime) -> SealedVote:
    """Declare a vote void before it is counted; the next one has the next number.

    Refuses: not_a_recorder, vote_void, vote_counted, reason_missing.
    """
    vote = _locked(vote)
    refuse(why_not_move(by, vote))
    if not reason.strip():
        raise Refusal(_("Say why the vote is void."), code="reason_missing")
    vote.voided_at, vote.voided_by = now, by
    vote.save()
    note(LedgerKind.BOX_VOID, vote, {"reason": reason.strip()}, by, now, rows=[vote])
    _bring(vote, BoxDeed.VOID, BoxState.VOID)
    return vote


def _counted(vote: SealedVote, board: Board, by: Actor, now: datetime) -> Count:
    """The draft of the count, with the sums of the box; its beginning stands in the line of the
    box. Refuses what start_count refuses.
    """
    appraisal, box = vote.appraisal, box_of(vote)
    refuse(why_not_start_count(by, appraisal.round, appraisal.unit, *box.key))
    sums = tally((ballot.core.answers for ballot in board.ballots), board.manifest)
    panel, latest = panel_sums(appraisal, box.stratum), count_of(appraisal, *box.key)
    count = Count.objects.create(
        appraisal=appraisal,
        form=vote.form,
        stratum=vote.stratum,
        number=latest.number + 1 if latest is not None else 1,
        counted_on=day_of(now),
        due=panel.due if panel else vote.handed_out,
        present=panel.present if panel else vote.handed_out,
        issued=vote.handed_out,
        collected=sums.collected,
        valid=sums.valid,
        spoilt=sums.spoilt,
        recorded_at=now,
        recorded_by=by,
    )
    write_lines(count, lines_of_tally(sums))
    return count


def _opinions(vote: SealedVote, by: Actor, now: datetime) -> Sequence[Opinion]:
    return Opinion.objects.bulk_create(
        Opinion(appraisal=vote.appraisal, text=text, recorded_at=now, recorded_by=by)
        for text in opinions_of_box(vote.box)
    )


def _bring(vote: SealedVote, deed: BoxDeed, state: BoxState) -> None:
    """The box comes to a state, or is there since a deed that was broken off."""
    if state_of_box(vote.box) != state:
        boxes.move(box=vote.box, deed=deed)


def _locked(vote: SealedVote) -> SealedVote:
    # Two people at the same box: the second waits, then finds what the first one did.
    campaigns.round_held(vote.appraisal.round)
    return (
        SealedVote.objects.select_for_update(of=("self",), no_key=True)
        .select_related("appraisal__unit__campaign", "appraisal__round__campaign")
        .get(pk=vote.pk)
    )
