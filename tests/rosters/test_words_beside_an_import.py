"""What the pages of an import say: the columns of errors and of remarks, and what comes next."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pingyi.accounts.models import User
from pingyi.rosters import operations
from pingyi.ui.inputs import FoundForm
from tests.cast import NOW, Register
from tests.documents.incoming import excel
from tests.rosters.conftest import Door

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page_of(client: Client, pk: int, tab: str = "") -> str:
    answer = client.get(reverse("rosters:preview", args=[pk]), {"tab": tab} if tab else {})
    return answer.content.decode()


def test_what_a_search_found_is_not_called_founding() -> None:
    with override("zh-hans"):
        assert str(FoundForm(found=[])["target"].label) == "搜索结果"


def test_remarks_explain_and_errors_say_how_to_mend(
    client: Client, office_user: User, register: Register, preview: Door
) -> None:
    rows = [["林新", "女", register.village.name]]
    made = preview(
        excel({"名单": [["姓名", "性别", "所在党支部"], *rows]}),
        scope=register.county,
        by=office_user,
    )
    client.force_login(office_user)
    assert "如何更正" not in page_of(client, made.pk, "notes")
    assert "如何更正" in with_an_error(client, office_user, register, preview)
    assert "姓名：林新" in page_of(client, made.pk, "add")


def with_an_error(client: Client, by: User, register: Register, preview: Door) -> str:
    rows = [["林新", "无此性别", register.village.name]]
    made = preview(
        excel({"名单": [["姓名", "性别", "所在党支部"], *rows]}), scope=register.county, by=by
    )
    assert made.errors
    return page_of(client, made.pk, "errors")


def test_after_it_was_applied_or_put_aside_the_page_leads_on(
    client: Client, office_user: User, register: Register, preview: Door
) -> None:
    file = excel({"名单": [["姓名", "性别", "所在党支部"], ["林新", "女", register.village.name]]})
    client.force_login(office_user)
    made = preview(file, scope=register.county, by=office_user)
    assert "重新上传" not in page_of(client, made.pk)
    operations.discard_roster(roster_import=made, by=office_user, now=NOW)
    assert "重新上传" in page_of(client, made.pk)
    again = preview(file, scope=register.county, by=office_user)
    operations.apply_roster(roster_import=again, by=office_user, now=NOW)
    shown = page_of(client, again.pk)
    assert "到首页看下一步" in shown
    assert "再导入一份" in shown
