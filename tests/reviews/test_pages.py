from datetime import date

import pytest
from django.urls import reverse

from pingyi.reviews.models import Assignment, Meeting, Publication, Review
from pingyi.reviews.operations.consequences import publish
from tests.reviews.conftest import TEXTS

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

ROUND = {"campaign_code": "cx2011", "round_code": "first"}
CAMPAIGN = {"campaign_code": "cx2011"}
HEAD = {"form": "meeting", "held_on": "2011-06-01", "place": "村部"}


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def at(client):
    """Signs a user in and asks for a page of the campaign."""

    def asked(user, name, data=None, **kwargs):
        if user is not None:
            client.force_login(user)
        kwargs.setdefault("campaign_code", "cx2011")
        url = reverse(f"reviews:{name}", kwargs=kwargs)
        return client.get(url) if data is None else client.post(url, data)

    return asked


def test_my_tasks_come_with_a_way_to_do_them(at, assignments, branch_secretary_user, participants):
    page = at(branch_secretary_user, "tasks", round_code="first").content.decode()
    assert "张小芳" in page
    assert f"/people/{participants['village_member'].pk}/review/" in page
    assert "/units/T1-1/meeting/" in page


def test_a_review_is_typed_and_saved(at, branch_secretary_user, participants):
    subject, reviewer = participants["village_member"], participants["village_secretary"]
    where = {"round_code": "first", "pk": subject.pk}
    assert at(branch_secretary_user, "review-person", **where).status_code == 200
    data = {**HEAD, **TEXTS[0], "reviewer": reviewer.pk, "themes": ["anniversary"]}
    answer = at(branch_secretary_user, "review-person", data, **where)
    review = Review.objects.get()
    assert answer.url == reverse("reviews:detail", kwargs={**CAMPAIGN, "pk": review.pk})
    assert review.recorded_by == branch_secretary_user


def test_the_next_who_is_owed_follows_with_what_the_sitting_has_in_common(
    at, client, assignments, branch_secretary_user, participants
):
    member, next_ = participants["village_member"], participants["village_probationer"]
    data = {**HEAD, "themes": ["anniversary"], "reviewer": participants["village_secretary"].pk}
    where = {"round_code": "first"}
    answer = at(
        branch_secretary_user,
        "review-person",
        {**data, **TEXTS[0], "next": "1"},
        **where,
        pk=member.pk,
    )
    here = reverse("reviews:review-person", kwargs={**CAMPAIGN, **where, "pk": next_.pk})
    assert answer.url.partition("?")[0] == here
    form = client.get(answer.url).context["form"]
    assert {name: form[name].value() for name in (*HEAD, "themes")} == {
        **HEAD, "themes": ["anniversary"],
    }  # fmt: skip
    last = at(
        branch_secretary_user,
        "review-person",
        {**data, **TEXTS[1], "next": "1"},
        **where,
        pk=next_.pk,
    )
    assert last.url == reverse("reviews:tasks", kwargs={**CAMPAIGN, **where})
    page = client.get(last.url).content.decode()
    for review in Review.objects.all():
        assert reverse("reviews:detail", kwargs={**CAMPAIGN, "pk": review.pk}) in page


def test_a_review_in_writing_has_no_place(at, branch_secretary_user, participants):
    subject, reviewer = participants["village_member"], participants["village_secretary"]
    data = {**HEAD, **TEXTS[0], "reviewer": reviewer.pk, "place": ""}
    where = {"round_code": "first", "pk": subject.pk}
    refused = at(branch_secretary_user, "review-person", data, **where)
    assert list(refused.context["form"].errors) == ["place"]
    answer = at(branch_secretary_user, "review-person", {**data, "form": "written"}, **where)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Review.objects.get().place == ""


def test_signs_come_back_with_the_text_and_may_be_accepted(
    at, record, branch_secretary_user, participants
):
    record("village_secretary", "village_probationer")
    reviewer = participants["village_secretary"]
    where = {"round_code": "first", "pk": participants["village_member"].pk}
    data = {**HEAD, **TEXTS[0], "direction": "", "reviewer": reviewer.pk}
    answer = at(branch_secretary_user, "review-person", data, **where)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert TEXTS[0]["problems"] in page
    assert "side-by-side" in page
    assert 'name="accept"' in page
    assert Review.objects.count() == 1
    at(branch_secretary_user, "review-person", {**data, "accept": "1"}, **where)
    assert Review.objects.count() == 2


