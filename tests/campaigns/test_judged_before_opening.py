"""What a pack says of who is judged is told before a campaign of it is opened."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.campaigns.queries import judged_people, judged_units
from pingyi.campaigns.queries.foreseen import Judged
from pingyi.campaigns.queries.freezing import Preview, preview
from pingyi.campaigns.queries.packs import known_pack, known_problems, pack_of
from pingyi.campaigns.queries.seen import preview_seen
from pingyi.core.refusals import Refusal
from tests.cast import Register
from tests.packs_of_their_own import HEAD, STAGES, ballot

Opened = Callable[[str], Round]
Written = Callable[[str], None]
LEADERS = 'people = { categories = ["township_leader", "grassroots_secretary"] }'
NAMED = '{ unit = "T1", name = "李秀兰" }, { unit = "T9", name = "王" }'
WHO = (
    ("organization", ""),
    ("organization", 'units = { levels = ["township"], kinds = ["committee"] }'),
    ("organization", 'units = { sectors = ["university"] }'),
    ("member", 'graded = "full"'),
    ("member", 'units = { sectors = ["rural"] }'),
    ("member", LEADERS),
    ("member", f'{LEADERS}\nunits = {{ kinds = ["branch"] }}'),
    ("member", f"people = {{ named = [{NAMED}] }}"),
)
PACK = HEAD + STAGES + "".join(ballot(f"f{at}", *who) for at, who in enumerate(WHO))


def foreseen(register: Register) -> Preview:
    info = known_pack("own")
    assert info is not None
    assert info.pack is not None
    return preview(register.county, date(2011, 5, 31), info.pack)


def test_what_is_foreseen_is_what_is_frozen(register: Register, own_campaign: Opened) -> None:
    round_ = own_campaign(PACK)
    found = foreseen(register).judged
    assert [(one.units, one.people) for one in found] == [
        (4, None), (2, None), (0, None), (4, 10), (2, 6), (4, 4), (4, 4), (1, 1),
    ]  # fmt: skip
    plan = pack_of(round_.campaign).appraisal
    assert plan is not None
    frozen = [judged_people(round_.campaign, [form]).count() for form in plan.forms]
    assert frozen == [one.people or 0 for one in found]
    assert judged_units(round_.campaign).count() == 6


def test_a_ballot_about_nobody_is_doubted(register: Register, own_pack: Written) -> None:
    own_pack(PACK)
    seen = foreseen(register)
    assert [one.ballot for one in seen.judged if one.is_empty] == ["附表f2 测评表f2"]
    assert any("附表f2" in doubt for doubt in seen.doubts())
    assert Judged("甲", 3, 0).is_empty
    content = preview_seen("", seen)
    assert [content[f"judged-{at}"].value for at in (0, 3)] == [4, 10]


def test_the_pages_of_a_pack_say_who_is_judged(
    own_pack: Written, register: Register, office_user: User, client: Client
) -> None:
    own_pack(PACK)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("campaigns:pack", args=["own"])).content.decode()
    for words in ("乡镇", "农村", "乡镇、街道党工委领导班子成员", "李秀兰 (T1)"):
        assert words in page
    address = reverse("campaigns:open") + "?pack=own"
    form = client.get(address).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form} | {"cut_off_on": "2011-05-31"}
    shown = client.post(address, {**sent, "root": register.county.pk, "preview": "1"})
    assert "附表f2" in shown.content.decode()


@pytest.mark.parametrize(
    ("who", "key"),
    [
        ('units = { levels = ["moon"] }', "units.levels"),
        ('units = { kinds = ["moon"] }', "units.kinds"),
        ('units = { sectors = ["moon"] }', "units.sectors"),
        ('people = { categories = ["moon"] }', "people.categories"),
    ],
)
def test_a_mark_that_the_register_does_not_know_is_named(
    who: str, key: str, own_pack: Written, own_campaign: Opened
) -> None:
    text = HEAD + STAGES + ballot("a", "member", who)
    own_pack(text)
    info = known_pack("own")
    assert info is not None
    [problem] = known_problems(info)
    assert f"appraisal.forms.a.{key}" in problem
    assert "moon" in problem
    with pytest.raises(Refusal):
        own_campaign(text)
