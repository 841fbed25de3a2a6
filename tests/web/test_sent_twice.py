"""A form that is sent twice from one page is done once, and not answered as if done again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi.accounts.models import User
from pingyi.rosters.models import RosterImport
from tests.cast import NOW, Register


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


def sent(client: Client, address: str, token: str, **values: object) -> str:
    """What the page says on which the sending of one page ends."""
    values["csrfmiddlewaretoken"] = token * 64
    return client.post(address, values, follow=True).content.decode()


def test_what_is_sent_twice_is_done_once_and_said_so(
    client: Client, register: Register, office_user: User
) -> None:
    client.force_login(office_user)
    person = register.people["village_member"]
    address = f"/register/people/{person.pk}/standing/"
    one = {"standing": "probationary", "on": "2011-05-20"}
    other = {"standing": "full", "on": "2011-05-21"}
    for token, values, is_told in (("a", one, False), ("b", other, False), ("a", one, True)):
        page = sent(client, address, token, **values)
        assert ("未重复办理" in page) == is_told
    assert person.memberships.latest("valid_from").standing == "full"


def test_a_file_with_a_letter_mended_is_another_sending(
    client: Client, register: Register, clerk_user: User
) -> None:
    client.force_login(clerk_user)
    for letter in "甲乙乙":
        file = SimpleUploadedFile("名册.csv", f"姓名,\n{letter},\n".encode())
        values = {"scope": register.t1.pk, "effective_on": "2011-06-01", "file": file}
        client.post("/register/import/", {**values, "csrfmiddlewaretoken": "a" * 64})
    assert RosterImport.objects.count() == 2
