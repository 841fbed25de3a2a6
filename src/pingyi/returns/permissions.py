"""Who may read the statistical tables, fills them in, sends them up and answers them (N12)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import open_grants
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.permissions import holds
from pingyi.campaigns.queries import pack_of, scopes
from pingyi.core.refusals import Refusal
from pingyi.returns.enums import BatchState, ReturnDeed, ReturnState
from pingyi.returns.queries.imprint import first_day
from pingyi.returns.queries.returns import owes, owing_below
from pingyi.returns.queries.sentences import day_words, foot_sentence, no_such_table
from pingyi.returns.rules.cells import explains
from pingyi.returns.rules.foot import LEAST_DIGITS, LONGEST, wrong_day, wrong_in_line
from pingyi.returns.rules.workflow import STEPS, Side

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.accounts.queries import Actor
    from pingyi.campaigns.models import Campaign, Round, Unit
    from pingyi.returns.models import Batch


MOST_OF_A_REASON = 300
MOST_OF_AN_EXTENSION = timedelta(days=366)


def why_not_read_tables(actor: "User", unit: "Unit") -> Refusal | None:
    """Members see their own records, not the tables: behind a figure stand other people."""
    if holds(actor, unit, Right.READ_TABLES):
        return None
    return Refusal(
        _("The tables are open to the office, clerks, secretaries and inspectors of this unit."),
        code="not_a_reader_of_tables",
    )


def why_not_fill_in(actor: "Actor", unit: "Unit") -> Refusal | None:
    """Day, names and telephone are written by whoever fills in the tables of the unit itself, as
    its figures are; of a unit that reports none, by whoever does so above it. After the round as
    well, whose tables are due then; until the campaign is closed.
    """
    if unit.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if not owes(unit):
        is_mine = holds(actor, unit, Right.FILL_IN_TABLES)
    else:
        is_mine = side_of(actor, unit, Side.SENDER)
    if is_mine:
        return None
    return Refusal(
        _("Head and foot of the tables are filled in by the clerk or office of the unit itself."),
        code="not_a_filler",
    )


def side_of(actor: "Actor", unit: "Unit", side: Side) -> bool:
    """Whether the actor stands on a side of the unit's returns.

    The sender is whoever fills in the tables of this very unit; the receiver does so for one above
    it. Nobody above fills in, changes or sends what a unit reports (N12), nor who has a role above
    the top of the tree. What the top sends may go to another place: its own office answers as well.
    """
    if actor is None:
        return True
    roles = Right.FILL_IN_TABLES.roles
    if side is Side.SENDER:
        return any(
            grant.role in roles and grant.organization_id == unit.organization_id
            for grant in open_grants(actor)
        )
    above = [scope.path for scope in scopes(actor, unit.campaign) if scope.role in roles]
    is_top = unit.parent_id is None
    return any(unit.path.startswith(path) and (is_top or path != unit.path) for path in above)


def why_not(
    actor: "Actor",
    round_: "Round",
    unit: "Unit",
    table: str,
    state: ReturnState,
    deed: ReturnDeed,
    *,
    by_form: bool = False,
) -> Refusal | None:
    """The same of every deed: whose it is, whether anything is owed, in which state it stands.

    `by_form`: what a unit wrote into its form is taken over as it stands; that does either side.
    """
    step = STEPS[deed]
    if by_form:
        if (refusal := why_not_hand_in(actor, unit)) is not None:
            return refusal
    elif not side_of(actor, unit, step.side):
        return _not_yours(step.side)
    if round_.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if (refusal := why_not_ask(unit)) is not None:
        return refusal
    if round_.state == RoundState.PLANNED:
        return Refusal(_("The round has not begun."), code="round_not_begun")
    if table not in {each.code for each in pack_of(round_.campaign).tables}:
        return Refusal(no_such_table(table), code="no_such_table")
    if state not in step.begins:
        sentence = gettext("This cannot be done with a return that is “%(state)s”.")
        return Refusal(sentence % {"state": state.label}, code="not_in_this_state")
    return None


def why_not_ask(unit: "Unit") -> Refusal | None:
    """Tables are asked of whoever reports some, and of the top of the tree."""
    if owes(unit):
        return None
    return Refusal(_("This organization reports no tables of its own."), code="owes_nothing")


def why_not_hand_in(actor: "Actor", unit: "Unit") -> Refusal | None:
    """A form is handed in by its unit, or for it by whoever answers its tables."""
    if side_of(actor, unit, Side.SENDER) or side_of(actor, unit, Side.RECEIVER):
        return None
    return Refusal(
        _("Forms are handed in by the unit itself or by an organization above it."),
        code="not_to_hand_in",
    )


def why_not_keep_stamped(actor: "Actor", unit: "Unit") -> Refusal | None:
    """Whoever reports the tables of a unit has them stamped and uploads them, sent or not, until
    the campaign is closed.
    """
    if not side_of(actor, unit, Side.SENDER):
        return _not_yours(Side.SENDER)
    if unit.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    return None


def why_not_hand_in_many(actor: "User", round_: "Round") -> Refusal | None:
    """Whoever may hand in the form of any unit of the round; of each it is asked again."""
    if round_.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    roles = Right.FILL_IN_TABLES.roles
    paths = [scope.path for scope in scopes(actor, round_.campaign) if scope.role in roles]
    if paths and owing_below(round_.campaign, paths).exists():
        return None
    return Refusal(
        _("Forms are handed in by the unit itself or by an organization above it."),
        code="not_to_hand_in",
    )


def why_not_take_up(actor: "User", batch: "Batch") -> Refusal | None:
    """Whoever sent the forms goes on with them, where that was broken off."""
    if batch.sent_by_id == actor.pk and batch.state == BatchState.FAILED:
        return None
    return Refusal(_("There is nothing that was broken off."), code="not_broken_off")


def deeds_of(
    actor: "Actor", round_: "Round", unit: "Unit", table: str, state: ReturnState
) -> set[ReturnDeed]:
    """What the actor can do with a return now: pages show buttons for these alone."""
    return {deed for deed in ReturnDeed if why_not(actor, round_, unit, table, state, deed) is None}


def units_handed_in(actor: "User", campaign: "Campaign") -> "list[Unit]":
    """The units that owe tables and whose forms somebody may hand in: at or below where they fill
    in tables.
    """
    roles = Right.FILL_IN_TABLES.roles
    paths = [scope.path for scope in scopes(actor, campaign) if scope.role in roles]
    return list(owing_below(campaign, paths)) if paths else []


def _not_yours(side: Side) -> Refusal:
    if side is Side.SENDER:
        sentence = _("Only the clerk or the office of the organization itself reports its tables.")
        return Refusal(sentence, code="not_the_sender")
    sentence = _("Only the clerk or the office of an organization above answers its tables.")
    return Refusal(sentence, code="not_the_receiver")


def why_not_for_this_reason(text: str) -> Refusal | None:
    """A reason is a sentence that says something, and no letter: “checked and correct” does not."""
    if len(text.strip()) > MOST_OF_A_REASON:
        sentence = gettext("The reason has more than %(limit)d characters: shorten it.")
        return Refusal(sentence % {"limit": MOST_OF_A_REASON}, code="too_long")
    if explains(text):
        return None
    return Refusal(
        _("Say the reason in a sentence that explains it; “checked, correct” explains nothing."),
        code="reason_says_nothing",
    )


def why_not_send_back(remarks: Mapping[str, str], cells: Mapping[str, object]) -> Refusal | None:
    """At least one reason, each of a cell that the table has, each a sentence."""
    if not remarks:
        return Refusal(
            _("Say what is wrong: of a figure, or of the whole table."), code="no_remark"
        )
    for cell, reason in remarks.items():
        if cell and cell not in cells:
            sentence = gettext("The table has no cell “%(cell)s”.")
            return Refusal(sentence % {"cell": cell}, code="unknown_cell")
        if (refusal := why_not_for_this_reason(reason)) is not None:
            return refusal
    return None


def why_not_this_version(number: int, wanted: int | None) -> Refusal | None:
    """What is sent or answered is the version that was seen, where one is named."""
    if wanted is None or number == wanted:
        return None
    sentence = gettext("Another version has been sealed meanwhile: %(number)d. Look at it first.")
    return Refusal(sentence % {"number": number}, code="another_version")


def why_not_waive(is_accepted: bool) -> Refusal | None:
    """What has been accepted is rolled up; it is amended, not waived."""
    if not is_accepted:
        return None
    return Refusal(_("A version of it has been accepted already."), code="accepted_already")


def why_not_drop(is_amendment: bool) -> Refusal | None:
    """Only an amendment is dropped: before that nothing would be left."""
    if is_amendment:
        return None
    sentence = _("No version of it has been accepted: there is no amendment to drop.")
    return Refusal(sentence, code="no_amendment")


def why_not_in_foot(label: str, text: str) -> Refusal | None:
    """A line at the foot says who answers, or a telephone: one line that can be read."""
    words = {"label": label, "text": text.strip(), "n": LONGEST, "digits": LEAST_DIGITS}
    code = wrong_in_line(label, text.strip())
    return Refusal(foot_sentence(code) % words, code=code) if code else None


def why_not_filled_on(day: date, round_: "Round", today: date) -> Refusal | None:
    """A table was filled in on a day of its round or after it, and not on one to come."""
    first = first_day(round_)
    code = wrong_day(day, first, today)
    return Refusal(foot_sentence(code) % day_words(first), code=code) if code else None


def why_not_stamped(*, is_bare: bool) -> Refusal | None:
    """A sheet on which nothing was put since it was printed is no stamped copy of it."""
    if not is_bare:
        return None
    sentence = _(
        "No seal is to be seen in the file: it is the sheet as it was fetched. Stamp it, and upload"
        " the stamped PDF or OFD, or a scan of the stamped paper."
    )
    return Refusal(sentence, code="not_stamped")


def why_not_until(day: date, due_on: date | None, today: date) -> Refusal | None:
    """An extended deadline lies after the usual one, is not over yet, and within a year."""
    if day < today or (due_on is not None and day <= due_on):
        sentence = _("Choose a day after the deadline and not before today.")
        return Refusal(sentence, code="no_later_day")
    if day > today + MOST_OF_AN_EXTENSION:
        return Refusal(_("Choose a day within a year from today."), code="too_late_a_day")
    return None
