import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pingyi.appraisals.forms.records import OpinionForm
from pingyi.appraisals.models import Appraisal, Count, Flag, Opinion, StageRecord
from pingyi.appraisals.operations.counts import sign_count
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.core.refusals import Refusal
from pingyi.ledger.queries import root
from tests.appraisals.conftest import BAD, FIGURES, GOOD, ITEMS, PANEL, unit_lines

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

ROUND = {"campaign_code": "cx2011", "round_code": "first"}
VILLAGE = {**ROUND, "unit_code": "T1-1"}
STAGE = {"held_on": "2011-06-01", "place": "村部", "content": "发放征求意见表四十份"}
SIGNERS = {"counted_on": "2011-06-01", "scrutineer": "周监票", "teller": "吴计票"}


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def at(client, campaign):
    """Signs a user in and asks for a page about the village, or about the round."""

    def asked(user, name, data=None, **changes):
        client.force_login(user)
        where = ROUND if name in ("units", "ledger") else VILLAGE
        url = reverse(f"appraisals:{name}", kwargs={**where, **changes})
        return client.get(url) if data is None else client.post(url, data)

    return asked


def shows(page: str, name: str, value: str) -> bool:
    """Whether a field of the page holds a value."""
    return bool(re.search(f'<input [^>]*name="{name}"[^>]* value="{value}"', page))


def cells(overall=GOOD, **changes):
    """What a teller types into annex 4."""
    typed = {name: getattr(FIGURES, name) for name in
             ("due", "present", "issued", "collected", "valid", "spoilt")}  # fmt: skip
    for item in ITEMS:
        votes = overall if item == "overall" else GOOD
        typed |= {f"0-{item}-{option}": number for option, number in votes.items()}
    return {**typed, **SIGNERS, **changes}


PAGES = [
    ("unit", {}),
    ("result", {}),
    ("stage", {"stage_code": "opinions"}),
    ("stage", {"stage_code": "meeting"}),
    ("count", {"form_code": "annex4"}),
    ("count", {"form_code": "annex5"}),
    ("units", {}),
]


def test_every_page_answers_those_who_answer_for_the_branch(
    at, prepared, village, clerk_user, branch_secretary_user, inspector_user
):
    prepared(village)
    for user in (clerk_user, branch_secretary_user, inspector_user):
        for name, where in PAGES:
            expected = 302 if (name, user) == ("units", branch_secretary_user) else 200
            assert at(user, name, **where).status_code == expected, (name, user)


def test_members_are_refused_and_other_townships_find_nothing(
    at, prepared, village, member_user, other_clerk_user
):
    prepared(village)
    for name, where in PAGES[:-1]:
        refused = at(member_user, name, **where)
        assert refused.status_code == 403, name
        assert at(other_clerk_user, name, **where).status_code == 404, name
    assert at(member_user, "units").status_code == 404
    assert at(member_user, "ledger", kind="xlsx").status_code == 404


def test_a_refusal_is_a_page_with_its_sentence(at, village, member_user):
    page = at(member_user, "unit")
    assert page.status_code == 403
    assert page.context["refusal"].code == "not_a_reader"
    assert str(page.context["refusal"].sentence) in page.content.decode()


def test_what_does_not_exist_is_not_found(at, prepared, village, clerk_user):
    for name, where, data in [
        ("stage", {"stage_code": "ballot"}, None),
        ("stage", {"stage_code": "nothing"}, None),
        ("count", {"form_code": "annex9"}, None),
        ("unit", {"unit_code": "T1"}, None),
        ("unit", {"round_code": "nothing"}, None),
        ("ledger", {"kind": "docx"}, None),
        ("opinion", {}, {"text": "还没开始"}),
        ("void-count", {"form_code": "annex4"}, {}),
    ]:
        assert at(clerk_user, name, data, **where).status_code == 404, name
    prepared(village)
    assert at(clerk_user, "void-count", {}, form_code="annex4").status_code == 404


def test_a_campaign_without_appraisal_has_no_such_pages(at, clerk_user, monkeypatch):
    monkeypatch.setattr("pingyi.appraisals.queries.plans.plan_of", lambda _round: None)
    assert at(clerk_user, "unit").status_code == 404


def test_stages_are_recorded_on_their_pages(at, branch_secretary_user):
    early = at(branch_secretary_user, "stage", STAGE, stage_code="self_check")
    assert STAGE["content"] in early.content.decode()
    assert not StageRecord.objects.exists()
    for code in ("opinions", "self_check"):
        assert at(branch_secretary_user, "stage", STAGE, stage_code=code).status_code == 302
    panel = {f"due-{key}": due for key, (due, _) in PANEL.items()} | {
        f"present-{key}": present for key, (_, present) in PANEL.items()
    }
    at(branch_secretary_user, "stage", {**STAGE, **panel}, stage_code="meeting")
    corrected = at(branch_secretary_user, "stage", stage_code="meeting").content.decode()
    assert shows(corrected, "present-masses", "5")
    assert StageRecord.objects.count() == 3


