"""Pages of deeds for the tests of ui: a promise is written down, or refused."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from pingyi.core.refusals import Refusal, refuse
from pingyi.core.requests import Visit
from pingyi.ui.deeds import Deed, done, done_or_refused, form_page

KEPT: list[dict[str, Any]] = []
CAUSES = ["张小芳没有签名", "李秀兰没有签名", "王大山没有签名"]


class PromiseForm(forms.Form):
    text = forms.CharField(label="承诺", max_length=20)
    due = forms.IntegerField(label="天数")

    refused_at = {"too_late": "due"}


class TargetForm(PromiseForm):
    target = forms.ChoiceField(label="找到的人")

    def __init__(self, *args: Any, found: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = found


class AmongForm(PromiseForm):
    def values(self) -> dict[str, Any]:
        return {"due": self.cleaned_data["due"], "text": f"承诺{self.cleaned_data['text']}"}


def keep(*, due: int, by: Any, now: datetime, **more: Any) -> dict[str, Any]:
    """The one operation: `due` says how it ends."""
    refuse(why_not(due))
    KEPT.append({"due": due, "by": by, "now": now, **more})
    return KEPT[-1]


def why_not(due: int) -> Refusal | None:
    """-1 is too late; from 100 on each day above it is a cause."""
    if due == -1:
        return Refusal("期限已过。", code="too_late")
    if due >= 100:
        causes = [f"第{number}条" for number in range(due - 100)]
        return Refusal("还不能承诺。", code="causes", details=causes)
    return None


def page(request: Visit) -> HttpResponse:
    """A deed with a page of its own; `?closed` refuses it, `?on` leads on to what was made."""
    return Deed(
        title="写下承诺",
        state="公开承诺第一次",
        form=PromiseForm(request.POST or None),
        submit="写下",
        do=keep,
        done="承诺已写下。",
        back="/back",
        to=(lambda made: f"/made/{made['text']}") if "on" in request.GET else None,
        refusal=Refusal("活动已结束。", code="closed", details=CAUSES)
        if "closed" in request.GET
        else None,
    ).page(request)


def search(request: Visit) -> HttpResponse:
    """A deed whose target is searched for first."""
    found = [(1, "张小芳")] if request.GET.get("q") == "张" else []
    return Deed(
        title="谁的承诺",
        form=TargetForm(request.POST or None, found=found),
        finds="姓名",
        submit="写下",
        do=keep,
        done="承诺已写下。",
        back="/back",
    ).page(request)


def among(request: Visit) -> HttpResponse:
    """A form that stands in a page of another kind, and is filled in from the address too."""
    form = AmongForm(request.POST or request.GET or None)
    answer = done(
        request,
        form,
        keep,
        to=lambda made: HttpResponse(made["text"]),
        said=lambda made: f"{made['due']}天",
    )
    return answer or render(request, "ui/deed.html", {"form": form})


def button(request: Visit) -> HttpResponse:
    """A button; with `?on` it leads on to what was made, with `?listed` a page has all causes."""
    due = int(request.POST.get("due", "0"))
    return done_or_refused(
        request,
        partial(keep, due=due),
        back="/plain",
        to=(lambda made: f"/made/{made['due']}") if "on" in request.GET else None,
        said="承诺已写下。",
        listed_at="/causes" if "listed" in request.GET else "",
    )


def forbidden(request: Visit) -> HttpResponse:
    """A page that refuses by itself."""
    raise Refusal("不在您的范围。", code="outside", details=CAUSES)


def plain(request: Visit) -> HttpResponse:
    return render(request, "ui/page.html")


pages = [
    path("page", form_page(page)),
    path("search", form_page(search)),
    path("among", form_page(among)),
    path("button", button),
    path("forbidden", forbidden),
    path("plain", plain),
]
for page_ in pages:  # nobody signs in to see them
    login_not_required(page_.callback)
urlpatterns = [*pages, path("i18n/", include("django.conf.urls.i18n"))]
