"""Components of the screens: `{% load ui %}`. Each works without JavaScript and inline styles."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Select, Textarea
from django.forms.utils import ErrorList
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pingyi.core.clock import day_of
from pingyi.core.leases import at_work
from pingyi.core.refusals import Refusal
from pingyi.ui import drafts
from pingyi.ui.dates import date_text, day_and_time
from pingyi.ui.deeds import DETAILS_SHOWN, Refused, lines_of, refusal_of, version_for
from pingyi.ui.edits import FIELD, ChangedMeanwhile, Edited
from pingyi.ui.inputs import class_for_width
from pingyi.ui.lists import ListPage
from pingyi.ui.name_order import is_by_strokes

register = template.Library()
register.simple_tag(date_text)
register.simple_tag(day_and_time)

_ASSETS = Path(__file__).parents[1] / "assets"
_STATES = {
    "done": ("circle-check", _("done")),
    "todo": ("circle-dashed", _("to do")),
    "soon": ("clock", _("due soon")),
    "late": ("alert-circle", _("overdue")),
    "exempt": ("circle-minus", _("exempt")),
}
# More choices than these stand in columns.
_MANY = 10


@cache
def _icon_names() -> frozenset[str]:
    return frozenset(json.loads((_ASSETS / "icons.json").read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Tabler icon beside words, hidden from screen readers. Names: ui/assets/icons.json."""
    if name not in _icon_names():
        raise ValueError(f"The icon {name!r} is not listed in ui/assets/icons.json.")
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        static("ui/build/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def again(context: Context, block_name: str) -> SafeString:
    """A block of the page a second time: the title is both the window's and the heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(block_name) if blocks else None
    # Already escaped where it was written; only white space goes.
    return SafeString(str(block.render(context)).strip() if block else "")


# Forms


def _control_class(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.use_fieldset or isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control"


@register.inclusion_tag("ui/tags/field.html")
def field(bound_field: BoundField) -> dict[str, Any]:
    """Label, control, help and errors of a form field, tied together by aria."""
    attrs = bound_field.field.widget.attrs
    classes = f"{attrs.get('class', '')} {_control_class(bound_field)}".split()
    classes.append(class_for_width(bound_field.field))
    is_choices = bound_field.use_fieldset and hasattr(bound_field.field, "choices")
    if bound_field.errors and not bound_field.use_fieldset:
        classes.append("is-invalid")
    attrs["class"] = " ".join(dict.fromkeys(filter(None, classes)))
    return {
        "field": bound_field,
        "is_choices": is_choices,
        "is_many": is_choices and len(bound_field.subwidgets) > _MANY,
        "is_text": isinstance(bound_field.field.widget, Textarea),
        "is_checkbox": isinstance(bound_field.field.widget, CheckboxInput),
        "is_file": isinstance(bound_field.field.widget, FileInput),
    }


@register.inclusion_tag("ui/tags/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, a long one's under the headings that it names (ui.inputs)."""
    sections = form.sections() if hasattr(form, "sections") else []
    return {"form": form, "sections": list(sections)}


@register.simple_tag
def seen(edits: Edited | None, form: BaseForm | None = None) -> SafeString:
    """The version that was seen of what a form edits or signs, in a hidden field."""
    if edits is None:
        return SafeString("")
    version = version_for(edits, form)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, version)


@register.inclusion_tag("ui/tags/kept.html", takes_context=True)
def kept(context: Context, form: BaseForm) -> dict[str, Any]:
    """First in a form: what was typed before and not sent; it is kept from now on."""
    user = context["request"].user
    before = drafts.restored_in(form)
    is_kept = drafts.is_kept(form) and drafts.is_open(form) and user.is_authenticated
    return {
        "page": drafts.new_page(user.pk) if is_kept else "",
        "from": drafts.began_from(form),
        "before": before if before is not None and before.is_filled_in else None,
    }


@register.inclusion_tag("ui/tags/kept_words.html")
def kept_words(form: BaseForm) -> dict[str, Any]:
    """What was typed and not sent, where it cannot be sent any more."""
    before = drafts.restored_in(form)
    if before is None or before.is_filled_in:
        return {}
    return {"draft": before.draft, "words": drafts.words_of(form, before.draft)}


