"""Pages on which a campaign is opened: what would be frozen first, then the button."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from pingyi.campaigns.models import Campaign
from pingyi.campaigns.operations import open_campaign
from pingyi.campaigns.queries import known_pack, pack_of
from pingyi.campaigns.rules.themes import with_themes
from tests.cast import NOW

pytestmark = pytest.mark.any_database

CAMPAIGN = {"campaign_code": "cx2011"}


def at(name, **kwargs):
    return reverse(f"campaigns:{name}", kwargs=kwargs)


def test_opening_shows_first_what_will_be_frozen(client, register, office_user):
    client.force_login(office_user)
    text = client.get(at("open")).content.decode()
    assert "?pack=chuangxian-2011" in text
    address = at("open") + "?pack=chuangxian-2011"
    text = client.get(address).content.decode()
    assert 'name="open"' not in text
    form = {
        "name": "创先争优",
        "code": "cx2011",
        "root": register.county.pk,
        "cut_off_on": "2011-05-31",
        "opens.first": "2011-06-16",
        "closes.first": "2011-06-30",
        "opens.second": "2011-12-01",
        "closes.second": "2011-12-31",
        "due.first.unit": "2011-06-28",
        "due.first.county": "2011-06-30",
        "due.second.county": "2011-12-30",
    }
    seen = client.post(address, {**form, "preview": "1"})
    assert seen.context["preview"].members == 11
    assert not Campaign.objects.exists()
    text = seen.content.decode()
    assert text.index('id="preview"') < text.index('name="open"') < text.index('name="cut_off_on"')
    refused = client.post(address, {**form, "code": "packs", "open": "1"})
    assert refused.status_code == 200
    assert refused.context["form"].errors
    opened = client.post(address, {**form, "open": "1"})
    assert opened.url == at("campaign", **CAMPAIGN)
    assert Campaign.objects.get().opened_by == office_user


def test_what_is_unlikely_to_be_meant_stands_beside_the_button_that_asks(
    client, register, office_user, monkeypatch
):
    monkeypatch.setattr("pingyi.campaigns.queries.freezing._leads", lambda *_of: False)
    client.force_login(office_user)
    address = at("open") + "?pack=chuangxian-2011"
    form = client.get(address).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form}
    sent |= {"root": register.county.pk, "preview": "1"}
    text = client.post(address, sent).content.decode()
    button = text.split('name="open"')[1].split(">")[0]
    assert "没有书记。" in button.split("data-confirm=")[1]
    assert "没有书记。" in text.split('name="open"')[1].split("</div>")[0].replace(button, "")


def test_the_days_of_the_pack_are_proposed_in_this_half_year(
    client, register, office_user, monkeypatch
):
    moment = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: moment)
    client.force_login(office_user)
    form = client.get(at("open") + "?pack=chuangxian-2011").context["form"]
    assert [form[key].value() for key in ("opens.first", "due.first.unit", "closes.second")] == [
        date(2026, 12, 16), date(2026, 12, 28), date(2027, 6, 30),
    ]  # fmt: skip
    assert form["cut_off_on"].value() == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("cut_off_on", "remark"),
    [("2011-06-15", ""), ("2011-06-17", "晚于第一次"), ("2010-10-01", "早半年以上")],
)
def test_a_cut_off_that_is_hardly_meant_is_pointed_out(
    client, register, office_user, monkeypatch, cut_off_on, remark
):
    moment = datetime(2011, 6, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: moment)
    client.force_login(office_user)
    address = at("open") + "?pack=chuangxian-2011"
    form = client.get(address).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form}
    sent |= {"root": register.county.pk, "cut_off_on": cut_off_on, "preview": "1"}
    remarks = client.post(address, sent).context["remarks"]
    assert len(remarks) == bool(remark)
    assert remark in "".join(remarks)


def test_the_office_names_the_themes_of_its_own_campaign(client, register, office_user):
    client.force_login(office_user)
    address = at("open") + "?pack=chuangxian-2011"
    form = client.get(address).context["form"]
    known = form.pack.review.themes[0]
    assert known.label in form["themes"].value()
    sent = {bound.html_name: bound.value() or "" for bound in form}
    sent |= {"root": register.county.pk, "cut_off_on": "2011-05-31"}
    sent["themes"] = f" {known.label}\n\n防汛  救灾\n防汛 救灾"
    page = client.post(address, {**sent, "preview": "1"})
    values = page.context["form"].values()
    campaign = open_campaign(**values, by=office_user, now=NOW)
    themes = pack_of(campaign).review.themes
    assert [(theme.code, theme.label) for theme in themes] == [
        (known.code, known.label), ("theme_1", "防汛 救灾"),
    ]  # fmt: skip
    sent["themes"] = "长" * 41
    assert "themes" in client.post(address, {**sent, "preview": "1"}).context["form"].errors


def test_a_pack_without_reviews_asks_for_no_themes(client, register, office_user):
    client.force_login(office_user)
    form = client.get(at("open") + "?pack=ganbu-ceping").context["form"]
    assert "themes" not in form.fields
    assert with_themes(form.pack, ["防汛"]) == form.pack


def test_a_new_theme_takes_no_code_of_the_pack():
    pack = known_pack("chuangxian-2011").pack
    first = with_themes(pack, ["防汛"])
    again = with_themes(first, ["防汛", "抗旱"])
    assert [theme.code for theme in again.review.themes] == ["theme_1", "theme_2"]


def test_a_tree_that_is_too_deep_has_no_preview(client, register, office_user, monkeypatch):
    monkeypatch.setattr("pingyi.campaigns.rules.tree.MOST_LEVELS", 1)
    client.force_login(office_user)
    form = {
        "name": "x",
        "code": "x",
        "root": register.county.pk,
        "cut_off_on": "2011-05-31",
        "opens.year": "2011-06-16",
        "closes.year": "2011-06-30",
        "due.year.unit": "2011-06-28",
    }
    seen = client.post(at("open") + "?pack=ganbu-ceping", {**form, "preview": "1"})
    assert seen.context["preview"] is None


def test_only_an_office_opens_campaigns(client, clerk_user):
    client.force_login(clerk_user)
    assert client.get(at("open")).url == at("list")
