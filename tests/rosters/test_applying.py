"""From the workbook to the register and back."""

import json
from datetime import date

import pytest

from pingyi.core.progress import Progress
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.organizations.models import Affiliation, Charge, Membership, Organization, Person, Post
from pingyi.rosters import operations
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.imports import progress_of, progress_path
from tests.cast import NOW, identity_number
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster

pytestmark = pytest.mark.django_db
TABLES = (Organization, Affiliation, Person, Membership, Post, Charge)


def rows() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def test_a_preview_writes_nothing_into_the_register(preview: Door) -> None:
    made = preview(small_roster())
    assert made.state == ImportState.PREVIEWED
    assert made.counts["add"] == {"organization": 3, "person": 4, "post": 2, "charge": 2}
    assert made.done == made.total
    assert not any(model.objects.exists() for model in TABLES)


def test_a_roster_fills_an_empty_register(apply: Door) -> None:
    made = apply(small_roster())
    assert made.state == ImportState.APPLIED
    branch = Organization.objects.get(code="A1")
    assert (branch.name, branch.sector_id, branch.level) == ("东村党支部", "rural", "grassroots")
    assert Affiliation.objects.get(organization=branch).parent.code == "A"
    wang = Person.objects.get(name="王一")
    assert wang.identity_last4 == identity_number(101)[-4:]
    assert wang.initials == "wy"
    assert wang.memberships.get().valid_from == date(2005, 7, 1)
    assert wang.posts.get().category_id == "grassroots_secretary"
    leader = Person.objects.get(name="赵四")
    assert not leader.memberships.exists()
    assert {charge.organization.code for charge in leader.charges.all()} == {"A1", "A2"}
    assert leader.charges.get(organization__code="A2").valid_from == date(2011, 6, 1)


def test_how_far_the_writing_is_can_be_seen_from_outside(
    preview: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    add = Progress.add

    def look(self: Progress, more: int) -> None:
        add(self, more)
        outside = RosterImport(file=made.file.name, state=ImportState.APPLYING)
        seen.append(progress_of(outside))

    monkeypatch.setattr(Progress, "add", look)
    made = preview(small_roster())
    operations.apply_roster(roster_import=made, by=None, now=NOW)
    changes = made.changes.count()
    assert seen[0] == (0, 2 * changes)
    assert seen[-1] == (2 * changes, 2 * changes)
    assert seen == sorted(seen)
    assert not progress_path(made).exists()
    assert progress_of(RosterImport(file=made.file.name, state=ImportState.APPLYING)) == (0, 0)


def test_identity_numbers_are_kept_nowhere_in_the_database(apply: Door) -> None:
    made = apply(small_roster())
    kept = json.dumps([made.errors, made.notes, list(made.changes.values("label", "said"))])
    assert identity_number(101) not in kept


def test_the_same_file_twice_changes_nothing(apply: Door, preview: Door) -> None:
    apply(small_roster())
    again = preview(small_roster(), complete=True)
    assert again.counts == {"add": {}, "change": {}, "end": {}}
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=again, by=None, now=NOW)
    assert refused.value.code == "nothing_to_apply"


def test_one_ledger_line_names_the_file_and_the_counts(apply: Door) -> None:
    before = Entry.objects.count()
    made = apply(small_roster())
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("seq")
    assert entry.kind == "register.import"
    assert made.sha256 in entry.body.content
    assert '"organization":3' in entry.body.content


