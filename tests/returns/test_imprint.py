"""Head and foot of the tables: day, who answers, who filled in, telephone; entered and kept."""

import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations.cancelling import cancel_campaign
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.returns.models import Imprint
from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.queries.imprint import foot_labels

PAGE = "/tables/cx2011/first/T1/imprint/"
FOOT = {"负责人": "陈卫东", "填表人": "何静", "联系电话": "0730-5550101"}


@pytest.fixture
def fill(first_round, units, now):
    def made(by=None, unit="T1", **changes):
        given = {"filled_on": date(2011, 6, 1), "foot": FOOT, **changes}
        return fill_in_imprint(round_=first_round, unit=units[unit], by=by, now=now, **given)

    return made


def test_the_labels_are_those_of_the_pack(first_round):
    assert foot_labels(first_round) == list(FOOT)


def test_it_is_kept_once_for_a_unit_and_a_round(fill, first_round, units, now):
    fill()
    fill(foot={"负责人": " 李秀兰 ", "填表人": "  "})
    row = Imprint.objects.get()
    assert (row.round, row.unit, row.filled_on) == (first_round, units["T1"], date(2011, 6, 1))
    assert (row.foot, row.filled_in_at) == ({"负责人": "李秀兰"}, now)
    told = json.loads(Entry.objects.filter(kind="tables.filled_in").latest("seq").body.content)
    # Who it is stands in the row; the line names the labels only.
    assert told["labels"] == ["负责人"]


def test_no_label_that_the_pack_does_not_have(fill):
    with pytest.raises(Refusal) as refusal:
        fill(foot={"审核人": "某人"})
    assert refusal.value.code == "unknown_label"


def test_whoever_reports_the_tables_fills_it_in_and_nobody_above(
    fill, clerk_user, office_user, other_clerk_user, secretary_user, inspector_user
):
    fill(by=clerk_user)
    fill(by=office_user, unit="X")
    # A branch reports no tables of its own: they are printed for it.
    fill(by=office_user, unit="T1-1")
    for user in (office_user, other_clerk_user, secretary_user, inspector_user):
        with pytest.raises(Refusal) as refusal:
            fill(by=user)
        assert refusal.value.code == "not_a_filler"


def test_it_stands_on_the_screen_and_in_every_file(client, fill, clerk_user):
    client.force_login(clerk_user)
    before = client.get("/tables/cx2011/first/T1/").content.decode()
    assert f'href="{PAGE}"' in before
    assert "何静" not in before
    fill()
    page = client.get("/tables/cx2011/first/T1/").content.decode()
    assert "2011年6月1日" in page
    for text in FOOT.values():
        assert text in page
    answer = client.get("/tables/cx2011/first/T1/document/annex1.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    for text in (*FOOT.values(), "2011年6月1日"):
        assert text in cells
    assert client.get("/tables/cx2011/first/T1/document/all.pdf").status_code == 200


def test_the_form_begins_with_what_is_kept(client, fill, clerk_user, secretary_user):
    client.force_login(clerk_user)
    fill()
    page = client.get(PAGE)
    assert page.context["form"].initial["foot.填表人"] == "何静"
    typed = {f"foot.{label}": text for label, text in FOOT.items()}
    typed |= {"foot.填表人": "周明", "filled_on": "2011-06-02"}
    typed["seen"] = page.context["deed"].edits.version
    assert client.post(PAGE, typed).status_code == 302
    row = Imprint.objects.get()
    assert (row.foot["填表人"], row.filled_on) == ("周明", date(2011, 6, 2))
    client.force_login(secretary_user)
    assert "经办人或活动办公室" in client.get(PAGE).content.decode()


def test_nothing_of_a_closed_campaign_is_changed(fill, campaign, clerk_user):
    Campaign.objects.filter(pk=campaign.pk).update(state="closed")
    with pytest.raises(Refusal) as refusal:
        fill(by=clerk_user)
    assert refusal.value.code == "campaign_closed"
    assert not Imprint.objects.exists()


def test_a_campaign_with_one_is_not_cancelled(fill, campaign, now):
    fill()
    with pytest.raises(Refusal, match="已填报的统计表信息"):
        cancel_campaign(campaign=campaign, reason="基准日选错", by=None, now=now)
