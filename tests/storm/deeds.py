"""Every form of every page, filled in as somebody would: where it was found and what it sends."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from PIL import Image

from pingyi.returns.models import Version
from pingyi.rosters.rules.proposals import NEW
from tests.cast import PASSWORD, TODAY
from tests.forms_of_pages import LISTS, Control, Page, PageForm, read_page
from tests.house.every_address import ADDRESSES, World
from tests.returns.stamping import ofd
from tests.rosters.workbook import workbook

# So many pages of one kind are looked at; more where each offers something else.
MOST_OF_A_KIND = 2
MORE = {"accounts:detail": 16, "rosters:preview": 5, "campaigns:campaign": 5, "returns:unit?": 5}
# Pages that search for whom a deed is about.
SEARCHED = {
    "accounts:detail", "campaigns:add-person", "campaigns:add-unit", "register:admit",
    "register:affiliate", "register:appoint", "register:merge", "register:move",
    "register:put-in-charge", "register:transfer",
}  # fmt: skip
# What is typed into the search above a form, until it finds something to choose from.
SEARCHES = ("q=中学",)
NEW_PASSWORD = "Storm-of-2011-blue-stone"


def code_of_the_member(_who: int) -> str:
    """What the app of the member shows."""
    device = TOTPDevice.objects.get(user__username="member", confirmed=False)
    return f"{totp(device.bin_key):06d}"


@dataclass(frozen=True)
class Deed:
    """A form on a page, with one of its buttons."""

    name: str
    page: str
    button: tuple[str, str]
    role: str

    def __str__(self) -> str:
        return f"{self.name} {'='.join(self.button)}".strip(" =")


def deeds_on(page: Page) -> Iterator[tuple[str, tuple[str, str], PageForm]]:
    """Address, button and form of everything that can be sent from a page."""
    for form in page.found:
        if form.method == "post":
            for name, value, address in form.buttons:
                try:
                    yield resolve(urlsplit(address).path).view_name, (name, value), form
                except Resolver404:
                    continue


def discovered(
    clients: dict[str, Client], world: World, wanted: set[str], pinned: dict[str, str]
) -> dict[str, Deed]:
    """The deeds of all pages, by who is asked first and finds it, until all that are wanted are."""
    found: dict[str, Deed] = {}
    for role, client in clients.items():
        if wanted <= {deed.name for deed in found.values()}:
            break
        for page in pages(client, world, list(pinned.values())):
            for name, button, form in deeds_on(page):
                deed = Deed(name, page.page, button, role)
                is_here = pinned.get(name, page.page) == page.page
                if name in wanted and is_here and can_be_filled(form):
                    found.setdefault(str(deed), deed)
    return found


def pages(client: Client, world: World, first: list[str]) -> Iterator[Page]:
    """All pages that can be reached, those of the addresses early; of one kind not too many."""
    waiting = first + [reverse(each.name, kwargs=world.things(each)) for each in ADDRESSES]
    known = set(waiting)
    seen: Counter[str] = Counter()
    while waiting:
        page = waiting.pop(0)
        kind = kind_of(page)
        seen[kind] += 1
        if not kind or seen[kind] > MORE.get(kind, MOST_OF_A_KIND):
            continue
        answer = client.get(page)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        found = read_page(page, answer)
        yield found
        links = found.links
        if "?" not in page and kind in SEARCHED:
            links |= {f"{page}?{search}" for search in SEARCHES}
        waiting += sorted(links - known)
        known |= links


def kind_of(page: str) -> str:
    """The name of its address; nothing for another order or part of a list, and for documents."""
    path, _mark, query = page.partition("?")
    if not path.startswith("/") or re.search(
        r"(^|&)(sort|page|on|tab|next|without|round|campaign)=", query
    ):
        return ""
    if re.search(r"\.(xlsx|pdf|docx|svg)$", path):
        return ""
    try:
        return resolve(path).view_name + ("?" if query else "")
    except Resolver404:
        return ""


def can_be_filled(form: PageForm) -> bool:
    """Whether everything that is chosen from a list has something to choose."""
    chosen_from = [one for one in form.controls.values() if one.kind == "select"]
    target = form.controls.get("target")
    return all(any(one.options) for one in chosen_from) and (target is None or bool(target.options))


def filled(deed: Deed, form: PageForm, who: int) -> dict[str, list[Any]]:
    """What one of two people sends: everything that is asked for, each in words of their own."""
    sent: dict[str, list[Any]] = dict(form.data)
    for name, control in form.controls.items():
        if control.kind != "hidden" and name not in LEFT:
            value = typed(deed, control, who)
            if value is not None:
                sent[name] = value
    for name, value in [deed.button, *ANYWAY.get(deed.name, ())]:
        if name:
            sent[name] = [value]
    return sent


def typed(deed: Deed, control: Control, who: int) -> list[Any] | None:
    """Something fit for the control; None leaves it as it stands."""
    special = SPECIAL.get((deed.name, control.name)) or SPECIAL.get(("", control.name))
    if special is not None:
        return [special(who)]
    if control.kind in (*LISTS, "select"):
        free = [one for one in control.options if one and one not in control.chosen]
        return None if control.chosen and not free else free[who % len(free) :][:1] or None
    if control.kind == "date":
        return None if control.value else [TODAY.isoformat()]
    if control.kind == "password":
        return [NEW_PASSWORD]
    if control.kind == "textarea":
        return [f"{control.name}：第{who + 1}组修通机耕道{who + 3}公里，{control.name}不再肩挑背扛"]
    return None if control.value else [f"第{who + 1}人写的话，改期办理"]


def roster(who: int) -> bytes:
    """A workbook with one more branch."""
    code = f"T1-9{who}"
    row = [code, f"{code}党支部", "党支部", "基层", "农村", "T1", "2011-01-01"]
    return workbook({"党组织": [row]})


def picture(who: int) -> bytes:
    """Of each another one."""
    file = BytesIO()
    Image.new("RGB", (9 + who, 9), "green").save(file, "PNG")
    return file.getvalue()


Typed = Callable[[int], Any]
SPECIAL: dict[tuple[str, str], Typed] = {
    ("", "username"): lambda who: f"storm-{who}",
    ("", "code"): lambda who: f"T1-storm-{who}",
    ("", "identity"): lambda _who: "",
    ("", "old_password"): lambda _who: PASSWORD,
    ("", "organization"): lambda _who: "T1-2",
    ("", "unit"): lambda who: ("T1-2", "T1-3")[who],
    ("", "title"): lambda who: f"委员{who}",
    ("", "file"): roster,
    ("", "together"): roster,
    ("accounts:confirm-code", "code"): code_of_the_member,
    # The two tick two people: one of them is missing for two duties, which is another deed.
    ("campaigns:gaps", "also"): lambda _who: "",
    ("campaigns:exemption-limit", "exempt_alone"): lambda who: str(60 + who),
    ("returns:imprint", "foot.联系电话"): lambda who: f"0730-555010{who}",
    ("returns:correct", "word"): lambda _who: "",
    ("returns:correct", "number"): lambda who: str(7 + who),
    ("rectification:upload", "file"): picture,
    ("returns:stamped", "file"): lambda who: ofd(f"{who}"),
    ("returns:stamped", "signs"): lambda _who: (
        Version.objects.get(of_return__table="annex3").digest
    ),
    ("returns:extend", "until"): lambda who: f"2011-09-0{who + 1}",
    # Both register the organization: which one it is instead would be another deed.
    ("rosters:places", "place_0"): lambda _who: NEW,
    ("mailbox:bind", "address"): lambda who: f"storm-{who}@example.com",
    ("notifications:wishes", "address"): lambda who: f"storm-{who}@example.com",
    ("campaigns:round-dates", "closes_on"): lambda who: f"2011-12-3{who}",
}
# What would make it another deed.
LEFT = {"everything", "themes", "organizations"}
# Buttons that a page has only after it was sent once.
SIGNS = (("accept", "1"),)
ANYWAY = {
    "reviews:review-person": SIGNS,
    "reviews:review-unit": SIGNS,
    "reviews:meeting": SIGNS,
}
