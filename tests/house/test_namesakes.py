"""Two people of one branch are nowhere the same: every page, document and export (ADR 0022)."""

import html
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.many import create_accounts
from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.people import change_standing
from pingyi.organizations.models import Person
from pingyi.register.operations import appoint, put_in_charge
from pingyi.reviews.models import Assignment
from pingyi.reviews.operations.assign import derive_assignments
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.operations.record import record_review
from tests.appraisals.conftest import GOOD, HELD_ON, MEMBER_ITEMS
from tests.cast import FOUNDED, NOW, Register
from tests.documents_reading import excel_cells, pdf_pages, word_file
from tests.house.every_address import ADDRESSES, Address, World, client_of

pytestmark = pytest.mark.any_database

NAMED = re.compile("(?:张建国|王丽)(（(?:1965|1972|甲|乙)）)?")
# As scripts within a page have them.
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
TOLD = {"张建国（1965）", "张建国（1972）", "王丽（甲）", "王丽（乙）"}
# Found by initials and by a part of the name, so that what was typed is no name itself.
ASKED = [
    {},
    {"q": "zjg", "person_name": "建国"},
    {"q": "wl", "person_name": "丽", "show": "missing"},
]
ALWAYS = {"role": "member", "organization": "T1-1"}
KINDS = ("pdf", "docx", "xlsx")
READERS = ["office", "secretary", "branch_secretary"]
# The bare name is what is typed or corrected there; the mark, or the number of a person, stands in
# a column of its own.
BARE = {"register:change-person", "register:people-export", "rosters:export"}
# Where namesakes are read at least, so that the test cannot pass by finding nobody.
ROOMS = {
    "accounts": "detail list slips",
    "appraisals": "count result",
    "campaigns": (
        "add-person amendments amendments-export campaign change-standing exemptions "
        "exemptions-export gaps move-person people remove-person"
    ),
    "paper": "blank-form",
    "register": (
        "admit appoint change-person change-standing correct-post end-charge end-membership "
        "end-post people person put-in-charge split transfer unit unit-members"
    ),
    "returns": "heads",
    "reviews": (
        "assignment assignments detail ledger ledger-pdf ledger-xlsx meeting missing publication "
        "publish review-person tasks"
    ),
    "web": "search",
}
EXPECTED = {f"{room}:{name}" for room, names in ROOMS.items() for name in names.split()}


@pytest.fixture
def branch(
    namesakes: dict[str, Person],
    register: Register,
    campaign: Campaign,
    first_round: Round,
    world: World,
    signed: Callable[..., Any],
) -> World:
    """The village in which everything has been done with its namesakes."""
    done = {"by": None, "now": NOW}
    frozen = {
        one.person_id: one for one in campaign.participants.select_related("unit", "campaign")
    }
    people = {key: frozen[person.pk] for key, person in namesakes.items()}
    for person in namesakes.values():
        appoint(person=person, organization=register.village, title="委员", category=None,
                on=FOUNDED, **done)  # fmt: skip
        put_in_charge(person=person, organization=register.school, on=FOUNDED, **done)
    leader = frozen[register.people["village_secretary"].pk]
    reviews = [
        record_review(
            round_=first_round, reviewer=leader, unit=None, participant=one, form="meeting",
            held_on=HELD_ON, place="村部", achievements=f"半年里办成第{number}件大家看得见的实事",
            problems=f"第{number}条意见拖了两个月才答复群众", accept_signs=True,
            direction=f"七月底前把第{number}组的台账补齐并张贴出来", **done,
        )
        for number, (key, one) in enumerate(people.items()) if key != "second"
    ]  # fmt: skip
    village = leader.unit
    published = publish(unit=village, reviews=reviews, scope="unit", way="meeting", place="村部",
                        published_on=HELD_ON, **done)  # fmt: skip
    derive_assignments(round_=first_round, **done)
    second = campaign.rounds.get(code="second")
    exemptions = [
        exempt(round_=second, duty="review", reason="长期卧病在家", participant=one, **done)
        for one in people.values()
    ]
    members = campaign.participants.filter(unit=village, is_active=True)
    votes = [Line(item, GOOD, 0, 0, one.pk) for one in members for item in MEMBER_ITEMS]
    signed(Appraisal.objects.get(round=first_round, unit=village), votes, form="annex5")
    for one in people.values():
        change_standing(participant=one, standing="probationary", reason="登记有误", **done)
    create_accounts(role=Role.MEMBER, organization=register.village, **done)
    first = people["first"]
    return World(
        by_route={
            **world.by_route,
            "accounts:": User.objects.get(person=namesakes["first"]).pk,
            "register:people": namesakes["first"].pk,
            "register:posts": namesakes["first"].posts.get().pk,
            "register:charges": namesakes["first"].charges.get().pk,
            "campaigns:people": first.pk,
            "campaigns:exemptions": exemptions[2].pk,
            "reviews:people": first.pk,
            "reviews:records": reviews[2].pk,
            "reviews:published": published.pk,
            "reviews:assignments": Assignment.objects.get(participant=first).pk,
        },
        by_name={**world.by_name, "form_code": "annex5", "cell": "annex3.reviewed_first.rural"},
    )


