"""What has no end is made by a worker: no view makes a document whose length it does not know."""

import ast
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.downloads.doors import DOCUMENTS
from pingyi.rosters.operations import upload_roster
from tests.cast import NOW, TODAY, Register
from tests.house.every_address import ADDRESSES, World, client_of

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
VIEWS = sorted(
    path for path in SOURCE.rglob("*.py") if "views" in path.parts or path.name == "views.py"
)
# Whatever answers with a file.
MAKING = {"download", "stream", "FileResponse", "StreamingHttpResponse", "write_list"}
# Where views do so, how often, and why it has an end.
SHORT = {
    "downloads/views.py": (3, "the one place where it is decided, by the number of lines"),
    "accounts/views/many.py": (1, "no more slips than are printed at once"),
    "accounts/views/my_account.py": (1, "one QR"),
    "appraisals/views/documents.py": (4, "the votes of one unit"),
    "ballots/views/published.py": (2, "one box, whose ballots its manifest limits"),
    "bulletins/views/bulletins.py": (2, "one text of at most 20,000 signs"),
    "bulletins/views/public.py": (1, "the same"),
    "commitments/views/walls.py": (1, "the wall of one unit"),
    "notifications/views/calendar.py": (1, "the deadlines of one person"),
    "paper/views.py": (1, "the ballot of one unit"),
    "returns/views/forms.py": (2, "the form of one unit"),
    "returns/views/stamping.py": (2, "one table, and one file that was uploaded"),
    "returns/views/tables.py": (2, "the tables of one unit, as many as the pack has"),
    "rosters/views.py": (1, "the empty workbook"),
}


def files_made(source: str) -> int:
    """How often a view answers with a file, or with anything that is no page."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls]
    typed = [word.arg for call in calls for word in call.keywords if word.arg == "content_type"]
    return sum(name in MAKING for name in names) + len(typed)


def test_only_short_documents_are_made_in_a_request() -> None:
    found = {str(path.relative_to(SOURCE)): files_made(path.read_text("utf-8")) for path in VIEWS}
    assert {path: n for path, n in found.items() if n} == {
        path: n for path, (n, _why) in SHORT.items()
    }


@pytest.mark.parametrize(
    "fault",
    [
        "def view(request):\n    return download(people_xlsx(rows), 'people.xlsx')",
        "def view(request):\n    return files.stream(file, 'x.pdf')",
        "def view(request):\n    return HttpResponse(pdf(table), content_type='application/pdf')",
        "def view(request):\n    return FileResponse(path.open('rb'))",
    ],
)
def test_each_of_these_would_be_found(fault: str) -> None:
    assert files_made(fault) == 1


def test_every_list_that_is_offered_is_asked_about_where_it_is_long(
    world: World,
    register: Register,
    people: dict[str, User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"xlsx": -1, "pdf": -1, "zip": -1})
    wrong = upload_roster(
        content="姓名,出生年月\n孙五,1970\n".encode(),
        filename="roster.csv",
        scope=register.t1,
        effective_on=TODAY,
        by=people["office"],
        now=NOW,
    )
    world.by_route["rosters:import"] = wrong.pk
    client: Client = client_of(people["office"])
    asked = []
    for address in ADDRESSES:
        what = address.defaults.get("what")
        # Who is to be urged is a page, not a file.
        if what is not None and "urge/" not in address.route:
            answer = client.get(reverse(address.name, kwargs=world.things(address)))
            assert answer.status_code == 200, address.name
            assert b'<form method="post">' in answer.content, address.name
            asked.append(what)
    assert set(asked) == set(DOCUMENTS)