def test_opinions_are_added_one_by_one(at, prepared, village, branch_secretary_user):
    prepared(village)
    for text, status in (("多办农家书屋", 302), (" ", 422)):
        assert at(branch_secretary_user, "opinion", {"text": text}).status_code == status
    assert Opinion.objects.get().text == "多办农家书屋"
    assert "多办农家书屋" in at(branch_secretary_user, "unit").content.decode()
    # None is owed.
    assert not OpinionForm().fields["text"].required


def test_what_was_typed_stays_where_the_deed_is_refused_in_the_middle_of_a_page(
    at, prepared, typed, village, inspector_user, clerk_user
):
    typed(prepared(village), unit_lines())
    opinion = at(inspector_user, "opinion", {"text": "多办农家书屋"})
    reopening = at(clerk_user, "reopen-count", {"reason": "录入错误"}, form_code="annex4")
    for page, words in ((opinion, "多办农家书屋"), (reopening, "录入错误")):
        assert page.status_code == 422
        assert "notice-error" in page.content.decode()
        assert words in page.content.decode()
    assert not Opinion.objects.exists()


def test_before_the_stages_there_is_no_count(at, branch_secretary_user):
    page = at(branch_secretary_user, "count", form_code="annex4").content.decode()
    assert "请先完成“征求意见”" in page
    at(branch_secretary_user, "count", {}, form_code="annex4")
    assert not Appraisal.objects.exists()


def test_a_count_is_opened_typed_and_signed(at, prepared, village, branch_secretary_user):
    prepared(village)
    begun = at(branch_secretary_user, "count", {}, form_code="annex4")
    assert begun.status_code == 302
    at(branch_secretary_user, "count", {"due": 12, "present": 11, **SIGNERS}, form_code="annex4")
    page = at(branch_secretary_user, "count", form_code="annex4").content.decode()
    assert shows(page, "due", "12")
    answer = at(branch_secretary_user, "count", {**cells(BAD), "sign": "1"}, form_code="annex4")
    assert answer.url == reverse("appraisals:result", kwargs=VILLAGE)
    count = Count.objects.get()
    assert (count.state, count.signed_by) == ("signed", branch_secretary_user)
    result = at(branch_secretary_user, "result").content.decode()
    assert "党组织满意率低于60%" in result
    assert "5 / 10 = 50" in result
    assert f"台账 {root().short}" in result


