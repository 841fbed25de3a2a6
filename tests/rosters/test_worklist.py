"""A workbook that was looked at waits for whoever uploaded it."""

from pingyi.accounts.models import User
from pingyi.core.clock import day_of
from pingyi.rosters.queries.worklist import worklist
from pingyi.ui.doors import Worklist
from tests.cast import NOW, Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster


def test_an_import_waits_for_its_uploader_until_it_is_applied(
    preview: Door, apply: Door, register: Register, clerk_user: User, office_user: User
) -> None:
    apply(small_roster(), scope="T1", by=clerk_user)
    assert worklist(clerk_user, None, day_of(NOW)) == Worklist(waiting=[])
    made = preview(small_roster(), scope="T1", by=clerk_user, filename="党员.xlsx")
    [item] = worklist(clerk_user, None, day_of(NOW)).waiting
    assert (item.what, item.for_whom) == ("名册导入等待确认", "党员.xlsx")
    assert item.url.endswith(f"/{made.pk}/")
    assert not worklist(office_user, None, day_of(NOW)).waiting