def text_of(answer: Any) -> str:
    """All that an answer says, blanks left out: a page, a PDF, a workbook or a Word file."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        said = "\n".join(pdf_pages(content))
    elif content.startswith(b"PK") and not is_office_file(content):
        # What somebody uploaded and gets back as it came.
        said = ""
    elif content.startswith(b"PK"):
        said = "\n".join(_cells(content))
    else:
        said = ESCAPED.sub(lambda code: chr(int(code[1], 16)), html.unescape(content.decode()))
    return "".join(said.split())


def is_office_file(content: bytes) -> bool:
    """Whether a zip is a workbook or a document, of which the program makes some."""
    return "[Content_Types].xml" in ZipFile(BytesIO(content)).namelist()


def _cells(content: bytes) -> list[str]:
    if "word/document.xml" in ZipFile(BytesIO(content)).namelist():
        file = word_file(content)
        tables = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
        return [*(one.text for one in file.paragraphs), *tables]
    return [str(cell.value) for cell in excel_cells(content)]


def answers(address: Address, world: World, user: User) -> list[str]:
    """What somebody reads there, asked in each way."""
    client, found = client_of(user), []
    things = world.things(address)
    for kind in KINDS if "kind" in things else ("",):
        for asked in ASKED:
            place = {**things, "kind": kind} if kind else things
            answer = client.get(reverse(address.name, kwargs=place), {**ALWAYS, **asked})
            if answer.status_code != 200:
                break
            found.append(text_of(answer))
    return found


def test_no_page_document_or_export_shows_two_namesakes_alike(
    branch: World, people: dict[str, User]
) -> None:
    alike, told = [], set()
    for address in ADDRESSES:
        for role in READERS:
            for said in answers(address, branch, people[role]):
                marks = [found[1] for found in NAMED.finditer(said)]
                if None in marks and address.name not in BARE:
                    at = next(one for one in NAMED.finditer(said) if one[1] is None).start()
                    alike.append(f"{address.name}, {role}: {said[max(0, at - 40) : at + 20]}")
                if any(marks):
                    told.add(address.name)
    assert list(dict.fromkeys(alike)) == []
    assert told >= EXPECTED


def test_accounts_that_are_made_at_once_and_their_slips_are_told_apart(
    namesakes: dict[str, Person], register: Register, office_user: User
) -> None:
    client = client_of(office_user)
    asked = {"role": "member", "organization": "T1-1"}
    before = text_of(client.get(reverse("accounts:create-many"), asked))
    create_accounts(role=Role.MEMBER, organization=register.village, by=None, now=NOW)
    after = text_of(client.post(reverse("accounts:slips")))
    assert {found[0] for found in NAMED.finditer(before)} == TOLD
    assert {found[0] for found in NAMED.finditer(after)} == TOLD
