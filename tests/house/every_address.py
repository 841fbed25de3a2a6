"""Every address of the program, and something real of the first township behind each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.access import note_signed_in
from pingyi.accounts.operations.grants import grant_role
from pingyi.appraisals.operations import add_opinion
from pingyi.bulletins.operations.steps import approve
from pingyi.bulletins.operations.steps import publish as publish_bulletin
from pingyi.bulletins.operations.writing import Said, write
from pingyi.campaigns.models import Campaign, ExemptionProposal, Participant, Round, Unit
from pingyi.campaigns.operations.exemptions import exempt, exempt_many
from pingyi.campaigns.operations.people import change_standing
from pingyi.campaigns.operations.proposals import change_exemption_limit
from pingyi.campaigns.queries.gaps import gaps_of
from pingyi.commitments.operations.propose import Promise, propose
from pingyi.commitments.operations.steps import examine
from pingyi.commitments.operations.steps import publish as publish_commitment
from pingyi.documents.cleaned import Cleaned
from pingyi.downloads.doors import Asked
from pingyi.downloads.operations.ask import ask_for
from pingyi.mailbox.models import Mail
from pingyi.mailbox.operations.binding import bind_address
from pingyi.notifications.doors import Draft
from pingyi.notifications.enums import MessageKind
from pingyi.notifications.models import Address as MailAddress
from pingyi.notifications.models import Delivery, Letter, Message
from pingyi.notifications.operations import write_letter
from pingyi.notifications.operations.read import read
from pingyi.notifications.operations.wishes import choose_address, make_feed
from pingyi.notifications.operations.write import write_messages
from pingyi.notifications.queries.links import token_for
from pingyi.organizations.models import Organization
from pingyi.rectification import operations as rectification
from pingyi.rectification.models import Evidence
from pingyi.rectification.operations.evidence import keep_evidence
from pingyi.returns.models import StampedCopy
from pingyi.returns.operations.intake import take_in
from pingyi.returns.operations.many import hand_in_many
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.stamping import Kept, keep_stamped
from pingyi.reviews.models import Assignment
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.operations.meetings import begin_meeting
from pingyi.reviews.operations.record import record_review
from pingyi.rosters.operations import upload_roster
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.cast import NOW, PASSWORD, Register, user_with
from tests.kept import kept
from tests.rectification.conftest import PLAN
from tests.returns.desk import FOOT, Words
from tests.returns.stamping import ofd

NOWHERE = 999_999_999
ROLES = ["office", "clerk", "other_clerk", "secretary", "branch_secretary", "member", "inspector"]


@dataclass(frozen=True)
class Address:
    """A named address and the kinds of things it takes."""

    name: str
    route: str
    takes: tuple[str, ...]
    # What the address itself says to its view.
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]


def addresses(
    resolver: URLResolver, space: str = "", route: str = "", takes: tuple[str, ...] = ()
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        kinds = takes + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            deeper = f"{entry.namespace}:" if entry.namespace else ""
            yield from addresses(entry, space + deeper, here, kinds)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(space + entry.name, here, kinds, entry.default_args)


# Only what adds up others has such a page.
OF_THE_TOP = {"returns:rollup-cell"}
# Only units that owe tables have versions of them.
OF_THE_TOWN = {"returns:stamped", "returns:stamped-copy", "returns:to-be-stamped"}
# What everybody may see is of no township.
OF_EVERYBODY = {"bulletins:public", "bulletins:notice", "bulletins:notice-pdf"}
ADDRESSES = list(addresses(get_resolver()))
ROOMS = sorted({address.room for address in ADDRESSES})


@dataclass(frozen=True)
class World:
    """Something real of the first township behind every kind of address."""

    by_route: dict[str, int]
    by_name: dict[str, str]

    def things(self, address: Address) -> dict[str, Any]:
        found: dict[str, Any] = {name: self.by_name.get(name, "nowhere") for name in address.takes}
        if address.name in OF_THE_TOP:
            found["unit_code"] = "X"
        if address.name in OF_THE_TOWN:
            found["unit_code"] = "T1"
        for name in address.takes:
            if name.endswith("pk") or name == "id":
                found[name] = self.thing(address, name)
        return found

    def thing(self, address: Address, name: str) -> int:
        folder = address.route.partition(f"<int:{name}>")[0].split("/")[-2:][0]
        room = "" if folder == address.room else folder
        return self.by_route.get(f"{address.room}:{room}", NOWHERE)

    def is_of_the_first_township(self, address: Address) -> bool:
        if address.name in OF_THE_TOP | OF_EVERYBODY:
            return False
        things = self.things(address)
        keys = [value for name, value in things.items() if name.endswith("pk")]
        return (bool(keys) and NOWHERE not in keys) or "unit_code" in things


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, User]:
    return {role: request.getfixturevalue(f"{role}_user") for role in ROLES}


@pytest.fixture
def outsiders(register: Register, now: datetime) -> dict[str, User]:
    """Every role again, in the other township."""
    below = register.t2_village
    scopes = [
        (Role.OFFICE, register.t2, None),
        (Role.CLERK, register.t2, None),
        (Role.SECRETARY, register.t2, register.people["t2_secretary"]),
        (Role.BRANCH_SECRETARY, below, register.people["t2_village_secretary"]),
        (Role.MEMBER, below, register.people["t2_member"]),
        (Role.INSPECTOR, register.t2, None),
    ]
    return {
        role.value: user_with(f"outside-{role.value}", role, place, now, person)
        for role, place, person in scopes
    }


@pytest.fixture
def records(
    first_round: Round,
    units: dict[str, Unit],
    participants: dict[str, Participant],
    assignments: Callable[[str], Assignment],
    prepared: Callable[..., Any],
    signed: Callable[..., Any],
    now: datetime,
) -> dict[str, int]:
    """What has been done in the first township: one thing of every kind that has an address."""

    def build() -> dict[str, int]:
        plain = {"form": "meeting", "held_on": HELD_ON, "place": "村部", "by": None, "now": now}
        village, leader = units["T1-1"], participants["village_secretary"]
        where = {"round_": first_round, "reviewer": leader}
        review = record_review(
            participant=participants["village_member"],
            unit=None,
            achievements="带领一组修通机耕道三公里，群众运粮不再肩挑背扛",
            problems="对外出流动党员联系不够，半年只通了两次电话",
            direction="七月底前把流动党员逐人联系一遍并建立台账",
            **where,
            **plain,
        )
        published = publish(
            unit=village,
            reviews=[review],
            scope="unit",
            way="meeting",
            place="村部",
            published_on=HELD_ON,
            by=None,
            now=now,
        )
        count = signed(prepared(village), unit_lines(BAD))
        probationer = participants["village_probationer"]
        exemption = exempt(
            round_=first_round.campaign.rounds.get(code="second"),
            duty="review",
            reason="长期卧病在家",
            participant=probationer,
            by=None,
            now=now,
        )
        opinion = add_opinion(appraisal=count.appraisal, text="水渠淤塞", by=None, now=now)
        item = rectification.register_item(
            unit=village, problem="水渠淤塞无人清理", said=[opinion], by=None, now=now
        )
        rectification.assign(item=item, **PLAN, by=None, now=now)
        evidence = keep_evidence(
            item=item, content=Cleaned("jpeg", b"dots"), filename="现场.jpg", by=None, now=now
        )
        change_standing(
            participant=probationer, standing="full", reason="已按期转正", by=None, now=now
        )
        return {
            "reviews:records": review.pk,
            "reviews:published": published.pk,
            "reviews:meetings": begin_meeting(unit=village, **where, **plain).pk,
            "reviews:assignments": assignments("张小芳").pk,
            "reviews:of": leader.pk,
            "appraisals:flags": count.appraisal.flags.first().pk,
            "campaigns:exemptions": exemption.pk,
            "rectification:items": item.pk,
            "rectification:evidence": evidence.pk,
            "commitments:items": promised_by(participants["village_member"], village, now),
            "bulletins:items": told_in_the_village(first_round, village, now),
            "bulletins:notices": told_to_everybody(first_round, units["X"], now),
        }

    found = kept("records", build, now)
    # The row is put back, the file is not.
    file = Evidence.objects.get(pk=found["rectification:evidence"]).file
    if not file.storage.exists(file.name):
        file.storage.save(file.name, ContentFile(b"dots"))
    return found


def promised_by(member: Participant, village: Unit, now: datetime) -> int:
    """A public commitment of a member."""
    who: dict[str, Any] = {"by": None, "now": now}
    promise = Promise("deed", "年底前帮扶两户困难家庭", date(2011, 12, 31), member)
    made = examine(commitment=propose(unit=village, promise=promise, **who), **who)
    return publish_commitment(commitment=made, **who).pk


def told_in_the_village(round_: Round, village: Unit, now: datetime) -> int:
    """A draft with a figure of the signed count."""
    said = Said(title="柳湾村通报", text="收回{annex4.collected}份。", scope="unit")
    return write(round_=round_, unit=village, said=said, by=None, now=now).pk


def told_to_everybody(round_: Round, top: Unit, now: datetime) -> int:
    """A public notice of the county."""
    who: dict[str, Any] = {"by": None, "now": now}
    said = Said(title="公示", text="评议已经结束。", scope="public", kind="notice")
    bulletin = write(round_=round_, unit=top, said=said, **who)
    bulletin = approve(bulletin=bulletin, approver="县委常委会", **who)
    return publish_bulletin(bulletin=bulletin, **who).pk


def proposed(campaign: Campaign, by: User, now: datetime) -> ExemptionProposal:
    """Exemptions of the village that wait for a second person."""
    second = campaign.rounds.get(code="second")
    change_exemption_limit(campaign=campaign, exempt_alone=1, by=None, now=now)
    village = campaign.units.get(code="T1-1")
    gaps = [gap for gap in gaps_of(second, [village.path]) if gap.duty == "review"]
    made = exempt_many(round_=second, gaps=gaps, reason="汛期停止活动", by=by, now=now)
    assert isinstance(made, ExemptionProposal)
    return made


def told(user: User, now: datetime) -> tuple[int, int, int, str, str]:
    """Two messages to somebody, one of them read, an e-mail and a letter in doubt, a calendar
    address, and what a link to their e-mail address ends with.
    """
    drafts = [Draft(user.pk, key, "评议提醒", "点评 3 人", "/") for key in ("read", "new")]
    write_messages(drafts=drafts, kind=MessageKind.REMINDER, by=None, now=now)
    old, new = Message.objects.filter(to=user).order_by("-key")
    read(message=old, by=user, now=now)
    doubtful = Delivery.objects.create(message=old, not_before=now, state="doubtful")
    letter = write_letter(key="a", to="a@b.example", subject="回执", text="已接收", now=now)
    Letter.objects.update(state="doubtful")
    choose_address(address="a@b.example", is_wanted=True, by=user, now=now)
    link = token_for(MailAddress.objects.get(user=user), now)
    return new.pk, doubtful.pk, letter, make_feed(by=user, now=now), link


def stamped(round_: Round, unit: Unit, now: datetime) -> Kept:
    """A sealed version of the first township, stamped outside."""
    given: dict[str, Any] = {
        "round_": round_, "unit": unit, "table": "annex1", "by": None, "now": now,
    }  # fmt: skip
    version = seal(filled_on=now.date(), foot=FOOT, words=Words(), **given)
    return keep_stamped(
        content=ofd(), filename="附件1.ofd", signs=version.digest[:8], number=1, **given
    )


def mailed(organization: Organization, now: datetime) -> tuple[int, int]:
    """An e-mail of an organization, and its address."""
    address = "clerk@t1.example"
    bound = bind_address(address=address, organization=organization, by=None, now=now)
    mail = Mail.objects.create(
        identity="1", sender=address, organization=organization, outcome="no_file", received_at=now
    )
    return mail.pk, bound.pk


@pytest.fixture
def world(
    register: Register, campaign: Campaign, people: dict[str, User], records: dict[str, int]
) -> World:
    def build() -> World:
        person = register.people["village_secretary"]
        proposer = user_with("proposer", Role.OFFICE, register.t1, NOW)
        proposal = grant_role(
            user=people["member"],
            role=Role.OFFICE,
            organization=register.village,
            by=proposer,
            now=NOW,
        )
        # Nobody manages an account that has no role and was made on the command line.
        alone = create_account(username="alone", name="无名", password=PASSWORD, by=None, now=NOW)
        note_signed_in(user=alone, address="", now=NOW)
        participant = campaign.participants.get(person=register.people["village_member"])
        asked = Asked({}, {})
        download = ask_for(what="register.people", asked=asked, by=people["office"], now=NOW)
        roster = upload_roster(
            content=b"not a workbook",
            filename="roster.xlsx",
            scope=register.t1,
            effective_on=HELD_ON,
            by=None,
            now=NOW,
            queue=False,
        )
        unit, first = campaign.units.get(code="T1-1"), campaign.rounds.get(code="first")
        came_in = take_in(
            content=b"", filename="form.xlsx", round_=first, unit=unit, by=None, now=NOW
        )
        together = hand_in_many(
            round_=first, files=[("form.xlsx", b"")], by=people["office"], now=NOW
        )
        stamped_copy = stamped(first, campaign.units.get(code="T1"), NOW).copy
        came_by_mail, bound = mailed(register.t1, NOW)
        message, doubtful, letter, secret, link = told(people["office"], NOW)
        return World(
            by_route={
                **records,
                "accounts:": people["member"].pk,
                "accounts:roles": people["member"].grants.get().pk,
                "accounts:proposals": proposal.pk,
                "campaigns:proposals": proposed(campaign, people["clerk"], NOW).pk,
                "downloads:": download.pk,
                "mailbox:": came_by_mail,
                "mailbox:addresses": bound,
                "notifications:letters": letter,
                "notifications:messages": message,
                "notifications:unclear": doubtful,
                "register:unit": register.village.pk,
                "register:people": person.pk,
                "register:same": register.people["village_member"].pk,
                "register:posts": person.posts.get().pk,
                "register:charges": register.people["t1_leader"].charges.get().pk,
                "register:affiliations": register.village.affiliations.get().pk,
                "returns:intake": came_in.intake.pk,
                "returns:stamped": stamped_copy.pk,
                "returns:many": together.pk,
                "rosters:import": roster.pk,
                "campaigns:people": participant.pk,
                "reviews:people": participant.pk,
            },
            by_name={
                "campaign_code": campaign.code,
                "round_code": "first",
                "unit_code": "T1-1",
                "pack_code": campaign.pack_code,
                "table_code": "annex1",
                "number": "1",
                "form_code": "annex4",
                "deed": "open",
                "stage_code": "opinions",
                "secret": secret,
                "token": link,
                "kind": "pdf",
                "what": "levels",
                "step": "assign",
                "move": "approve",
                "form": "pdf",
                "size": "a4",
                "done": "keep",
                "cell": "annex2.total.rural",
            },
        )

    made = kept("world", build)
    # Rows are kept from test to test, their files are not.
    for copy in StampedCopy.objects.all():
        if not copy.file.storage.exists(copy.file.name):
            copy.file.storage.save(copy.file.name, ContentFile(ofd()))
    return made


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def complaints(
    room: str,
    ask: Callable[[Address], Any],
    *,
    allowed: set[int],
    which: Callable[[Address], bool] | None = None,
) -> list[str]:
    found = []
    for address in ADDRESSES:
        if address.room == room and (which is None or which(address)):
            answer = ask(address)
            if answer.status_code not in allowed:
                reason = getattr(answer, "exc_info", None)
                found.append(f"{address.name}: {answer.status_code} {reason[1] if reason else ''}")
    return found