def test_a_refused_review_says_why_beside_what_was_typed(at, branch_secretary_user, participants):
    where = {"round_code": "first", "pk": participants["village_member"].pk}
    data = {**HEAD, **TEXTS[0], "reviewer": participants["village_secretary"].pk}
    answer = at(branch_secretary_user, "review-person", {**data, "held_on": "2011-06-02"}, **where)
    assert answer.status_code == 422
    assert TEXTS[0]["problems"] in answer.content.decode()
    answer = at(branch_secretary_user, "review-person", {**data, "form": ""}, **where)
    assert answer.status_code == 422


def test_a_review_typed_while_its_round_was_closed_is_not_lost(
    at, branch_secretary_user, participants, closed_round
):
    where = {"round_code": "first", "pk": participants["village_member"].pk}
    data = {**HEAD, **TEXTS[0], "reviewer": participants["village_secretary"].pk}
    shown = at(branch_secretary_user, "review-person", **where).content.decode()
    assert "notice-error" in shown
    assert "<textarea" not in shown
    refused = at(branch_secretary_user, "review-person", data, **where)
    assert refused.status_code == 422
    assert TEXTS[0]["problems"] in refused.content.decode()
    assert "notice-error" in refused.content.decode()


def test_a_unit_is_reviewed_by_the_leader_in_charge(at, leader_user, participants):
    data = {**HEAD, **TEXTS[0], "reviewer": participants["t1_leader"].pk}
    assert (
        at(leader_user, "review-unit", data, round_code="first", unit_code="T1-1").status_code
        == 302
    )
    assert Review.objects.get().unit.code == "T1-1"


def test_an_inspector_reads_but_gets_no_form(at, inspector_user, participants):
    where = {"round_code": "first", "pk": participants["village_member"].pk}
    assert "<textarea" not in at(inspector_user, "review-person", **where).content.decode()


def test_what_lies_outside_is_not_found(
    at, record, branch_secretary_user, member_user, probationer_user, participants
):
    review = record("school_secretary", "school_member", 1)
    own = record("village_secretary", "village_member")
    outside = participants["school_member"].pk
    first = {"round_code": "first"}
    for user, name, where in [
        (branch_secretary_user, "review-person", {**first, "pk": outside}),
        (branch_secretary_user, "review-unit", {**first, "unit_code": "T1-2"}),
        (branch_secretary_user, "begin-meeting", {**first, "unit_code": "T1-2"}),
        (branch_secretary_user, "coverage-unit", {**first, "unit_code": "T1-2"}),
        (branch_secretary_user, "missing", {**first, "unit_code": "X"}),
        (branch_secretary_user, "publish", {**first, "unit_code": "T1"}),
        (branch_secretary_user, "detail", {"pk": review.pk}),
        (branch_secretary_user, "tasks", {"round_code": "third"}),
        (probationer_user, "detail", {"pk": own.pk}),
        (member_user, "coverage", first),
    ]:
        assert at(user, name, **where).status_code == 404, name
    assert at(member_user, "detail", pk=own.pk).status_code == 200


def test_another_campaign_is_not_found(client, office_user, campaign):
    client.force_login(office_user)
    assert client.get("/reviews/nothing/ledger/").status_code == 404


def test_a_sitting_is_begun_filled_and_saved(at, branch_secretary_user, participants):
    head = {**HEAD, "reviewer": participants["village_secretary"].pk}
    where = {"round_code": "first", "unit_code": "T1-1"}
    assert at(branch_secretary_user, "begin-meeting", **where).status_code == 200
    assert (
        at(
            branch_secretary_user, "begin-meeting", {**head, "held_on": "2011-06-02"}, **where
        ).status_code
        == 422
    )
    at(branch_secretary_user, "begin-meeting", head, **where)
    pk = Meeting.objects.get().pk
    row = f"p{participants['village_member'].pk}"
    page = at(branch_secretary_user, "meeting", pk=pk).content.decode()
    assert f'name="{row}-problems"' in page
    at(branch_secretary_user, "meeting-draft", {f"{row}-problems": "只写了一格"}, pk=pk)
    assert "missing-cell" in at(branch_secretary_user, "meeting", pk=pk).content.decode()
    cells = {f"{row}-{part}": text for part, text in TEXTS[0].items()}
    refused = at(branch_secretary_user, "meeting", {**cells, f"{row}-direction": ""}, pk=pk)
    assert refused.status_code == 422
    assert TEXTS[0]["problems"] in refused.content.decode()
    assert at(branch_secretary_user, "meeting", cells, pk=pk).status_code == 302
    assert Review.objects.count() == 1
    again = at(branch_secretary_user, "meeting", cells, pk=pk)
    assert again.status_code == 422
    assert TEXTS[0]["problems"] in again.content.decode()


