"""One way to do a deed, one way to show that it was refused."""

import re

import pytest
from django.template import engines
from django.test import Client

from pingyi.core.refusals import Refusal
from tests.ui.promises import CAUSES, KEPT

GOOD = {"text": "修通机耕道", "due": "30"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _promises(settings) -> None:
    settings.ROOT_URLCONF = "tests.ui.promises"
    settings.LANGUAGE_CODE = "zh-hans"
    KEPT.clear()


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def boxes(answer) -> list[list[str]]:
    """The refusals on a page: each its sentence and then its details."""
    html = answer.content.decode()
    found = re.findall(
        r'<div class="notice notice-error" role="alert">.*?</div>\s*</div>', html, re.DOTALL
    )
    return [re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", box) for box in found]


def test_a_get_shows_the_form_and_writes_nothing(browser):
    answer = browser.get("/page", GOOD)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>写下承诺</h1>" in html
    assert "公开承诺第一次" in html
    assert '<a class="btn" href="/back">' in html
    assert browser.get("/among", GOOD).status_code == 200
    assert KEPT == []


def test_a_deed_is_done_once_and_leads_back_with_its_message(browser):
    answer = browser.post("/page", GOOD)
    assert (answer.status_code, answer.url) == (302, "/back")
    (kept,) = KEPT
    assert (kept["text"], kept["due"]) == ("修通机耕道", 30)
    assert kept["by"].is_anonymous
    assert kept["now"].tzinfo is not None
    assert "承诺已写下。" in browser.get("/plain").content.decode()
    assert "承诺已写下。" not in browser.get("/plain").content.decode()


def test_a_deed_may_lead_on_to_what_was_made(browser):
    assert browser.post("/page?on", GOOD).url.startswith("/made/")


def test_what_was_typed_wrongly_stands_above_the_form_and_is_kept(browser):
    answer = browser.post("/page", {**GOOD, "due": "三十"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_due">天数</a>' in html
    assert 'value="三十"' in html
    assert boxes(answer) == []
    assert KEPT == []


@pytest.mark.parametrize("many", [0, 1, 3])
def test_a_refusal_stands_above_the_form_with_its_details_and_keeps_what_was_typed(browser, many):
    answer = browser.post("/page", {**GOOD, "due": str(100 + many)})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert boxes(answer) == [["还不能承诺。", *(f"第{n}条" for n in range(many))]]
    assert html.index("还不能承诺。") < html.index('name="text"')
    assert 'value="修通机耕道"' in html
    assert "form-errors" not in html
    assert KEPT == []


def test_a_long_list_is_cut_and_says_how_many_are_left(browser):
    (lines,) = boxes(browser.post("/page", {**GOOD, "due": "123"}))
    assert lines[:2] == ["还不能承诺。", "第0条"]
    assert len(lines) == 12
    assert "13" in lines[-1]


def test_a_refusal_about_one_field_marks_it_too(browser):
    answer = browser.post("/page", {**GOOD, "due": "-1"})
    html = answer.content.decode()
    assert boxes(answer) == [["期限已过。"]]
    assert re.search(r'<input[^>]*name="due"[^>]*aria-invalid="true"', html)
    assert html.count("期限已过。") == 2
    assert "form-errors" not in html


def test_a_deed_that_cannot_be_done_says_so_instead_of_an_empty_form(browser):
    answer = browser.get("/page?closed")
    assert answer.status_code == 200
    assert boxes(answer) == [["活动已结束。", *CAUSES]]
    assert '<form method="post">' not in answer.content.decode()
    assert 'href="/back"' in answer.content.decode()
    assert browser.post("/page?closed").status_code == 200


def test_what_was_typed_before_it_was_closed_is_kept(browser):
    answer = browser.post("/page?closed", GOOD)
    assert answer.status_code == 422
    assert boxes(answer) == [["活动已结束。", *CAUSES]]
    assert 'value="修通机耕道"' in answer.content.decode()
    assert KEPT == []


def test_a_target_is_searched_for_first(browser):
    before = browser.get("/search").content.decode()
    assert 'type="search" name="q"' in before
    assert 'name="target"' not in before
    assert "张小芳" in browser.get("/search?q=张").content.decode()


def test_a_form_among_others_answers_and_speaks_of_what_was_made(browser):
    answer = browser.post("/among", GOOD)
    assert answer.content.decode() == "承诺修通机耕道"
    assert "30天" in browser.get("/plain").content.decode()
    refused = browser.post("/among", {**GOOD, "due": "101"})
    assert boxes(refused) == [["还不能承诺。", "第0条"]]


def test_a_button_leads_on_or_back_with_the_details_as_a_list(browser):
    assert browser.post("/button", {"due": "1"}).url == "/plain"
    assert browser.post("/button?on", {"due": "1"}).url == "/made/1"
    assert boxes(browser.get("/plain")) == []
    assert browser.post("/button?on", {"due": "103"}).url == "/plain"
    assert boxes(browser.get("/plain")) == [["还不能承诺。", "第0条", "第1条", "第2条"]]


def test_where_a_page_has_all_details_a_refused_button_leads_there(browser):
    assert browser.post("/button?listed", {"due": "103"}).url == "/causes"
    assert boxes(browser.get("/plain")) == [["还不能承诺。"]]
    assert browser.post("/button?listed", {"due": "-1"}).url == "/plain"


def test_the_page_of_the_details_has_them_all_and_does_not_alarm():
    refusal = Refusal("还不能承诺。", code="causes", details=[f"第{n}条" for n in range(23)])
    source = "{% load ui %}{% refused why in_full=True %}"
    html = engines["django"].from_string(source).render({"why": refusal})
    assert html.count("<li>") == 23
    assert 'role="note"' in html
    assert "notice-error" not in html


def test_a_page_that_is_refused_shows_the_details_in_the_same_manner(browser):
    answer = browser.get("/forbidden")
    assert answer.status_code == 403
    assert boxes(answer) == [["不在您的范围。", *CAUSES]]


def test_a_page_for_a_form_is_read_and_sent_only(browser):
    assert browser.put("/page").status_code == 405
