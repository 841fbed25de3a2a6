"""Builds the invented county in an empty database, through operations only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.accounts.queries import signature
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.core import statistics
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.demo import bulletins, commitments, county, names, rectify, work
from pingyi.demo.reports import DAYS, hand_in_some
from pingyi.demo.work import Days
from pingyi.ledger import operations as ledger
from pingyi.ledger.enums import LedgerKind
from pingyi.ledger.queries import size
from pingyi.rosters.operations import import_rows

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round
    from pingyi.organizations.models import Organization

CAMPAIGN = "demo"
PACK = "chuangxian-2011"
Reports = Callable[..., None]
PASSWORD = "yunling-2011"  # noqa: S105  the published sign-in of invented people


@dataclass(frozen=True)
class SignIn:
    """One sign-in of the demo."""

    username: str
    role: Role
    organization: str


SIGN_INS = [
    SignIn("office", Role.OFFICE, county.COUNTY_CODE),
    SignIn("clerk", Role.CLERK, county.MODEL_CODE),
    SignIn("township", Role.SECRETARY, "X01"),
    SignIn("branch", Role.BRANCH_SECRETARY, "X01-01"),
    SignIn("member", Role.MEMBER, "X01-01"),
    SignIn("inspector", Role.INSPECTOR, county.COUNTY_CODE),
]

# Accounts of people who are not in the register.
STAFF = {
    Role.OFFICE: "县活动办公室（虚构）",
    Role.CLERK: "示范镇经办人（虚构）",
    Role.INSPECTOR: "督查组（虚构）",
}


def why_not_build() -> Refusal | None:
    """The demo is built in an empty database only, so that nothing real is mixed with it.

    Every deed writes a ledger line, so an empty ledger is an empty database.
    """
    if size():
        return Refusal(
            _("The database is not empty. Point PINGYI_DATABASE_URL at an empty one."),
            code="not_empty",
        )
    return None


@transaction.atomic
def build(
    *, now: datetime, said: Callable[[str], None], times: int = 1, reports: Reports = hand_in_some
) -> None:
    """Build the whole county; all of it or nothing. `said` is told of every step.

    With `times` it is so many times as large, to measure with. `reports` hands in what units have
    reported so far.
    """
    refusal = why_not_build()
    if refusal is not None:
        raise refusal
    random = Random(2011)  # noqa: S311  invented data, not secrets
    days = Days(day_of(now))
    opened = now - timedelta(days=17)
    ledger.append(
        kind=LedgerKind.DEMO_BUILT,
        subject=names.COUNTY,
        body={"fictitious": True},
        rows=(),
        by=signature(None),
        now=opened,
    )
    said(_("Register: organizations, members, posts, charges"))
    organizations = import_rows(
        sheets=county.build(times=times).sheets,
        scope=None,
        effective_on=county.FOUNDED,
        by=None,
        now=opened,
    )
    said(_("Accounts"))
    _accounts(organizations, opened)
    said(_("Campaign and first round"))
    campaign = open_campaign(
        code=CAMPAIGN,
        name=f"{names.COUNTY}领导点评与群众评议（虚构）",
        pack_code=PACK,
        root=organizations[county.COUNTY_CODE],
        cut_off_on=days.cut_off,
        dates={"first": days.first, "second": days.second},
        due=days.due,
        by=None,
        now=opened,
    )
    round_ = campaign.rounds.get(code="first")
    round_ = open_round(round_=round_, by=None, now=opened + timedelta(days=1))
    rectify.put_right_early(round_, now=opened + timedelta(days=2))
    # All of it is one transaction: nothing but this tells the database what has become of it.
    statistics.refresh()
    said(_("Reviews"))
    worked = now - DAYS
    work.record_reviews(round_, random=random, now=worked - timedelta(hours=3))
    statistics.refresh()
    work.exempt_some(round_, random=random, now=worked - timedelta(hours=2))
    said(_("Appraisals"))
    work.hold_appraisals(round_, random=random, now=worked - timedelta(hours=1), most=90 * times)
    said(_("Rectification"))
    rectify.put_right(round_, now=worked - timedelta(minutes=30))
    _hand_in_and_make_known(round_, reports, said, now)


def _hand_in_and_make_known(
    round_: "Round", reports: Reports, said: Callable[[str], None], now: datetime
) -> None:
    """What units report, and what is made known of it."""
    said(_("Public commitments"))
    commitments.promise(round_, now=now)
    said(_("Statistical tables"))
    reports(round_, now=now)
    said(_("Bulletins"))
    bulletins.make_known(round_, now=now)


def _accounts(organizations: "Mapping[str, Organization]", now: datetime) -> None:
    for sign_in in SIGN_INS:
        organization = organizations[sign_in.organization]
        person = None
        if sign_in.role in (Role.SECRETARY, Role.BRANCH_SECRETARY):
            post = organization.posts.filter(category__role="secretary").select_related("person")
            person = post.get().person
        elif sign_in.role == Role.MEMBER:
            person = organization.memberships.order_by("-pk").select_related("person")[0].person
        create_account(
            username=sign_in.username,
            name=person.name if person else STAFF[sign_in.role],
            password=PASSWORD,
            role=sign_in.role,
            organization=organization,
            person=person,
            by=None,
            now=now,
        )