def test_autosave_answers_with_a_word(client, meeting, branch_secretary_user, participants):
    client.force_login(branch_secretary_user)
    url = reverse("reviews:meeting-draft", kwargs={**CAMPAIGN, "pk": meeting.pk})
    row = f"p{participants['village_member'].pk}"
    answer = client.post(url, {f"{row}-problems": "半句"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert Meeting.objects.get().draft[row]["problems"] == "半句"
    discard = reverse("reviews:discard-meeting", kwargs={**CAMPAIGN, "pk": meeting.pk})
    assert client.post(discard).status_code == 302
    assert client.post(discard).status_code == 302
    late = client.post(url, {f"{row}-problems": "晚了"}, headers={"HX-Request": "true"})
    assert "notice-error" in late.content.decode()
    assert "<html" not in late.content.decode()
    slow = client.post(url, {f"{row}-problems": "晚了"})
    assert slow.status_code == 422
    assert "晚了" in slow.content.decode()


def test_follow_up_and_withdrawal_from_the_page_of_a_review(at, record, clerk_user):
    review = record("village_secretary", "village_member", direction="", accept_signs=True)
    assert at(clerk_user, "detail", pk=review.pk).status_code == 200
    for name, data, status in [
        ("follow-up", {"text": ""}, 422),
        ("follow-up", {"text": "已走访"}, 302),
        ("withdraw", {"reason": ""}, 422),
        ("withdraw", {"reason": "录错"}, 302),
        ("withdraw", {"reason": "又录错"}, 422),
        ("follow-up", {"text": "再走访"}, 422),
    ]:
        answer = at(clerk_user, name, data, pk=review.pk)
        assert answer.status_code == status
        assert status == 302 or "".join(data.values()) in answer.content.decode()
    review.refresh_from_db()
    assert (review.follow_up, review.withdrawal_reason) == ("已走访", "录错")
    assert "录错" in at(clerk_user, "detail", pk=review.pk).content.decode()


def test_coverage_leads_down_to_the_missing(at, clerk_user, assignments):
    page = at(clerk_user, "coverage", round_code="first").content.decode()
    assert "/coverage/T1-1/" in page
    below = at(clerk_user, "coverage-unit", round_code="first", unit_code="T1-1").content.decode()
    assert "/coverage/T1/" in below
    missing = at(clerk_user, "missing", round_code="first", unit_code="T1-1").content.decode()
    assert "张小芳" in missing
    assert "/units/T1-1/review/" in missing


def test_the_ledger_filters_and_exports(client, record, clerk_user, participants):
    record("village_secretary", "village_member", direction="", accept_signs=True)
    record("school_secretary", "school_member", 1)
    record("t1_leader", "T1-1", 2, form="on_site")
    client.force_login(clerk_user)
    url = reverse("reviews:ledger", kwargs=CAMPAIGN)
    for query, found in {
        "": 3,
        "q=留守": 1,
        "unit=T1-1": 2,
        "unit=中学": 1,
        "unit=nowhere": 3,
        "reviewer=赵文": 1,
        "reviewer=nobody": 0,
        "kind=unit": 1,
        "kind=person": 2,
        "form=on_site": 1,
        "since=2011-06-02": 0,
        "until=2011-05-31": 0,
        "since=rubbish": 3,
        "signs=with": 1,
        "signs=without": 2,
        "round=first": 3,
        "round=second": 0,
        "withdrawn=on": 0,
    }.items():
        answer = client.get(f"{url}?{query}")
        assert len(answer.context["lines"]) == found, query
    xlsx = client.get(reverse("reviews:ledger-xlsx", kwargs=CAMPAIGN) + "?kind=unit")
    assert xlsx.content.startswith(b"PK")
    pdf = client.get(reverse("reviews:ledger-pdf", kwargs=CAMPAIGN))
    assert pdf.content.startswith(b"%PDF")


def test_a_character_without_a_font_keeps_nobody_from_the_ledger(at, record, office_user):
    record(
        "village_secretary",
        "village_member",
        direction="抓班子👍\uf0b7𪚥，带队伍，一年办成三件实事",
    )
    answer = at(office_user, "ledger-pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_assignments_are_listed_changed_and_derived_anew(
    at, assignments, office_user, participants
):
    first = {"round_code": "first"}
    assert at(office_user, "assignments", **first).status_code == 200
    target = assignments("张小芳")
    link = reverse("reviews:assignment", kwargs={**CAMPAIGN, **first, "pk": target.pk})
    assert f'href="{link}"' in at(office_user, "assignments", **first).content.decode()
    assert at(office_user, "assignment", pk=target.pk, **first).status_code == 200
    data = {"reviewer": participants["t1_leader"].pk, "reason": "住院"}
    assert (
        at(office_user, "assignment", {**data, "reason": ""}, pk=target.pk, **first).status_code
        == 422
    )
    own = {"reviewer": assignments("李秀兰").participant_id, "reason": "试试"}
    wrong = assignments("李秀兰").pk
    assert at(office_user, "assignment", own, pk=wrong, **first).status_code == 422
    assert at(office_user, "assignment", data, pk=target.pk, **first).status_code == 302
    assert at(office_user, "derive-assignments", {}, **first).status_code == 302
    assert Assignment.objects.get(pk=target.pk).reviewer == participants["t1_leader"]


def test_only_who_may_change_a_reviewer_is_offered_it(
    at, assignments, office_user, inspector_user, closed_round
):
    target = assignments("张小芳")
    where = {"round_code": "first", "pk": target.pk}
    link = f'href="{reverse("reviews:assignment", kwargs={**CAMPAIGN, **where})}"'
    for user in (office_user, inspector_user):
        assert link not in at(user, "assignments", round_code="first").content.decode()


def test_a_clerk_who_derives_is_told_why_not(at, clerk_user, client, campaign):
    at(clerk_user, "derive-assignments", {}, round_code="first")
    assert not Assignment.objects.exclude(reason="").exists()


def test_reviews_are_published_from_the_list(at, record, clerk_user):
    review = record("village_secretary", "village_member")
    where = {"round_code": "first", "unit_code": "T1-1"}
    assert str(review.pk) in at(clerk_user, "publish", **where).content.decode()
    data = {"scope": "unit", "way": "meeting", "published_on": "2011-06-01"}
    assert at(clerk_user, "publish", data, **where).status_code == 422
    assert at(clerk_user, "publish", {**data, "review": [review.pk]}, **where).status_code == 302
    assert Publication.objects.get().reviews.get() == review


def test_a_publication_is_a_page_for_exactly_its_scope(
    at, client, record, units, now, probationer_user, other_clerk_user, clerk_user
):
    review = record("village_secretary", "village_member")
    pages = {}
    for scope in ("unit", "public"):
        made = publish(
            unit=units["T1-1"],
            reviews=[review],
            scope=scope,
            way="meeting",
            published_on=date(2011, 6, 1),
            by=None,
            now=now,
        )
        pages[scope] = made.pk
    assert at(None, "publication", pk=pages["public"]).status_code == 200
    assert at(None, "publication", pk=pages["unit"]).status_code == 404
    assert len(at(None, "published").context["rows"]) == 1
    assert at(probationer_user, "publication", pk=pages["unit"]).status_code == 200
    assert at(other_clerk_user, "publication", pk=pages["unit"]).status_code == 404
    assert len(at(clerk_user, "published").context["rows"]) == 2


def test_members_see_what_was_said_of_them(at, record, member_user, office_user):
    record("village_secretary", "village_member")
    assert TEXTS[0]["problems"] in at(member_user, "mine").content.decode()
    assert at(office_user, "mine").status_code == 200


def test_pages_of_the_program_ask_for_a_sign_in(at, campaign):
    assert at(None, "ledger").status_code == 302


@pytest.mark.parametrize("name", ["ledger", "tasks", "coverage", "assignments", "publish"])
def test_pages_ask_as_much_for_three_rows_as_for_one(
    name, at, record, assignments, secretary_user, django_assert_num_queries, client
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    where = {} if name == "ledger" else {"round_code": "first"}
    if name == "publish":
        where["unit_code"] = "T1"
    record("village_secretary", "village_member")
    at(secretary_user, name, **where)
    counts = []
    for more in ([], [("school_secretary", "school_member", 1), ("t1_leader", "T1-1", 2)]):
        for reviewer, subject, text in more:
            record(reviewer, subject, text)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert at(secretary_user, name, **where).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_pdf_of_too_many_reviews_is_refused_with_a_way_out(
    at, client, record, office_user, monkeypatch
):
    record("village_secretary", "village_member")
    assert at(office_user, "ledger-pdf")["Content-Type"] == "application/pdf"
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"pdf": 0})
    monkeypatch.setattr("pingyi.downloads.rules.MOST_LINES", {"pdf": 0})
    answer = at(office_user, "ledger-pdf")
    assert answer.status_code == 200
    assert "Excel" in answer.content.decode()
