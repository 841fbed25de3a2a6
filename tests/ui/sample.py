"""A page with every component on it, drawn from sample data; the addresses of the tests of ui."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from pingyi.core.refusals import Refusal
from pingyi.ui.lists import list_page

PAGES = Path(__file__).parent / "pages"
NAMES = [
    "大福镇",
    "仙溪镇",
    "长塘镇",
    "梅城镇",
    "清塘铺镇",
    "乐安镇",
    "高明乡",
    "滔溪镇",
    "羊角塘镇",
    "冷市镇",
    "小淹镇",
    "江南镇",
    "田庄乡",
    "东坪镇",
    "柘溪镇",
    "烟溪镇",
    "渠江镇",
    "平口镇",
    "奎溪镇",
    "马路镇",
    "南金乡",
    "古楼乡",
    "龙塘镇",
]


class CountForm(forms.Form):
    due = forms.IntegerField(label="应到人数", help_text="评议会应当到会的人数")
    present = forms.IntegerField(label="实到人数")
    held_on = forms.DateField(label="评议日期")
    form = forms.ChoiceField(
        label="点评形式",
        choices=[("meeting", "会议点评"), ("talk", "个别点评"), ("written", "书面点评")],
    )
    themes = forms.MultipleChoiceField(
        label="点评主题",
        choices=[("study", "学习"), ("service", "服务群众"), ("promise", "公开承诺")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    agreed = forms.BooleanField(label="已与监票人核对")
    stage = forms.CharField(widget=forms.HiddenInput)


def rows() -> list[dict[str, Any]]:
    """What a supervision list shows of each township."""
    result = []
    for index, name in enumerate(NAMES):
        missing = max(0, 9 - index)
        kind = "late" if index < 3 else "soon" if index < 6 else "todo" if index < 9 else "done"
        result.append(
            {
                "name": f"中共{name}委员会",
                "code": f"AH{index + 1:02d}",
                "branches": 31 + index,
                "members": 1277 + 13 * index,
                "done": 31 + index - missing - index % 3,
                "exempt": index % 3,
                "missing": missing,
                "kind": kind,
            }
        )
    return result


class Row:
    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


FRAME = {
    "navigation": [
        ("/", "home", "首页", False),
        ("/units", "sitemap", "组织人员", False),
        ("/reviews", "message-2", "点评", False),
        ("/appraisals", "checklist", "评议", False),
        ("/tables", "table", "统计表", False),
        ("/follow-up", "speakerphone", "整改公开", False),
        ("/supervision", "eye", "督查", True),
    ],
    "campaign": "创先争优领导点评和群众评议",
    "campaigns": [("创先争优领导点评和群众评议", "/?c=1", True), ("民主评议党员", "/?c=2", False)],
    "round": "第一次点评",
    "rounds": [("第一次点评", "/?r=1", True), ("第二次点评", "/?r=2", False)],
    "path": [("示范县", "/u/1"), ("乡镇党委", "/u/2"), ("示范镇", "/u/3")],
    "search_url": "/search",
    "account_url": "/me",
    "sign_out_url": "/out",
    "user_roles": ["活动办公室"],
    "demo": True,
}


class Me:
    is_authenticated = True

    def __str__(self) -> str:
        return "王秀英"


EVENTS = [
    {"label": "党支部完成点评", "on": date(2011, 6, 20), "state": "done"},
    {"label": "乡镇汇总上报", "on": date(2011, 6, 28), "state": "soon"},
    {"label": "县级汇总上报", "on": date(2011, 7, 5), "state": "todo"},
    {"label": "第二次点评", "on": date(2011, 12, 20), "state": "todo"},
]
CHART = {
    "categories": [
        "党组织总体评价",
        "推动科学发展",
        "促进社会和谐",
        "服务人民群众",
        "加强基层组织",
    ],
    "series": [
        {"name": "满意", "values": [62, 58, 70, 64, 55]},
        {"name": "基本满意", "values": [30, 34, 22, 28, 33]},
        {"name": "不满意", "values": [8, 6, 7, 9, 12]},
        {"name": "不了解", "values": [4, 6, 5, 3, 4]},
    ],
}
RULES = [
    {
        "left": ["due"],
        "op": ">=",
        "right": ["present"],
        "text": "应到 ≥ 实到",
        "slack": 0,
    }
]


def draw(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    page = engines["django"].from_string((PAGES / name).read_text(encoding="utf-8"))
    return HttpResponse(page.render({"frame": FRAME, "user": Me(), **context}, request))


def show_list(request: HttpRequest) -> HttpResponse:
    sorts = {name: name for name in ("name", "code", "branches", "members", "missing")}
    units = list_page(
        request,
        [Row(row) for row in rows()],
        search=("name", "code"),
        sorts=sorts,
        default="-missing",
    )
    return draw(request, "list.html", units=units)


def show_gallery(request: HttpRequest) -> HttpResponse:
    return draw(
        request,
        "gallery.html",
        events=EVENTS,
        chart_data=CHART,
        form=CountForm({"due": "2000万", "present": "104"} if "bad" in request.GET else None),
        refusal=Refusal("还有 2 个党支部没有点评，请先完成或说明免评理由。", code="gaps"),
        rules=RULES,
        grid=["张三丰", "李四光", "王五一"],
    )


def show_heads(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(f"<h2>{code}</h2><p>张三丰、李四光</p>")


def receive(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.method)


pages = [
    path("", show_list),
    path("gallery", show_gallery),
    path("heads/<str:code>", show_heads),
    path("close", receive, name="close"),
    path("progress", receive),
    path("favicon.ico", receive),  # a browser asks for it where an answer is no page
]
for page_ in pages:  # nobody signs in to see them
    login_not_required(page_.callback)
urlpatterns = [*pages, path("i18n/", include("django.conf.urls.i18n"))]