@register.inclusion_tag("ui/tags/form_errors.html")
def form_errors(form: BaseForm, *, whole: bool = False) -> dict[str, Any]:
    """Why it was refused, and all that is wrong with a form, each error a link to its field."""
    visible = [(bound, _mistakes(bound.errors)) for bound in form.visible_fields()]
    hidden = [f"{bound.label}: {e}" for bound in form.hidden_fields() for e in bound.errors]
    return {
        "form": form,
        "whole": whole,
        "general": [*_mistakes(form.non_field_errors()), *hidden],
        "fields": [(bound, errors) for bound, errors in visible if errors],
    }


def _mistakes(errors: ErrorList) -> list[str]:
    """What was typed wrongly; a refusal is said apart."""
    given = zip(errors, errors.as_data(), strict=True)
    return [str(sentence) for sentence, error in given if not isinstance(error, Refused)]


@register.inclusion_tag("ui/tags/refused.html")
def refused(
    what: Refusal | BaseForm | str | None, *, in_full: bool = False, whole: bool = False
) -> dict[str, Any]:
    """Why a deed was refused, with its details: a refusal, the one of a form, or its lines.

    `in_full` on the page where all details of what cannot be done are to be read; `whole` where
    whoever goes on has to have seen all of them.
    """
    if isinstance(what, BaseForm):
        what = refusal_of(what)
    whole = whole or isinstance(what, ChangedMeanwhile)
    most = None if in_full or whole else DETAILS_SHOWN
    lines = what.splitlines() if isinstance(what, str) else lines_of(what, most) if what else []
    return {"sentence": lines[0] if lines else "", "details": lines[1:], "in_full": in_full}


# Lists


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: Any) -> str:
    """The present address with some parameters changed; an empty value removes one."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.inclusion_tag("ui/tags/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page[Any]) -> dict[str, Any]:
    """Which rows of how many, and the way to the other pages."""
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "request": context["request"],
        "page": page_obj,
        "numbers": [n if isinstance(n, int) else None for n in numbers],
    }


@register.inclusion_tag("ui/tags/search_box.html", takes_context=True)
def search_box(context: Context, placeholder: str) -> dict[str, Any]:
    """A search by GET (`q`) that keeps the other parameters but starts at the first page."""
    params = context["request"].GET
    kept = [
        (name, value)
        for name, values in params.lists()
        if name not in ("q", "page")
        for value in values
    ]
    return {"q": params.get("q", ""), "kept": kept, "placeholder": placeholder}


@register.inclusion_tag("ui/tags/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, numeric: bool = False) -> dict[str, Any]:
    """A whole `<th>` whose link sorts by the key, or turns the order round if it does already."""
    current = _present_sort(context)
    if current == key:
        direction, target = "ascending", f"-{key}"
    elif current == f"-{key}":
        direction, target = "descending", key
    else:
        direction, target = "", key
    return {
        "request": context["request"],
        "label": label,
        "numeric": numeric,
        "direction": direction,
        "target": target,
    }


@register.inclusion_tag("ui/tags/name_order.html", takes_context=True)
def name_order(context: Context) -> dict[str, Any]:
    """A button that orders the people of the list by strokes, or by pinyin again."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "is_by_strokes": is_by_strokes(request),
        "next": request.path + address_with(context, sort="name", page=""),
    }


def _present_sort(context: Context) -> str:
    """The sort of the ListPage on the page, which knows the default; else the address."""
    values: Iterable[object] = context.flatten().values()
    for value in values:
        if type(value) is ListPage:  # isinstance would wake lazy values such as the frame
            return value.sort
    asked: str = context["request"].GET.get("sort", "")
    return asked


