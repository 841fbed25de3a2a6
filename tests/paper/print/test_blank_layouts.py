"""The plain official form, piece by piece: head, items, and room for what is written later."""

import pytest

from pingyi.documents.layouts import BlankBallot, BlankRosterBallot, Box
from pingyi.paper.rules.blank_forms import ballot_layout
from tests.paper.print.drawn import MEMBERS, ORGANIZATION, changed
from tests.paper_pages import forms

GRADES = ("满意", "比较满意", "基本满意", "不满意")
NOTES = ("请在评议选项相应栏中打“√”。",)
ROOM = "\u3000\u3000年\u3000\u3000月\u3000\u3000日"


def test_the_form_about_an_organization_is_that_of_the_notice() -> None:
    assert ballot_layout(forms()[ORGANIZATION]) == BlankBallot(
        annex="附件4",
        title="基层党组织开展创先争优活动群众评议表",
        head=(("党组织名称", ""), ("时间", ROOM)),
        items=tuple(item.label for item in forms()[ORGANIZATION].items),
        grades=GRADES,
        boxes=(
            Box("对党组织开展创先争优活动的意见和建议（可附页）"),
            Box("意见和建议整改落实情况"),
        ),
        notes=NOTES,
    )


def test_the_form_about_members_has_a_row_for_each_name_or_twelve_to_be_written() -> None:
    form = forms()[MEMBERS]
    empty = BlankRosterBallot(
        annex="附件5",
        title=form.title,
        head=(("所在党支部名称", ""), ("时间", ROOM)),
        corner="党员姓名",
        items=tuple(item.label for item in form.items),
        grades=GRADES,
        names=(),
        blank_rows=12,
        notes=NOTES,
    )
    assert ballot_layout(form) == empty
    named = ballot_layout(form, unit_name="东村党支部", held_on="2011年6月20日", names=["王一"])
    assert named == BlankRosterBallot(
        annex=empty.annex,
        title=empty.title,
        head=(("所在党支部名称", "东村党支部"), ("时间", "2011年6月20日")),
        corner=empty.corner,
        items=empty.items,
        grades=empty.grades,
        names=("王一",),
        blank_rows=0,
        notes=empty.notes,
    )


def test_names_stand_under_the_heading_of_the_pack() -> None:
    layout = ballot_layout(changed(MEMBERS, member_label="委员姓名"))
    assert isinstance(layout, BlankRosterBallot)
    assert layout.corner == "委员姓名"


@pytest.mark.parametrize(
    ("changes", "boxes", "notes"),
    [
        ({"note": ""}, 2, ()),
        ({"opinions_label": ""}, 1, NOTES),
        ({"opinions_label": "", "rectification_label": "", "note": "注"}, 0, ("注",)),
    ],
)
def test_what_a_pack_leaves_out_is_not_printed(
    changes: dict[str, object], boxes: int, notes: tuple[str, ...]
) -> None:
    layout = ballot_layout(changed(ORGANIZATION, **changes))
    assert (len(layout.boxes), layout.notes) == (boxes, notes)
