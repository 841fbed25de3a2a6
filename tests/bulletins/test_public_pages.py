"""Pages for everybody: no cookie, kept by proxies, nothing from elsewhere, no other record."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from pingyi.accounts.models import User
from pingyi.bulletins.models import Bulletin
from pingyi.campaigns.models import Campaign
from tests.documents_reading import MM

ROOM = "/bulletins/public/cx2011/"
Written = Callable[..., Bulletin]


def test_a_public_bulletin_is_read_without_signing_in(client: Client, written: Written) -> None:
    bulletin = written("published", scope="public", text="评议已经结束。")
    here = f"{ROOM}notices/{bulletin.pk}/"
    assert here in client.get(ROOM).content.decode()
    for address in (ROOM, here, f"{here}document.pdf"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        # Nothing that runs, nothing that is sent, nothing from another place.
        if not address.endswith("pdf"):
            page = answer.content.decode()
            assert not re.search(r"<script|<form|https?://", page)
    assert "评议已经结束。" in client.get(here).content.decode()
    assert client.post(here).status_code == 405


def test_what_was_withdrawn_leaves_a_trace(client: Client, written: Written) -> None:
    bulletin = written("withdrawn", scope="public", text="评议已经结束。")
    here = f"{ROOM}notices/{bulletin.pk}/"
    answer = client.get(here)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "数据有误" in page
    assert "评议已经结束。" not in page
    assert "已撤回" in client.get(ROOM).content.decode()
    assert client.get(f"{here}document.pdf").status_code == 404


@pytest.mark.parametrize("scope", ["unit", "township", "county", "public"])
@pytest.mark.parametrize("state", ["draft", "approved", "published", "withdrawn"])
def test_nothing_else_is_read_without_signing_in(
    state: str, scope: str, client: Client, written: Written
) -> None:
    bulletin = written(state, scope=scope)
    is_read = scope == "public" and state in {"published", "withdrawn"}
    answers = {client.get(address).status_code for address in (
        f"{ROOM}notices/{bulletin.pk}/", ROOM)}  # fmt: skip
    assert (404 not in answers) == is_read
    assert client.get(f"/bulletins/cx2011/items/{bulletin.pk}/").status_code == 302


def test_of_another_campaign_nothing_is_found(
    client: Client, written: Written, campaign: Campaign
) -> None:
    bulletin = written("published", scope="public")
    assert client.get(f"/bulletins/public/other/notices/{bulletin.pk}/").status_code == 404


@pytest.mark.parametrize(("size", "width"), [("a4", 210), ("a3", 297)])
def test_a_poster_leads_to_the_public_page(
    size: str, width: float, client: Client, written: Written, clerk_user: User
) -> None:
    bulletin = written("published", scope="public", title="关于评议\n结果的公示")
    client.force_login(clerk_user)
    here = f"/bulletins/cx2011/items/{bulletin.pk}/"
    assert f"{here}poster-{size}.pdf" in client.get(here).content.decode()
    content = client.get(f"{here}poster-{size}.pdf").content
    page = pypdfium2.PdfDocument(content)[0]
    assert page.get_width() * MM == pytest.approx(width, abs=0.5)
    picture = page.render(scale=2, grayscale=True).to_numpy()
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == f"http://testserver{ROOM}notices/{bulletin.pk}/"
    assert client.get(f"{here}poster-a5.pdf").status_code == 404


def test_of_what_is_not_public_there_is_no_poster(
    client: Client, written: Written, clerk_user: User
) -> None:
    here = f"/bulletins/cx2011/items/{written('published').pk}/"
    client.force_login(clerk_user)
    assert "poster-" not in client.get(here).content.decode()
    assert client.get(f"{here}poster-a4.pdf").status_code == 403