@register.inclusion_tag("ui/tags/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here yet, and the next step."""
    return {"title": title, "text": text, "url": url, "label": label}


# States and figures


@register.simple_tag
def state_badge(kind: str, text: str = "") -> SafeString:
    """A state by icon and word; colour only repeats it. kind: done, todo, soon, late, exempt."""
    icon_name, word = _STATES[kind]
    # Made here: a list has dozens of them, and a template for each is dear.
    return format_html(
        '<span class="state state-{}">{}{}</span>', kind, icon(icon_name), text or word
    )


@register.inclusion_tag("ui/tags/coverage_bar.html")
def coverage_bar(done: int, exempt: int, missing: int) -> dict[str, Any]:
    """Done, exempt and missing as a bar with its figures in words."""
    total = done + exempt + missing
    parts, start = [], 0.0
    for kind, count in (("done", done), ("exempt", exempt), ("missing", missing)):
        # The width of a drawn bar only; figures stay integers.
        width = 100 * count / total if total else 0.0
        if count:
            parts.append({"kind": kind, "x": f"{start:.3f}%", "width": f"{width:.3f}%"})
        start += width
    # Put into words here: a page has hundreds of them, and a sentence of a template is dear.
    return {
        "parts": parts,
        "done": format_html(str(_("<b>{done}</b> of {total} done")), done=done, total=total),
        "exempt": _("{exempt} exempt").format(exempt=exempt) if exempt else "",
        "missing": _("{missing} missing").format(missing=missing) if missing else "",
    }


@register.inclusion_tag("ui/tags/progress.html")
def progress(
    done: int, total: int, label: str, url: str = "", remaining: str = ""
) -> dict[str, Any]:
    """Long work: done of total. With `url`, asks there every second for its own replacement. While
    nothing of it is done, it says whether there is anybody who will do it.
    """
    return {
        "done": done,
        "total": total,
        "label": label,
        "url": url,
        "remaining": remaining,
        "is_waiting": bool(url) and not total and not at_work(Path(settings.LEASES)),
    }


@register.inclusion_tag("ui/tags/chart.html")
def chart(data: Mapping[str, Any], label: str) -> dict[str, Any]:
    """Stacked bars; the table of the same figures stands beneath it on the page.

    data = {"categories": [...], "series": [{"name": ..., "values": [...]}, ...]}; of kind "course"
    lines over the days, with "marks": [{"at": index, "label": ...}, ...], the deadline first.
    """
    # In the element itself: scripts, those of mere data too, do not come with a fragment.
    return {"data": json.dumps(data, ensure_ascii=False), "label": label}


@register.inclusion_tag("ui/tags/timeline.html", takes_context=True)
def timeline(context: Context, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The campaign by date, with today among its events. event: label, on, state."""
    request = context.get("request")
    now = getattr(request, "now", None)
    rows = sorted((dict(event) for event in events), key=lambda event: event["on"])
    if now is not None:
        today = day_of(now)
        before = sum(1 for event in rows if event["on"] <= today)
        rows.insert(before, {"label": _("Today"), "on": today, "state": "today"})
    return {"events": [{**row, "icon": _STATES.get(row["state"], ("",))[0]} for row in rows]}


# Actions


@register.inclusion_tag("ui/tags/action_button.html", takes_context=True)
def action_button(  # noqa: PLR0917  template tags are written with names, Django wants no `*`
    context: Context,
    url: str,
    label: str,
    refusal: Refusal | None = None,
    primary: bool = False,
    confirm: str = "",
    icon_name: str = "",
    name: str = "",
    value: str = "",
    edits: Edited | None = None,
) -> dict[str, Any]:
    """A deed by POST; refused, the button stays and says why it cannot be done."""
    return {
        "csrf_token": context.get("csrf_token"),
        "url": url,
        "label": label,
        "refusal": refusal,
        "primary": primary,
        "confirm": confirm,
        "icon_name": icon_name,
        "name": name,
        "value": value,
        "edits": edits,
        "id": f"refusal-{crc32(f'{url} {label} {value}'.encode()):08x}",
    }


# Words


@register.simple_tag
def with_more(name: str, more: str) -> str:
    """A name with what is to be known of it in brackets; the name alone where that is nothing."""
    return _("{name} ({more})").format(name=name, more=more) if more else name
