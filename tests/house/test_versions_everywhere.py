"""What edits or signs something that exists says which version was seen of it (ui.edits)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pingyi"
VIEWS = sorted(
    path for path in SOURCE.rglob("*.py") if "views" in path.parts or path.name == "views.py"
)
DEEDS = {"Deed", "done", "done_or_refused"}

MAKES = "makes something new"
OWN = "one's own account, and nobody else's"
NOT_YET = "nobody is signed in yet"
WITHOUT: dict[str, str] = {
    "accounts/views/manage.py create": MAKES,
    "accounts/views/many.py _slips": "prints; whoever has a password by now is refused",
    "accounts/views/many.py create_many": "makes accounts for those who have none at that moment",
    "accounts/views/my_account.py cancel_code": OWN,
    "accounts/views/my_account.py change_password": OWN,
    "accounts/views/my_account.py confirm_code": OWN,
    "accounts/views/my_account.py remove_code": OWN,
    "accounts/views/my_account.py start_code": OWN,
    "accounts/views/sign_in.py first_password": NOT_YET,
    "accounts/views/sign_in.py sign_in": NOT_YET,
    "accounts/views/sign_in.py sign_in_code": NOT_YET,
    "appraisals/views/counts.py _begun": MAKES,
    "appraisals/views/counts.py _saved": "has its own version (appraisals.permissions.versions)",
    "appraisals/views/counts.py _signed": "the same",
    "appraisals/views/stages.py opinion": MAKES,
    "campaigns/views/amendments.py add_person": MAKES,
    "campaigns/views/amendments.py add_unit": MAKES,
    "campaigns/views/exemptions.py revoke": "an exemption never changes but by being revoked",
    "campaigns/views/rounds.py _exempted": "exempts what is a gap at that moment",
    "downloads/views.py again": "asks anew for what could not be made",
    "downloads/views.py document": MAKES,
    "downloads/views.py fetch": "hands out a file, which never changes",
    "keeping/views.py make": MAKES,
    "mailbox/views/addresses.py bind": MAKES,
    "mailbox/views/addresses.py unbind": "an address never changes but by being unbound",
    "notifications/views/messages.py read_everything": OWN,
    "notifications/views/messages.py read_one": OWN,
    "notifications/views/messages.py unread_one": OWN,
    "notifications/views/urging.py urge": MAKES,
    "notifications/views/unclear.py _let_be": "decided once: an update that names its state",
    "notifications/views/unclear.py _sent_again": "the same",
    "notifications/views/wishes.py confirm": "the link is of one address, and void for another",
    "notifications/views/wishes.py make_calendar": OWN,
    "notifications/views/wishes.py revoke_calendar": OWN,
    "notifications/views/wishes.py wishes": OWN,
    "rectification/views/assigning.py assign_ticked": "each is refused once it is assigned",
    "rectification/views/evidence.py remove": "a file never changes but by being removed",
    "rectification/views/evidence.py upload": MAKES,
    "rectification/views/merging.py merge": MAKES,
    "rectification/views/merging.py undo": "a source never changes but by being undone",
    "bulletins/views/writing.py write": MAKES,
    "commitments/views/walls.py propose": MAKES,
    "commitments/views/walls.py take_over": MAKES,
    "rectification/views/waiting.py aside": MAKES,
    "rectification/views/waiting.py register": MAKES,
    "register/views/founding.py create": MAKES,
    "register/views/founding.py create_top": MAKES,
    "register/views/membership.py register_member": MAKES,
    "register/views/posts.py appoint": MAKES,
    "register/views/posts.py put_in_charge": MAKES,
    "returns/views/board.py accept": "names each return with the version that was seen",
    "returns/views/forms.py intake": "a form names its return and carries its own number",
    "returns/views/many.py again": "goes on with what was broken off; twice it is the same work",
    "returns/views/many.py many": MAKES,
    "returns/views/stamping.py stamped": "adds a file to a version, which never changes",
    "reviews/views/assignments.py derive": "what was changed by hand stays",
    "reviews/views/meetings.py begin": MAKES,
    "reviews/views/meetings.py draft": "puts rows together (reviews.rules.drafts)",
    "reviews/views/meetings.py meeting": "the same",
    "reviews/views/reviews.py _review": MAKES,
    "rosters/views.py roster_imports": MAKES,
    "web/views/start.py start": MAKES,
}


def without_version(source: str) -> Iterator[str]:
    """The functions that do a deed and name nothing that it edits."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            calls = [call for call in ast.walk(function) if isinstance(call, ast.Call)]
            deeds = [call for call in calls if name_of(call.func) in DEEDS]
            if any("edits" not in {word.arg for word in call.keywords} for call in deeds):
                yield function.name


def name_of(called: ast.expr) -> str:
    return getattr(called, "id", getattr(called, "attr", ""))


def test_every_other_deed_carries_the_version_that_was_seen() -> None:
    found = {
        f"{path.relative_to(SOURCE)} {name}"
        for path in VIEWS
        for name in without_version(path.read_text(encoding="utf-8"))
    }
    assert found == set(WITHOUT)


@pytest.mark.parametrize(
    "fault",
    [
        "def change(request):\n    return Deed(form=form, do=change_it).page(request)",
        "def change(request):\n    return done(request, form, change_it, to='there')",
        "def change(request):\n    return deeds.done_or_refused(request, change_it, back='there')",
    ],
)
def test_each_of_these_would_be_found(fault: str) -> None:
    assert list(without_version(fault)) == ["change"]