def test_a_changed_file_moves_renames_and_ends(apply: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党组织"][1][1] = "东边村党支部"
    file["党组织"].append(["A3", "南村党支部", "党支部", "基层", "农村", "A", None])
    file["党员"][0][4] = "A2"
    file["党员"][1][5] = "正式党员"
    file["党员"].pop()
    file["分工"].pop()
    made = apply(file, complete=True, effective_on=date(2011, 9, 1))
    assert made.counts == {
        "add": {"organization": 1},
        "change": {"membership": 2, "organization": 1},
        "end": {"charge": 1, "membership": 1},
    }
    assert Organization.objects.get(code="A1").name == "东边村党支部"
    wang = Person.objects.get(name="王一")
    old, new = wang.memberships.order_by("valid_from")
    assert (old.organization.code, old.valid_to) == ("A1", date(2011, 9, 1))
    assert (new.organization.code, new.valid_from, new.valid_to) == ("A2", date(2011, 9, 1), None)
    assert Person.objects.get(name="张三").memberships.get().valid_to == date(2011, 9, 1)
    assert Membership.objects.get(person__name="李二", valid_to=None).standing == "full"


def test_what_the_file_leaves_out_stays_where_it_is_not_complete(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    file = small_roster()
    file["党员"].pop()
    assert preview(file, effective_on=date(2011, 9, 1)).counts["end"] == {}


def test_an_organization_moves_and_another_ends(apply: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党组织"][2][5] = "A1"
    apply(file, effective_on=date(2011, 9, 1))
    moved = Organization.objects.get(code="A2")
    assert moved.affiliations.get(valid_to=None).parent.code == "A1"
    assert moved.affiliations.get(valid_to=date(2011, 9, 1)).parent.code == "A"
    file["党组织"].pop()
    file["党员"].pop()
    file["分工"].pop()
    apply(file, complete=True, effective_on=date(2011, 12, 1))
    moved.refresh_from_db()
    assert moved.valid_to == date(2011, 12, 1)
    assert not moved.affiliations.filter(valid_to=None).exists()


def test_undoing_an_import_restores_the_register_exactly(apply: Door) -> None:
    apply(small_roster())
    before = rows()
    file = small_roster()
    file["党组织"][1][1] = "东边村党支部"
    file["党组织"][2][5] = "A1"
    file["党组织"].append(["A3", "南村党支部", "党支部", "基层", "农村", "A", None])
    file["党员"][0][4] = "A3"
    file["党员"].pop()
    file["党员"].append(["孙五", None, "女", None, "A3", "正式党员", None])
    file["职务"][0][4] = None
    file["职务"].append(["孙五", None, "A3", "支部书记", None, None])
    file["分工"].pop()
    made = apply(file, complete=True, effective_on=date(2011, 9, 1))
    assert rows() != before
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert rows() == before
    assert RosterImport.objects.get(pk=made.pk).state == ImportState.UNDONE
    assert Entry.objects.latest("seq").kind == "register.import_undone"


def test_the_first_import_can_be_undone_to_an_empty_register(apply: Door) -> None:
    made = apply(small_roster())
    operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert not any(model.objects.exists() for model in TABLES)


def test_only_the_last_import_is_undone(apply: Door) -> None:
    first = apply(small_roster())
    file = small_roster()
    file["党员"].append(["孙五", None, "女", None, "A2", "正式党员", None])
    apply(file)
    with pytest.raises(Refusal) as refused:
        operations.undo_roster(roster_import=first, by=None, now=NOW)
    assert refused.value.code == "not_the_last_import"


def test_an_import_with_later_deeds_on_it_is_not_undone(apply: Door) -> None:
    made = apply(small_roster())
    person = Person.objects.get(name="李二")
    Person.objects.filter(pk=person.pk).update(name="李二二")
    Post.objects.create(
        person=Person.objects.get(name="张三"),
        organization=Organization.objects.get(code="A2"),
        title="委员",
        valid_from=date(2011, 7, 1),
    )
    before = rows()
    with pytest.raises(Refusal) as refused:
        operations.undo_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "built_upon"
    assert len(refused.value.details) >= 2
    assert any("李二" in str(detail) for detail in refused.value.details)
    assert rows() == before


def test_a_preview_is_stale_when_its_rows_were_touched(preview: Door, apply: Door) -> None:
    apply(small_roster())
    file = small_roster()
    file["党组织"][1][1] = "东边村党支部"
    made = preview(file)
    Organization.objects.filter(code="A1").update(name="别的名字")
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "register_changed"
    assert Organization.objects.get(code="A1").name == "别的名字"


def test_a_preview_is_stale_when_its_additions_exist_by_now(preview: Door, apply: Door) -> None:
    made = preview(small_roster())
    apply(small_roster())
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "register_changed"


def test_a_preview_is_put_aside(preview: Door) -> None:
    made = preview(small_roster())
    operations.discard_roster(roster_import=made, by=None, now=NOW)
    made.refresh_from_db()
    assert made.state == ImportState.DISCARDED
    assert not made.changes.exists()
    with pytest.raises(Refusal):
        operations.apply_roster(roster_import=made, by=None, now=NOW)


def test_a_file_can_be_previewed_again(preview: Door, apply: Door) -> None:
    made = preview(small_roster())
    apply(small_roster())
    operations.preview_again(roster_import=made, by=None, now=NOW)
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEWED
    assert not any(made.counts.values())


def test_applying_by_the_task_names_the_person_who_started_it(preview: Door) -> None:
    made = preview(small_roster())
    operations.start_apply(roster_import=made, by=None, now=NOW)
    made.refresh_from_db()
    assert made.state == ImportState.APPLIED
    assert Person.objects.count() == 4
