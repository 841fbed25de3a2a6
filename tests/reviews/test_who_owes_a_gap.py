"""What is missing names whoever owes it, and the gaps of one person stand together."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pingyi.campaigns.queries import BY_PERSON, gaps_of
from pingyi.reviews.operations.assign import reassign

PAGE = "/campaigns/cx2011/rounds/first/gaps/"


@pytest.fixture
def unassigned(assignments, now):
    """The one that nobody has to review."""
    reassign(assignment=assignments("张小芳"), reviewer=None, reason="待定", by=None, now=now)


def owed_by(gaps):
    people = gaps.owed_by(list(gaps))
    return [(gap.subject, people[gap].name if gap in people else "") for gap in gaps]


def test_the_gaps_of_one_person_stand_together_and_those_of_nobody_first(
    first_round, unassigned, assignments
):
    gaps = gaps_of(first_round).asked_for("", [(BY_PERSON, False)])
    reviews = [
        (who, by)
        for (who, by), gap in zip(owed_by(gaps), gaps, strict=True)
        if gap.duty == "review"
    ]
    named = [by for _who, by in reviews]
    assert ("张小芳", "") in reviews
    assert ("刘洋", "王大山") in reviews
    # Each of them in one stretch, nobody first.
    assert list(dict.fromkeys(named)) == [
        by for at, by in enumerate(named) if not at or by != named[at - 1]
    ]
    assert named[0] == ""
    # By pinyin: zhou after zhao.
    assert named[-1] == "周明"
    backwards = gaps_of(first_round).asked_for("", [(BY_PERSON, True)])
    assert next(by for _who, by in owed_by(backwards) if by) == "周明"
    # Nobody owes an appraisal alone.
    duties = [gap.duty for gap in gaps]
    assert duties == sorted(duties, reverse=True)


def test_a_search_keeps_who_owes_it(first_round, assignments):
    found = gaps_of(first_round).asked_for("石桥村", [(BY_PERSON, False)])
    assert {by for _who, by in owed_by(found)} == {"", "吴桂英", "周明", "高远"}


def test_both_pages_name_them(client, first_round, unassigned, office_user):
    client.force_login(office_user)
    page = client.get(f"{PAGE}?q=柳湾村&sort=by").content.decode()
    assert "王大山" in page
    missing = client.get("/reviews/cx2011/rounds/first/missing/T1-1/?sort=by").content.decode()
    assert missing.index("无人") < missing.index("王大山")


def test_the_file_holds_one_line_a_gap(client, first_round, unassigned, clerk_user, office_user):
    client.force_login(office_user)
    answer = client.get("/campaigns/cx2011/rounds/first/gaps.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[2]]
    at = next(n for n, row in enumerate(rows) if row[2] == "姓名")
    lines = rows[at + 1 :]
    assert len(lines) == len(gaps_of(first_round))
    assert ("王大山", "柳湾村党支部", "刘洋", "柳湾村党支部", "领导点评") in lines
    asked = client.get("/campaigns/cx2011/rounds/first/gaps.xlsx?duty=review&who=unit")
    units = openpyxl.load_workbook(BytesIO(b"".join(asked))).active
    assert {row[4] for row in units.iter_rows(values_only=True) if row[1]} <= {
        "领导点评",
        "事项",
        "缺漏情况",
    }
    client.force_login(clerk_user)
    own = openpyxl.load_workbook(
        BytesIO(b"".join(client.get("/campaigns/cx2011/rounds/first/gaps.xlsx?q=石桥")))
    ).active
    assert not [row for row in own.iter_rows(values_only=True) if "石桥村党支部" in row]


def test_members_get_no_file(client, first_round, member_user):
    client.force_login(member_user)
    assert client.get("/campaigns/cx2011/rounds/first/gaps.xlsx").status_code == 403
    assert client.get("/campaigns/cx2011/rounds/third/gaps.xlsx").status_code == 404


def test_the_page_asks_no_more_for_more_gaps(client, first_round, office_user, record):
    client.force_login(office_user)
    client.get(PAGE)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PAGE}?sort=by")
        return len(asked)

    before = queries()
    record("village_secretary", "village_member")
    assert queries() == before
