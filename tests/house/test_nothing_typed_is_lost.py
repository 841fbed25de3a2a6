"""What is typed into a form with a box for texts is there again, whatever happens to the page."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Count
from pingyi.appraisals.operations.counts import reopen_count
from pingyi.ui.models import Draft
from tests.cast import NOW, PASSWORD
from tests.forms_of_pages import PageForm, forms_of
from tests.house.every_address import ADDRESSES, World, client_of

pytestmark = pytest.mark.any_database

TYPISTS = ("clerk", "secretary", "branch_secretary")
BACKEND = "django.contrib.auth.backends.ModelBackend"
TYPED = "打了一半、还没有提交的话"
# What must be found, whatever else is.
OWN = {"csrfmiddlewaretoken", "draft", "draft_from", "draft_number", "autosave"}
AT_LEAST = {
    "appraisals:stage",
    "appraisals:count",
    "reviews:meeting",
    "reviews:review-person",
    "reviews:review-unit",
    "rosters:columns",
}


@dataclass(frozen=True)
class Page:
    """A page that is open, with its forms."""

    name: str
    url: str
    forms: list[PageForm]


def pages(world: World, client: Client) -> Iterator[Page]:
    for address in ADDRESSES:
        url = reverse(address.name, kwargs=world.things(address))
        answer = client.get(url)
        is_page = answer.headers["Content-Type"].startswith("text/html")
        if answer.status_code == 200 and is_page and not answer.streaming:
            yield Page(address.name, url, forms_of(url, answer))


def kept_forms(found: list[tuple[str, Page]]) -> list[tuple[str, str, str, PageForm]]:
    """Name, typist, page and form of each whose typing is kept; each once."""
    kept = {}
    for role, page in found:
        for form in page.forms:
            if "draft" in form.controls:
                name = page.name if form.action == page.url else f"{page.name} {form.action}"
                kept.setdefault(name, (name, role, page.url, form))
    return list(kept.values())


def written(form: PageForm) -> dict[str, list[str]]:
    """The form with something in each box, which is no figure nor day."""
    return {
        name: [f"{TYPED} {name}"] if form.controls[name].kind == "textarea" else values
        for name, values in form.data.items()
    } | {
        name: ["7"]
        for name, control in form.controls.items()
        if control.kind == "text" and "-" in name
    }


@pytest.fixture
def typists(people: dict[str, User]) -> dict[str, Client]:
    """Those who type; the count of the village is open again."""
    count = Count.objects.get(appraisal__unit__code="T1-1")
    reopen_count(count=count, reason="一行录错", by=None, now=NOW)
    return {role: client_of(people[role]) for role in TYPISTS}


def lost(client: Client, url: str, form: PageForm, sent: dict[str, list[str]]) -> list[str]:
    """What does not stand in the form when its page is opened again."""
    found = [each for each in forms_of(url, client.get(url)) if each.action == form.action]
    data = found[0].data if found else {}
    return [f"{url} {key}" for key in sent if key not in OWN and data.get(key) != sent[key]]


def test_what_is_typed_into_a_form_with_a_box_for_texts_is_there_again(
    world: World, people: dict[str, User], typists: dict[str, Client]
) -> None:
    found = [(role, page) for role, client in typists.items() for page in pages(world, client)]
    lacking = {
        f"{page.name} {form.action}"
        for _role, page in found
        for form in page.forms
        if any(control.kind == "textarea" for control in form.controls.values())
        and "draft" not in form.controls
    }
    assert lacking == set()
    kept = kept_forms(found)
    assert {name for name, *_rest in kept} >= AT_LEAST
    for name, role, url, form in kept:
        saves_itself(name, typists[role], url, form)
        comes_through_the_sign_in(url, form, people[role], people["inspector"])


def saves_itself(name: str, client: Client, url: str, form: PageForm) -> None:
    """It stands there again, is discarded, and a saving that comes late does not bring it back."""
    sent = written(form)
    answer = client.post(form.action, {**sent, "autosave": ["keep"]})
    assert answer.status_code == 200, (name, answer)
    assert lost(client, url, form, sent) == []
    client.post(form.action, {**sent, "autosave": ["drop"]}, HTTP_REFERER=url)
    client.post(form.action, {**sent, "autosave": ["keep"]})
    assert TYPED not in client.get(url).content.decode(), name
    Draft.objects.all().delete()


def comes_through_the_sign_in(url: str, form: PageForm, typist: User, other: User) -> None:
    """Sent after the session has ended; nobody else gets what was typed."""
    sent = written(form)
    assert carried(form, url, sent, other) == url
    assert not Draft.objects.exists()
    assert carried(form, url, sent, typist) == url
    assert lost(client_of(typist), url, form, sent) == []
    Draft.objects.all().delete()


def carried(form: PageForm, url: str, sent: dict[str, list[str]], user: User) -> str:
    """Sends it without a session, signs in as somebody, and gives where that leads."""
    client = Client()
    asked = client.post(form.action, sent, HTTP_REFERER=f"http://testserver{url}")
    assert asked.status_code == 403
    (sign_in,) = [each for each in forms_of("/", asked) if "password" in each.controls]
    typed = sign_in.data | {"username": [user.username], "password": [PASSWORD]}
    return client.post(sign_in.action, typed).headers["Location"]


def test_a_token_of_an_earlier_session_loses_nothing(world: World, people: dict[str, User]) -> None:
    """Signed in again in another window: what saves itself is told so, what is sent is kept."""
    (address,) = [each for each in ADDRESSES if each.name == "reviews:review-person"]
    url = reverse(address.name, kwargs=world.things(address))
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["branch_secretary"], backend=BACKEND)
    (form,) = [each for each in forms_of(url, client.get(url)) if each.action == url]
    sent = written(form)
    client.force_login(people["branch_secretary"], backend=BACKEND)
    client.cookies["csrftoken"] = "0" * 32
    assert client.post(url, {**sent, "autosave": ["keep"]}).status_code == 403
    assert client.post(url, sent, HTTP_HX_REQUEST="true").status_code == 403
    assert not Draft.objects.exists()
    assert client.post(url, sent).headers["Location"] == url
    assert lost(client, url, form, sent) == []
    sent["draft"] = ["forged-page"]
    assert client.post(url, sent).status_code == 403