@pytest.mark.parametrize(("overall", "named"), [(GOOD, 1), (BAD, 0)])
def test_a_good_result_is_named_beside_the_overall_item_and_in_the_ledger(
    overall, named, at, prepared, signed, village, clerk_user
):
    signed(prepared(village), unit_lines(overall))
    page = at(clerk_user, "result").content.decode()
    assert page.count("<small>群众反映好</small>") == named
    assert "群众反映好 ≥ 80.0%" in page
    sheet = load_workbook(BytesIO(at(clerk_user, "ledger", kind="xlsx").content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("群众反映好" in cell for cell in cells) is bool(named)


def test_figures_that_do_not_add_up_are_told_and_kept(at, prepared, village, branch_secretary_user):
    prepared(village)
    at(branch_secretary_user, "count", {}, form_code="annex4")
    wrong = {**cells(), "present": 13, "0-deeds-satisfied": 9, "sign": "1"}
    answer = at(branch_secretary_user, "count", wrong, form_code="annex4")
    page = at(branch_secretary_user, "count", form_code="annex4").content.decode()
    assert answer.url.endswith("/count/annex4/")
    assert page.count("notice-error") == 1
    assert page.split("notice-error")[1].split("</div>")[0].count("<li>") == 2
    assert "为民办实事情况" in page
    assert shows(page, "present", "13")
    assert shows(page, "0-deeds-satisfied", "9")
    assert Count.objects.get().state == "draft"


def test_a_word_instead_of_a_figure_comes_back_as_it_was_typed(
    at, prepared, village, branch_secretary_user
):
    prepared(village)
    at(branch_secretary_user, "count", {}, form_code="annex4")
    page = at(
        branch_secretary_user, "count", cells(due="十二"), form_code="annex4"
    ).content.decode()
    assert 'value="十二"' in page
    assert shows(page, "0-deeds-satisfied", "6")


def test_a_count_is_signed_by_one_press_of_a_browser(at, prepared, village, branch_secretary_user):
    """A browser sends the token of its page: keeping and signing are two deeds of one sending."""
    prepared(village)
    annex4 = {"form_code": "annex4"}
    at(branch_secretary_user, "count", {}, **annex4)
    sent = {**cells(), "sign": "1", "csrfmiddlewaretoken": "a" * 64}
    for _again in range(2):
        at(branch_secretary_user, "count", sent, **annex4)
        assert Count.objects.get().state == "signed"


def test_a_void_vote_is_held_again_and_a_signed_one_opened_again(at, prepared, village, clerk_user):
    prepared(village)
    annex4 = {"form_code": "annex4"}
    at(clerk_user, "count", {}, **annex4)
    at(clerk_user, "void-count", {}, **annex4)
    assert Count.objects.get().state == "draft"
    at(clerk_user, "count", cells(issued=10), **annex4)
    assert "void/" in at(clerk_user, "count", **annex4).content.decode()
    at(clerk_user, "void-count", {}, **annex4)
    assert 'name="begin"' in at(clerk_user, "count", **annex4).content.decode()
    at(clerk_user, "count", {"begin": "1"}, **annex4)
    assert "void/" not in at(clerk_user, "count", **annex4).content.decode()
    at(clerk_user, "count", {**cells(), "sign": "1"}, **annex4)
    assert Count.objects.get(number=2).state == "signed"
    typed_into = at(clerk_user, "count", cells(due=99), **annex4)
    assert 'value="99"' in typed_into.content.decode()
    at(clerk_user, "reopen-count", {"reason": ""}, **annex4)
    assert Count.objects.get(number=2).state == "signed"
    at(clerk_user, "reopen-count", {"reason": "录入错误"}, **annex4)
    assert [count.state for count in Count.objects.filter(number=2)] == ["reopened", "draft"]


def test_members_are_typed_row_by_row(at, prepared, village, participants, clerk_user):
    prepared(village)
    at(clerk_user, "count", {}, form_code="annex5")
    key = participants["village_member"].pk
    at(clerk_user, "count", {**SIGNERS, f"{key}-overall-satisfied": 4}, form_code="annex5")
    answer = at(clerk_user, "count", form_code="annex5")
    page = answer.content.decode()
    assert shows(page, f"{key}-overall-satisfied", "4")
    assert "张小芳" in page
    # Nobody appraises themselves: of a row of a member one ballot may be missing.
    sums, rows = answer.context["identities"][:3], answer.context["identities"][3:]
    assert {rule["slack"] for rule in sums} == {0}
    assert [rule["slack"] for rule in rows] == [1] * 12


def test_a_decision_is_recorded_and_a_wrong_one_comes_back_with_its_words(
    at, prepared, signed, village, clerk_user, branch_secretary_user
):
    signed(prepared(village), unit_lines(BAD))
    flag = Flag.objects.first()
    data = {f"{flag.pk}-decision": "限期整改", f"{flag.pk}-decider": "镇党委会议"}
    for day in ("", "2011-06-02"):
        wrong = at(clerk_user, "decide", {**data, f"{flag.pk}-decided_on": day}, pk=flag.pk)
        assert wrong.status_code == 422
        assert "限期整改" in wrong.content.decode()
    right = {**data, f"{flag.pk}-decided_on": "2011-06-01"}
    refused = at(branch_secretary_user, "decide", right, pk=flag.pk)
    assert refused.status_code == 422
    assert "限期整改" in refused.content.decode()
    assert at(clerk_user, "decide", right, pk=flag.pk).status_code == 302
    flag.refresh_from_db()
    assert flag.decided_by == clerk_user
    assert "镇党委会议" in at(clerk_user, "result").content.decode()
    assert at(clerk_user, "decide", right, pk=10**6).status_code == 404


def test_after_the_last_decision_the_first_page_follows(at, prepared, signed, village, clerk_user):
    signed(prepared(village), unit_lines(BAD))
    where = []
    for flag in Flag.objects.order_by("pk"):
        names = ("decision", "decider", "decided_on")
        said = dict(zip(names, ("限期整改", "镇党委会议", "2011-06-01"), strict=True))
        data = {f"{flag.pk}-{name}": value for name, value in said.items()}
        where.append(at(clerk_user, "decide", data, pk=flag.pk).url)
    results = reverse("appraisals:result", kwargs=VILLAGE)
    assert where == [results] * (len(where) - 1) + ["/"]


def test_signing_asks_with_the_sums_and_the_words_of_a_count_are_explained(
    at, prepared, village, branch_secretary_user
):
    prepared(village)
    at(branch_secretary_user, "count", {}, form_code="annex4")
    page = at(branch_secretary_user, "count", form_code="annex4").content.decode()
    assert 'data-confirm="确认签名？应到 {due}，实到 {present}' in page
    for word in ("废票：", "无效：", "弃权："):
        assert word in page
    at(branch_secretary_user, "count", {}, form_code="annex5")
    page = at(branch_secretary_user, "count", form_code="annex5").content.decode()
    assert "data-one-at-a-time" in page
    assert re.search(r'<td data-label="[^"]+ · 弃权"><input', page)


def test_the_list_counts_only_what_one_reads(
    at, client, prepared, signed, units, other_clerk_user, office_user
):
    signed(prepared(units["T1-1"]), unit_lines())
    prepared(units["T2-1"])
    assert at(other_clerk_user, "units").status_code == 302
    assert client.get(reverse("appraisals:units", kwargs=ROUND) + "?q=").context["counted"] == 0
    assert at(office_user, "units").context["counted"] == 1
    names = {"counted": ["T1-1"], "begun": ["T2-1"], "none": ["T1-2", "T1-3"]}
    for state, codes in names.items():
        answer = client.get(reverse("appraisals:units", kwargs=ROUND), {"state": state})
        assert [unit.code for unit, *_ in answer.context["rows"]] == codes, state


def test_an_exempt_organization_is_told_from_one_that_has_not_begun(
    at, client, units, first_round, office_user, now
):
    given = {"duty": "appraisal", "reason": "新成立，本轮不评议", "by": None, "now": now}
    exempt(round_=first_round, unit=units["T1-1"], **given)
    page = at(office_user, "units").content.decode()
    assert page.count("circle-minus") == 1
    for state, codes in (("exempt", ["T1-1"]), ("none", ["T1-2", "T1-3", "T2-1"])):
        answer = client.get(reverse("appraisals:units", kwargs=ROUND), {"state": state})
        assert [unit.code for unit, *_ in answer.context["rows"]] == codes, state


def test_a_signed_count_is_read_with_the_reason_why_it_does_not_change(
    at, prepared, signed, village, branch_secretary_user
):
    signed(prepared(village), unit_lines())
    page = at(branch_secretary_user, "count", form_code="annex4")
    shown = page.content.decode()
    assert str(page.context["refusal"].sentence) in shown
    cells = [field for field in page.context["form"] if field.name.startswith("0-")]
    assert cells
    assert all("readonly" in str(cell) and "disabled" not in str(cell) for cell in cells)


@pytest.mark.parametrize("is_signed", [False, True])
def test_who_cannot_sign_reads_the_sentence_with_which_signing_is_refused(
    is_signed, at, prepared, signed, typed, village, inspector_user, clerk_user, now
):
    made = signed if is_signed else typed
    count = made(prepared(village), unit_lines())
    user = clerk_user if is_signed else inspector_user
    shown = at(user, "count", form_code="annex4").content.decode()
    with pytest.raises(Refusal) as caught:
        sign_count(count=count, by=user, now=now)
    assert str(caught.value) in shown
    assert 'name="sign"' not in shown


def test_the_ledger_reads_back_with_rates_and_signers(at, prepared, signed, village, clerk_user):
    signed(prepared(village), unit_lines(BAD))
    sheet = load_workbook(BytesIO(at(clerk_user, "ledger", kind="xlsx").content)).active
    line = next(row for row in sheet.values if "柳湾村党支部" in row)
    assert [cell for cell in line if isinstance(cell, int)][1:] == [12, 11, 11, 11, 10, 1]
    assert any("满意率 5/10 = 50.0%\uff1b" in str(cell) for cell in line)
    assert {"周监票", "吴计票"} <= set(line)
    assert at(clerk_user, "ledger", kind="pdf").content.startswith(b"%PDF")


def test_the_base_of_the_shares_stands_beside_them(at, prepared, signed, village, clerk_user):
    signed(prepared(village), unit_lines())
    page = at(clerk_user, "result").content.decode()
    assert page.count('class="share-base"') == len(GOOD)


def test_a_new_count_starts_from_the_panel_and_a_difference_is_pointed_out(
    at, prepared, signed, typed, village, clerk_user
):
    appraisal = prepared(village)
    at(clerk_user, "count", {}, form_code="annex4")
    begun = at(clerk_user, "count", form_code="annex4").content.decode()
    assert shows(begun, "due", "12")
    assert shows(begun, "present", "10")
    assert 'name="issued" type="text" value=' not in begun
    assert "panel-difference" not in begun
    typed(appraisal, unit_lines(), figures=replace(FIGURES, present=10))
    agreed = at(clerk_user, "count", form_code="annex4").content.decode()
    assert "panel-difference" not in agreed
    signed(appraisal, unit_lines())
    for name, where in (("count", {"form_code": "annex4"}), ("result", {})):
        assert at(clerk_user, name, **where).content.decode().count("panel-difference") == 1
