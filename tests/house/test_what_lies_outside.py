"""What belongs to one township or one person is nowhere shown or changed by anybody else."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.urls import reverse

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from tests.documents_reading import pdf_pages
from tests.house.every_address import ADDRESSES, ROOMS, Address, World, client_of, complaints
from tests.house.whole_database import Watch, telling

pytestmark = pytest.mark.any_database

# Names that only the first township has; 高远 leads both.
PLACES = ["柳湾村", "青石中学"]
PEOPLE = ["陈卫东", "李秀兰", "王大山", "张小芳", "刘洋", "赵文", "孙丽"]


def text_of(answer: HttpResponse) -> str:
    """All words of a page or of a document."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if content.startswith(b"%PDF"):
        return "".join(pdf_pages(content))
    return content.decode()


def shown(user: User, world: World, room: str, names: list[str]) -> list[str]:
    """Addresses of the room at which the user reads one of the names."""
    client = client_of(user)
    found = []
    for address in ADDRESSES:
        if address.room == room:
            answer = client.get(reverse(address.name, kwargs=world.things(address)))
            if answer.status_code == 200:
                text = text_of(answer)
                found += [f"{address.name}: {name}" for name in names if name in text]
    return found


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("role", Role.values)
def test_what_lies_outside_is_not_found(
    role: str, room: str, world: World, outsiders: dict[str, User]
) -> None:
    client = client_of(outsiders[role])

    def read(address: Address) -> Any:
        return client.get(reverse(address.name, kwargs=world.things(address)))

    def write(address: Address) -> Any:
        return client.post(reverse(address.name, kwargs=world.things(address)), {})

    of_the_first, wrote = world.is_of_the_first_township, []
    watch = Watch()
    for ask in (read, write):
        asked = telling(watch, ask, wrote, always=True)
        assert not complaints(room, asked, allowed={404, 405}, which=of_the_first)
    assert not wrote


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("role", Role.values)
def test_no_page_names_what_lies_outside(
    role: str, room: str, world: World, outsiders: dict[str, User]
) -> None:
    assert not shown(outsiders[role], world, room, [*PLACES, *PEOPLE])


@pytest.mark.parametrize("room", ROOMS)
def test_a_member_meets_no_other_member(room: str, world: World, people: dict[str, User]) -> None:
    assert shown(people["office"], world, "campaigns", ["刘洋"])
    assert not shown(people["member"], world, room, ["刘洋"])
