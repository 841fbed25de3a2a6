"""Opening a campaign from a pack, and closing it (N3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor
from pingyi.campaigns import permissions
from pingyi.campaigns.enums import CampaignState, LedgerKind
from pingyi.campaigns.models import (
    Campaign,
    Deadline,
    PackCopy,
    ParticipantCharge,
    ParticipantPost,
    Round,
)
from pingyi.campaigns.operations.freezing import freeze
from pingyi.campaigns.operations.record import locked_campaign, write_line
from pingyi.campaigns.queries.freezing import Source, source_on
from pingyi.campaigns.queries.packs import (
    known_pack,
    known_packs,
    problem_sentence,
    register_problems,
)
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.reading import snapshot
from pingyi.campaigns.rules.themes import with_themes
from pingyi.campaigns.rules.tree import MOST_LEVELS, TooDeep
from pingyi.core import statistics
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger.operations import Rows
from pingyi.organizations import queries as ground

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization

# Words of addresses beside which a campaign of that code could not be reached.
RESERVED = frozenset({"open", "packs"})
# How the codes begin that cancelled campaigns have.
CANCELLED = "cancelled-"
RoundDates = Mapping[str, tuple[date, date]]
DueDates = Mapping[tuple[str, str], date]


@transaction.atomic
def open_campaign(
    *,
    code: str,
    name: str,
    pack_code: str,
    root: "Organization",
    cut_off_on: date,
    by: Actor,
    now: datetime,
    dates: RoundDates | None = None,
    due: DueDates | None = None,
    themes: Sequence[str] | None = None,
) -> Campaign:
    """Open a campaign and freeze its universe as it stood on the cut-off date (N3).

    `dates` are the days of rounds by code, `due` the deadlines by (round, tier), where they differ
    from the pack's, `themes` those that reviews may name, where they are others. Refuses a code
    that is taken or malformed, an unknown or wrong pack, a cut-off in the future, and an
    organization that did not exist on that day.
    """
    refuse(permissions.why_not_open_campaign(by, root, cut_off_on))
    if cut_off_on > day_of(now):
        raise Refusal(
            _("The cut-off date %(day)s is in the future. Choose today or an earlier day.")
            % {"day": date_format(cut_off_on)},
            code="cut_off_in_future",
        )
    pack = _usable_pack(pack_code)
    if themes is not None:
        pack = with_themes(pack, themes)
    content, pack_hash = snapshot(pack)
    campaign = Campaign(
        code=code,
        name=name,
        pack_code=pack.code,
        pack_hash=pack_hash,
        root=root,
        cut_off_on=cut_off_on,
        state=CampaignState.OPEN,
        created_at=now,
        created_by=by,
        opened_at=now,
        opened_by=by,
    )
    _save_new(campaign)
    PackCopy.objects.create(campaign=campaign, content=content)
    _plan_rounds(campaign, pack, dates or {}, due or {})
    counts = freeze(campaign, _source(root, cut_off_on, pack))
    body = {
        "name": name,
        "pack": pack.code,
        "pack_hash": pack_hash,
        "root": root.code,
        "cut_off_on": cut_off_on,
        "frozen": counts,
    }
    write_line(LedgerKind.CAMPAIGN_OPENED, campaign, body, by, now, rows=_all_of(campaign))
    statistics.refresh_after_commit()
    return campaign


def _all_of(campaign: Campaign) -> list[Model | Rows]:
    """Every row with which a campaign begins: its pack, its rounds, its frozen universe."""

    def keys(rows: QuerySet[Any]) -> Rows:
        return Rows(rows.model, list(rows.values_list("pk", flat=True)))

    return [
        campaign,
        campaign.pack_copy,
        keys(campaign.rounds.all()),
        keys(Deadline.objects.filter(round__campaign=campaign)),
        keys(campaign.units.all()),
        keys(campaign.participants.all()),
        keys(ParticipantPost.objects.filter(unit__campaign=campaign)),
        keys(ParticipantCharge.objects.filter(unit__campaign=campaign)),
    ]


def _usable_pack(code: str) -> Pack:
    info = known_pack(code)
    if info is None:
        raise Refusal(
            _("There is no pack “%(code)s”. Packs: %(packs)s.")
            % {"code": code, "packs": ", ".join(found.code for found in known_packs())},
            code="unknown_pack",
        )
    problems = list(info.problems)
    if info.pack is not None:
        problems = [problem_sentence(p) for p in register_problems(info.pack)]
        if not problems:
            return info.pack
    raise Refusal(
        _("The pack “%(code)s” cannot be used.") % {"code": code},
        code="wrong_pack",
        details=problems,
    )


def _save_new(campaign: Campaign) -> None:
    """Save a campaign whose code is free and well formed."""
    is_reserved = campaign.code in RESERVED or campaign.code.startswith(CANCELLED)
    if is_reserved or Campaign.objects.filter(code=campaign.code).exists():
        raise Refusal(
            _("The code “%(code)s” is taken. Choose another code.") % {"code": campaign.code},
            code="code_taken",
        )
    try:
        named = {"code", "name"}
        campaign.clean_fields(exclude={field.name for field in Campaign._meta.fields} - named)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), code="invalid") from None
    campaign.save()


def _source(root: "Organization", on: date, pack: Pack) -> Source:
    try:
        source = source_on(root, on, pack)
    except TooDeep:
        raise Refusal(
            _("The tree below %(root)s has more than %(levels)d levels.")
            % {"root": root.name, "levels": MOST_LEVELS},
            code="too_deep",
        ) from None
    if not source.members:
        raise Refusal(_why_empty(root, cut_off_on=on), code="empty_tree")
    return source


def _why_empty(root: "Organization", *, cut_off_on: date) -> str:
    """Why there is nothing to freeze on that day, and which day would do."""
    first = ground.first_day_with_members(root, cut_off_on)
    said = {"day": date_format(cut_off_on), "root": root.name}
    if first is None:
        return _("On %(day)s %(root)s has no members, so there is nothing to freeze.") % said
    said |= {"begun": date_format(root.valid_from), "first": date_format(first)}
    if root.valid_from > cut_off_on:
        return (
            _(
                "In the register %(root)s begins on %(begun)s, after the cut-off date %(day)s. "
                "Choose %(first)s or a later day, or correct the day on which it begins."
            )
            % said
        )
    return (
        _(
            "On %(day)s no organization with members stood below %(root)s in the register; it has "
            "members from %(first)s on. Choose a cut-off date from then on, or correct the days "
            "on which the organizations begin."
        )
        % said
    )


def _plan_rounds(campaign: Campaign, pack: Pack, dates: RoundDates, due: DueDates) -> None:
    """The rounds and deadlines of the pack, with the days given instead."""
    tiers = {(plan.round, plan.tier) for plan in pack.deadlines}
    known = {plan.code for plan in pack.rounds}
    unknown = sorted(set(dates) - known) + sorted(".".join(key) for key in set(due) - tiers)
    if unknown:
        raise Refusal(
            _("The pack has no such round or deadline: %(names)s.") % {"names": ", ".join(unknown)},
            code="unknown_round",
        )
    rounds: dict[str, Round] = {}
    for position, plan in enumerate(pack.rounds, start=1):
        opens_on, closes_on = dates.get(plan.code, (plan.opens_on, plan.closes_on))
        check_days(plan.name, opens_on, closes_on)
        rounds[plan.code] = Round(
            campaign=campaign,
            code=plan.code,
            name=plan.name,
            position=position,
            opens_on=opens_on,
            closes_on=closes_on,
        )
    Round.objects.bulk_create(rounds.values())
    Deadline.objects.bulk_create(
        Deadline(
            round=rounds[plan.round],
            tier=plan.tier,
            name=plan.name,
            due_on=due.get((plan.round, plan.tier), plan.due_on),
        )
        for plan in pack.deadlines
    )


def check_days(name: str, opens_on: date, closes_on: date) -> None:
    """Refuses a round that closes before it opens."""
    if closes_on < opens_on:
        raise Refusal(
            _("“%(round)s” must close on or after the day it opens.") % {"round": name},
            code="closes_before_it_opens",
        )


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Actor, now: datetime) -> Campaign:
    """Close a campaign for good. Refuses while a round is not closed."""
    campaign = locked_campaign(campaign)
    refuse(permissions.why_not_close_campaign(by, campaign))
    campaign.state = CampaignState.CLOSED
    campaign.closed_at = now
    campaign.closed_by = by
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    write_line(LedgerKind.CAMPAIGN_CLOSED, campaign, {}, by, now, rows=[campaign])
    return campaign
