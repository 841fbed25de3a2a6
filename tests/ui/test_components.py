"""Each component, drawn from sample data."""

import json
import re
from datetime import date, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from pingyi.core.leases import held
from pingyi.core.refusals import Refusal
from pingyi.ui.inputs import SectionedForm
from pingyi.ui.templatetags.ui import with_more
from tests.ui.sample import CountForm

LOAD = "{% load ui %}"
SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"


def draw(tag: str, address: str = "/list?q=x&page=2", **context) -> str:
    request = RequestFactory().get(address)
    request.now = datetime(2011, 6, 24, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    with translation.override("en"):
        text = (
            engines["django"]
            .from_string(tag if "extends" in tag else LOAD + tag)
            .render(context, request)
        )
    return re.sub(r"\s+", " ", text).strip()


# Forms


def test_a_field_ties_label_help_and_errors_to_its_control():
    form = CountForm({"due": "2000万"})
    html = draw("{% field form.due %}", form=form)
    assert '<label class="form-label required" for="id_due">应到人数</label>' in html
    assert 'aria-describedby="id_due_helptext id_due_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_due_helptext"' in html
    assert 'id="id_due_error"' in html
    assert 'class="form-control is-invalid"' in html


def test_a_choice_of_several_is_a_fieldset_with_a_legend():
    html = draw("{% field form.themes %}", form=CountForm())
    assert '<legend class="form-label">点评主题</legend>' in html
    assert html.count('type="checkbox"') == 3
    assert html.count('class="form-check-input"') == 3


def test_a_select_a_checkbox_and_a_hidden_field_are_drawn_as_such():
    form = CountForm()
    assert 'class="form-select"' in draw("{% field form.form %}", form=form)
    assert '<label class="form-check"><input' in draw("{% field form.agreed %}", form=form)
    assert draw("{% field form.stage %}", form=form).startswith('<input type="hidden"')


class LongForm(SectionedForm):
    SECTIONS = (("Who", ("name", "code")), ("Why", ("reason", "gone")), ("Nothing", ("gone",)))

    reason = forms.CharField(max_length=300)
    code = forms.CharField(max_length=20)
    name = forms.CharField(max_length=60)
    text = forms.CharField(widget=forms.Textarea)


def test_a_long_form_stands_under_its_headings():
    html = draw("{% form_fields form %}", form=LongForm())
    assert re.findall(r"<legend>(.*?)</legend>", html) == ["Who", "Why"]
    assert re.findall(r'name="(.*?)"', html) == ["name", "code", "reason"]


def test_a_short_form_has_no_heading():
    html = draw("{% form_fields form %}", form=CountForm())
    assert "<legend>" not in html.replace('<legend class="form-label', "")
    assert 'name="due"' in html


def test_a_field_is_as_wide_as_what_goes_in():
    form = LongForm()
    drawn = {bound.name: draw("{% field bound %}", bound=bound) for bound in form}
    assert [name for name, html in drawn.items() if "for-code" in html] == ["code"]
    assert [name for name, html in drawn.items() if "for-name" in html] == ["name"]
    assert [name for name, html in drawn.items() if "for-sentence" in html] == ["reason"]
    assert [name for name, html in drawn.items() if "field-wide" in html] == ["text"]


def test_many_choices_stand_in_columns():
    class Choice(forms.Form):
        some = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    for count, is_many in ((10, False), (11, True)):
        form = Choice()
        form.fields["some"].choices = [(n, n) for n in range(count)]
        assert ("choices-many" in draw("{% field form.some %}", form=form)) == is_many


def test_the_errors_of_a_form_stand_at_its_top_and_lead_to_the_fields():
    form = CountForm({"due": "2000万"})
    form.add_error(None, "应到人数少于实到人数")
    html = draw("{% form_errors form %}", form=form)
    assert 'role="alert"' in html
    assert "应到人数少于实到人数" in html
    assert '<a href="#id_due">应到人数</a>' in html
    assert "stage" not in draw("{% form_errors form %}", form=CountForm({"stage": "1"}))
    assert draw("{% form_errors form %}", form=CountForm()) == ""


def test_what_is_wrong_with_a_hidden_field_is_said_too():
    assert "This field is required" in draw("{% form_errors form %}", form=CountForm({}))


# Lists


def test_the_pages_keep_the_other_parameters():
    page = Paginator(range(431), 20).page(2)
    html = draw("{% pagination page %}", page=page)
    assert "21–40 of 431" in html
    assert 'rel="next" href="?q=x&amp;page=3"' in html
    assert '<span aria-current="page">2</span>' in html
    assert "…" in html


def test_a_single_page_has_no_way_to_others():
    html = draw("{% pagination page %}", page=Paginator([1, 2], 20).page(1))
    assert "1–2 of 2" in html
    assert "<a" not in html


def test_the_search_keeps_filters_but_not_the_page():
    html = draw('{% search_box "名称" %}', address="/?q=a%22b&page=3&kind=x&kind=y")
    assert 'name="page"' not in html
    assert html.count('type="hidden" name="kind"') == 2
    assert 'value="a&quot;b"' in html


@pytest.mark.parametrize(
    ("address", "aria", "target"),
    [
        ("/?sort=name", 'aria-sort="ascending"', "-name"),
        ("/?sort=-name", 'aria-sort="descending"', "name"),
        ("/?sort=code&page=3", "", "name"),
    ],
)
def test_a_heading_sorts_and_says_how(address, aria, target):
    html = draw('{% sort_header "name" "党组织" numeric=True %}', address=address)
    assert f'href="?sort={target}"' in html
    assert aria in html
    assert ("aria-sort" in html) == bool(aria)
    assert '<th scope="col" class="sortable num"' in html


def test_an_empty_list_shows_the_next_step():
    html = draw('{% empty_state "没有点评" "请先开会。" "/new" "开始" %}')
    assert '<a class="btn btn-primary" href="/new">开始</a>' in html
    assert "<a" not in draw('{% empty_state "没有点评" %}')


# States and figures


@pytest.mark.parametrize("kind", ["done", "todo", "soon", "late", "exempt"])
def test_a_state_has_a_word_and_an_icon(kind):
    html = draw("{% state_badge kind %}", kind=kind)
    assert "<use href=" in html
    assert re.search(r"</svg>[a-z ]+</span>", html)


def test_a_state_may_speak_for_itself():
    assert "</svg>已上报</span>" in draw('{% state_badge "done" "已上报" %}')


def test_the_coverage_says_its_figures():
    html = draw("{% coverage_bar 28 1 2 %}")
    assert "<b>28</b> of 31 done" in html
    assert "1 exempt" in html
    assert "2 missing" in html
    assert html.count("<rect") == 4


def test_the_coverage_of_nothing_is_an_empty_bar():
    html = draw("{% coverage_bar 0 0 0 %}")
    assert html.count("<rect") == 1
    assert "missing" not in html


def test_work_that_nobody_does_says_so(tmp_path: Path, settings: Any) -> None:
    settings.LEASES = tmp_path
    waiting = '{% progress 0 0 "读取" url="/p" %}'
    assert "alert-warning" in draw(waiting)
    assert "alert-warning" not in draw('{% progress 0 8 "读取" url="/p" %}')
    assert "alert-warning" not in draw('{% progress 0 0 "读取" %}')
    with held(tmp_path, "worker"):
        assert "alert-warning" not in draw(waiting)
    assert "alert-warning" in draw(waiting)


def test_progress_asks_for_itself_only_while_it_has_an_address():
    html = draw('{% progress 3 8 "读取" url="/p" remaining="还要 5 秒" %}')
    assert 'hx-get="/p"' in html
    assert '<progress max="8" value="3" aria-label="读取">' in html
    assert "还要 5 秒" in html
    assert "hx-get" not in draw('{% progress 8 8 "读取" %}')


def test_a_chart_hands_its_data_over_as_json():
    data = {"categories": ["</script>"], "series": [{"name": "满意", "values": [1]}]}
    html = draw('{% chart data "结果" %}', data=data)
    assert 'role="img" aria-label="结果" data-chart="{' in html
    assert "<script" not in html
    told = re.search(r'data-chart="([^"]*)"', html)
    assert told is not None
    assert json.loads(unescape(told[1])) == data


def test_the_timeline_has_today_in_its_place():
    events = [
        {"label": "B", "on": date(2011, 6, 28), "state": "soon"},
        {"label": "A", "on": date(2011, 6, 20), "state": "done"},
    ]
    html = draw("{% timeline events %}", events=events)
    labels = re.findall(r'timeline-label">([^<]*)<', html)
    assert labels == ["A", "Today", "B"]
    assert 'datetime="2011-06-24"' in html


def test_a_timeline_without_a_request_has_no_today():
    source = engines["django"].from_string("{% load ui %}{% timeline events %}")
    html = source.render({"events": [{"label": "A", "on": date(2011, 6, 20), "state": "done"}]})
    assert "timeline-today" not in html


# Actions


def test_an_action_posts_with_its_token():
    html = draw(
        '{% action_button "/go" "上报" primary=True confirm="不能撤回" name="a" value="1" %}'
    )
    assert '<form class="action" action="/go" method="post" data-confirm="不能撤回">' in html
    assert "csrfmiddlewaretoken" in html
    assert 'class="btn btn-primary" name="a" value="1"' in html


def test_a_refused_action_says_why_and_cannot_be_sent():
    refusal = Refusal("还有 2 个支部没有点评。", code="gaps")
    html = draw(
        '{% action_button "/go" "上报" refusal=refusal icon_name="send" %}', refusal=refusal
    )
    assert "<form" not in html
    described = re.search(r'aria-disabled="true" aria-describedby="([^"]+)"', html)
    assert f'id="{described[1]}">还有 2 个支部没有点评。</span>' in html


def test_two_refused_actions_have_sentences_of_their_own():
    refusal = Refusal("不行。", code="no")
    html = draw(
        '{% action_button "/1" "a" refusal=r %}{% action_button "/2" "a" refusal=r %}', r=refusal
    )
    assert len(set(re.findall(r' id="([^"]+)"', html))) == 2


# Words


def date_in(language, day, options=""):
    source = f"{{% load ui %}}{{% date_text d {options} %}}"
    with translation.override(language):
        return engines["django"].from_string(source).render({"d": day})


def test_a_date_is_written_as_each_language_writes_it():
    assert date_in("zh-hans", date(2011, 6, 28)) == "2011年6月28日（周二）"
    assert date_in("en", date(2011, 6, 28)) == "Tue 28 June 2011"
    assert date_in("en", None) == ""
    assert date_in("zh-hans", date(1941, 1, 11), "weekday=False") == "1941年1月11日"
    assert date_in("en", date(1941, 1, 11), "weekday=False") == "11 January 1941"


def test_a_moment_is_the_day_it_is_here():
    late = datetime(2011, 6, 27, 23, tzinfo=ZoneInfo("UTC"))
    assert date_in("en", late) == "Tue 28 June 2011"


# Icons and pages


def test_what_is_to_be_known_of_a_name_stands_in_brackets_of_the_language():
    source = "{% with_more name post %}"
    assert draw(source, name="Chen Weidong", post="secretary") == "Chen Weidong (secretary)"
    assert draw(source, name="Chen Weidong", post="") == "Chen Weidong"
    assert draw(source, name="<b>", post="<i>") == "&lt;b&gt; (&lt;i&gt;)"
    with translation.override("zh-hans"):
        assert with_more("陈卫东", "书记") == "陈卫东（书记）"


def test_an_icon_that_is_not_drawn_is_a_mistake():
    with pytest.raises(ValueError, match=r"'unicorn' is not listed in ui/assets/icons\.json"):
        draw('{% icon "unicorn" %}')


def test_every_icon_named_in_a_template_is_drawn():
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("templates/**/*.html")]
    names = {name for text in texts for name in re.findall(r'{% icon "([^"]+)"', text)}
    assert names
    for name in sorted(names):
        assert f"#{name}" in draw(f'{{% icon "{name}" %}}')


PAGE = '{% extends "ui/page.html" %}{% block title %}督查 & 统计{% endblock %}'


@pytest.mark.django_db
def test_the_title_is_the_window_and_the_heading():
    html = draw(PAGE)
    assert "<title>督查 & 统计 · " in html
    assert "<h1>督查 & 统计</h1>" in html
    again = draw('[{% again "title" %}]')
    assert again == "[]", "a page without blocks has nothing to repeat"


@pytest.mark.django_db
def test_the_page_stands_without_a_frame():
    html = draw(PAGE)
    assert "demo-banner" not in html
    assert 'role="search"' not in html


def test_fictitious_data_is_marked_on_every_kind_of_page():
    frame = SimpleNamespace(demo=True)
    assert "Fictitious data" in draw(PAGE, frame=frame)
    bare = PAGE.replace("page.html", "bare.html")
    assert "Fictitious data" in draw(bare, frame=frame)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing(name):
    html = engines["django"].get_template(f"{name}.html").render()
    assert "<h1>" in html
    assert 'href="/"' in html
