"""Way E: typing a teller's count, signing it, declaring it void, opening it again (N8, N9)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import role_text
from pingyi.appraisals import queries
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine
from pingyi.appraisals.operations.flagging import raise_flags
from pingyi.appraisals.permissions import (
    why_not_change_count,
    why_not_count,
    why_not_reopen_count,
)
from pingyi.appraisals.rules.identities import Figures, Line, Problem, is_void, problems_of
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.rules.pack import BallotForm

SUMS = ("due", "present", "issued", "collected", "valid", "spoilt")


@transaction.atomic
def start_count(
    *, appraisal: Appraisal, form: str, counted_on: date, by: "User | None", now: datetime
) -> Count:
    """Begin a numbered vote on a form; a new number after a void one.

    An open draft is returned as it is, so a retry is safe. Refuses unknown_form, already_counted.
    """
    refuse(why_not_count(by, appraisal, now))
    _form(appraisal, form)
    Appraisal.objects.select_for_update(no_key=True).get(pk=appraisal.pk)
    latest = queries.count_of(appraisal, form)
    if latest is not None and latest.state == CountState.DRAFT:
        return latest
    if latest is not None and latest.state == CountState.SIGNED:
        raise Refusal(_("This vote has been counted and signed."), code="already_counted")
    highest = appraisal.counts.filter(form=form).aggregate(most=Max("number"))["most"] or 0
    count = Count.objects.create(
        appraisal=appraisal,
        form=form,
        number=highest + 1,
        counted_on=counted_on,
        recorded_at=now,
        recorded_by=by,
    )
    _note("appraisal.count_started", count, {"counted_on": counted_on}, by, now)
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
    by: "User | None",
    now: datetime,
) -> Count:
    """Keep a draft as it was typed, even where it does not add up yet.

    Refuses: count_not_draft, unknown_item, unknown_option, unknown_member.
    """
    count = _locked(count)
    refuse(why_not_change_count(by, count, now))
    refuse(_why_not_these(count, lines))
    for name in SUMS:
        setattr(count, name, getattr(figures, name))
    count.scrutineer = scrutineer.strip()
    count.teller = teller.strip()
    count.counted_on = counted_on
    count.recorded_at = now
    count.recorded_by = by
    count.save()
    count.lines.all().delete()
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
    return count


@transaction.atomic
def sign_count(*, count: Count, by: "User | None", now: datetime) -> Count:
    """Sign a draft that adds up; flags are raised at once.

    Refuses: count_not_draft, day_ahead, unsigned (scrutineer or teller not named), same_person
    (both are one), unknown_member (somebody left since the draft was typed), lines_missing,
    identities (with every identity that does not hold), vote_is_void (more collected than issued).
    """
    count = _locked(count)
    refuse(why_not_change_count(by, count, now))
    refuse(why_not_signable(count, now))
    count.state = CountState.SIGNED
    count.signed_at = now
    count.signed_by = by
    count.save()
    raised = raise_flags(count=count, by=by, now=now)
    body = {
        "figures": {name: getattr(count, name) for name in SUMS},
        "lines": [
            {
                "member": line.member,
                "item": line.item,
                "votes": dict(line.votes),
                "abstained": line.abstained,
                "void": line.void,
            }
            for line in queries.lines_of(count)
        ],
        "scrutineer": count.scrutineer,
        "teller": count.teller,
        "flags": [flag.code for flag in raised],
    }
    _note("appraisal.count_signed", count, body, by, now)
    return count


def why_not_signable(count: Count, now: datetime) -> Refusal | None:
    """What still stands between a draft and its signature, all at once."""
    figures, lines = queries.figures_of(count), queries.lines_of(count)
    if is_void(figures):
        return Refusal(
            _(
                "More ballots were collected (%(collected)d) than issued (%(issued)d): the vote is "
                "void and has to be held again."
            )
            % {"collected": figures.collected, "issued": figures.issued},
            code="vote_is_void",
        )
    if count.counted_on > day_of(now):
        return Refusal(
            _("The date %(day)s lies ahead.") % {"day": date_format(count.counted_on)},
            code="day_ahead",
        )
    unable = _why_not_by(count.scrutineer, count.teller) or _why_not_these(count, lines)
    if unable is not None:
        return unable
    missing = _missing_lines(count, lines)
    if missing:
        return Refusal(
            _("Some items have not been counted yet."), code="lines_missing", details=missing
        )
    plan = queries.needed_plan(count.appraisal.round)
    problems = problems_of(
        figures,
        lines,
        self_vote=plan.counting.self_vote,
        blank_counts=queries.blank_counts(plan),
    )
    if not problems:
        return None
    return Refusal(
        _("The figures do not add up yet."),
        code="identities",
        details=[problem_sentence(count, problem) for problem in problems],
    )


@transaction.atomic
def declare_void(*, count: Count, by: "User | None", now: datetime) -> Count:
    """Declare a vote void because more ballots were collected than issued (rulebook §1).

    Refuses: count_not_draft, vote_is_good.
    """
    count = _locked(count)
    refuse(why_not_change_count(by, count, now))
    if not is_void(queries.figures_of(count)):
        raise Refusal(
            _("A vote is void only if more ballots were collected than issued."),
            code="vote_is_good",
        )
    count.state = CountState.VOID
    count.save()
    _note(
        "appraisal.count_void",
        count,
        {"issued": count.issued, "collected": count.collected},
        by,
        now,
    )
    return count


@transaction.atomic
def reopen_count(*, count: Count, reason: str, by: "User | None", now: datetime) -> Count:
    """Open a signed count to correct a typing error; its undecided flags are withdrawn.

    Refuses: count_not_signed, count_decided, not_a_decider, reason_missing.
    """
    count = _locked(count)
    # A decision that is being taken at this moment is waited for.
    list(count.flags.select_for_update(no_key=True))
    refuse(why_not_reopen_count(by, count, now))
    if not reason.strip():
        raise Refusal(_("Say why the count is opened again."), code="reason_missing")
    count.flags.all().delete()
    count.state = CountState.DRAFT
    count.signed_at = None
    count.signed_by = None
    count.save()
    _note("appraisal.count_reopened", count, {"reason": reason.strip()}, by, now)
    return count


def problem_sentence(count: Count, problem: Problem) -> str:
    """An identity that does not hold, with its figures and what to look at."""
    values = {"left": problem.left, "right": problem.right, "line": _line_name(count, problem.line)}
    match problem.code:
        case "present_above_due":
            text = _("Present %(left)d is more than due %(right)d.")
        case "collected_unlike_sum":
            text = _("Collected %(left)d is not valid plus spoilt, %(right)d.")
        case "line_unlike_valid":
            text = _("%(line)s: the answers add up to %(left)d, but %(right)d ballots are valid.")
        case "blank_is_invalid":
            text = _(
                "%(line)s: in this campaign a blank item is invalid; enter the %(left)d "
                "abstentions as void."
            )
        case _:
            text = _("Collected %(left)d is more than issued %(right)d.")
    return text % values


def _line_name(count: Count, line: Line | None) -> str:
    if line is None:
        return ""
    form = _form(count.appraisal, count.form)
    item = next(each.label for each in form.items if each.code == line.item)
    if line.member is None:
        return item
    person = count.appraisal.unit.members.get(pk=line.member)
    return f"{person.name} · {item}"


def _missing_lines(count: Count, lines: Sequence[Line]) -> list[str]:
    form = _form(count.appraisal, count.form)
    typed = {(line.member, line.item) for line in lines}
    graded: Mapping[int | None, str] = {None: ""}
    if form.subject == "member":
        graded = {person.pk: person.name for person in queries.graded_members(count)}
    return [
        f"{name} · {item.label}" if name else item.label
        for key, name in graded.items()
        for item in form.items
        if (key, item.code) not in typed
    ]


def _why_not_by(scrutineer: str, teller: str) -> Refusal | None:
    """Who counts is watched by another person (rulebook 4: both sign the count)."""
    if not scrutineer or not teller:
        return Refusal(_("Name the scrutineer and the teller."), code="unsigned")
    if "".join(scrutineer.split()) == "".join(teller.split()):
        return Refusal(
            _(
                "The scrutineer watches the teller: name two people. Two of one name are told "
                "apart by an addition."
            ),
            code="same_person",
        )
    return None


def _why_not_these(count: Count, lines: Sequence[Line]) -> Refusal | None:
    """Lines about an item, answer or person that the form does not have (any more)."""
    form = _form(count.appraisal, count.form)
    items = {item.code for item in form.items}
    options = {option.code for option in form.options}
    people: set[int | None] = {None}
    if form.subject == "member":
        people = {person.pk for person in queries.graded_members(count)}
    for line in lines:
        if line.item not in items:
            return Refusal(
                _("The form has no item “%(code)s”.") % {"code": line.item}, code="unknown_item"
            )
        if not options.issuperset(line.votes):
            return Refusal(_("The form has no such answer."), code="unknown_option")
        if line.member not in people:
            return Refusal(
                _("This person is not among the members to be appraised here."),
                code="unknown_member",
            )
    return None


def _form(appraisal: Appraisal, code: str) -> "BallotForm":
    plan = queries.needed_plan(appraisal.round)
    found = next((form for form in plan.forms if form.code == code), None)
    if found is None:
        raise Refusal(
            _("This campaign has no ballot form “%(code)s”.") % {"code": code}, code="unknown_form"
        )
    return found


def _locked(count: Count) -> Count:
    # Two people at the same count: the second waits, then finds the state the first one left.
    return (
        Count.objects.select_for_update(of=("self",), no_key=True)
        .select_related("appraisal__unit__campaign", "appraisal__round__campaign")
        .get(pk=count.pk)
    )


def _note(
    kind: str, count: Count, body: Mapping[str, object], by: "User | None", now: datetime
) -> None:
    appraisal = count.appraisal
    ledger.append(
        kind=kind,
        subject=f"{appraisal.unit.code} {appraisal.round.code} {count.form} {count.number}",
        body=body,
        actor_role=role_text(by),
        now=now,
    )
