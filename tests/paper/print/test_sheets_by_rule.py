"""Geometry by rule: what fits, how names are spread, and what paper cannot hold."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from pingyi.documents.drawings import Words
from pingyi.documents.measures import MM_PER_POINT, ems
from pingyi.paper.rules import DoesNotFit, TooLong, sheets_of
from pingyi.paper.rules.text_fitting import fitted
from tests.paper_pages import UNIT, forms, people, sheets_for

ORGANIZATION, MEMBERS = "chuangxian-2011/annex4", "chuangxian-2011/annex5"


def copies_of_items(code, number):
    """The form with so many items."""
    form = forms()[code]
    items = [
        form.items[place % len(form.items)].model_copy(update={"code": f"item{place}"})
        for place in range(number)
    ]
    return form.model_copy(update={"items": items})


def words_of(sheets, page=1):
    return [words.text.replace("\n", "") for words in sheets.drawings[page - 1].words]


@pytest.mark.parametrize("rows", [1, 2, 20, 30, 35])
def test_up_to_thirty_five_names_stand_on_one_page(rows):
    layout = sheets_for(MEMBERS, rows).layout
    assert len(layout.pages) == 1
    assert len(layout.pages[0].cells) == rows * 16


@pytest.mark.parametrize(
    ("rows", "on_pages"), [(36, [18, 18]), (70, [35, 35]), (71, [24, 24, 23]), (100, [34, 34, 32])]
)
def test_more_names_are_spread_evenly_over_the_pages(rows, on_pages):
    layout = sheets_for(MEMBERS, rows).layout
    assert [len({cell.row for cell in page.cells}) for page in layout.pages] == on_pages
    counted = [cell.row for page in layout.pages for cell in page.cells]
    assert sorted(set(counted)) == list(range(1, rows + 1))


def test_a_form_without_opinions_has_no_box_for_them():
    form = forms()[ORGANIZATION].model_copy(update={"opinions_label": ""})
    plain, boxed = sheets_of(form, name=UNIT), sheets_for(ORGANIZATION, 0)
    lowest = [max(line[3] for line in each.layout.pages[0].lines) for each in (plain, boxed)]
    assert lowest[0] < lowest[1]
    assert not [text for text in words_of(plain) if "意见和建议" in text]


def test_every_page_repeats_title_unit_heads_and_names_its_number():
    sheets = sheets_for(MEMBERS, 100)
    for page in (1, 2, 3):
        texts = words_of(sheets, page)
        for text in (sheets.form.title, f"所在党支部名称\uff1a{UNIT}", "党员姓名", "比较满意"):
            assert text in texts
        assert f"第{page}页 共3页" in texts
    assert "34" in words_of(sheets, 1)
    assert "35" in words_of(sheets, 2)


def test_every_name_is_printed_whole_once():
    sheets = sheets_for(MEMBERS, 36)
    texts = words_of(sheets, 1) + words_of(sheets, 2)
    for name in set(people(36)):
        assert texts.count(name) == people(36).count(name)


@settings(max_examples=40)
@given(rows=some.integers(1, 220))
def test_no_cell_is_too_small_for_a_hand(rows):
    for page in sheets_for(MEMBERS, rows).layout.pages:
        assert min(cell.w for cell in page.cells) >= 10
        assert min(cell.h for cell in page.cells) >= 7
        assert max(cell.y + cell.h for cell in page.cells) <= page.height - 7


@pytest.mark.parametrize("items", [1, 4, 5, 6])
def test_more_columns_than_an_upright_page_holds_turn_it(items):
    sheets = sheets_of(copies_of_items(MEMBERS, items), name=UNIT, names=people(20))
    page = sheets.layout.pages[0]
    assert (page.width > page.height) is (items > 4)
    assert min(cell.w for cell in page.cells) >= 10


def test_more_columns_than_any_page_holds_are_refused():
    with pytest.raises(DoesNotFit) as caught:
        sheets_of(copies_of_items(MEMBERS, 7), name=UNIT, names=people(20))
    assert (caught.value.what, caught.value.most) == ("columns", 24)


def test_more_items_or_options_than_a_page_holds_are_refused():
    with pytest.raises(DoesNotFit) as caught:
        sheets_of(copies_of_items(ORGANIZATION, 40), name=UNIT)
    assert caught.value.what == "items"
    form = forms()[ORGANIZATION]
    options = [form.options[0].model_copy(update={"code": f"option{place}"}) for place in range(12)]
    with pytest.raises(DoesNotFit) as caught:
        sheets_of(form.model_copy(update={"options": options}), name=UNIT)
    assert caught.value.what == "options"


def test_what_is_filled_in_later_is_no_part_of_the_ballot():
    texts = " ".join(words_of(sheets_for(ORGANIZATION, 0)))
    form = forms()[ORGANIZATION]
    assert form.opinions_label.rstrip(":\uff1a") in texts
    assert form.rectification_label
    assert form.rectification_label.rstrip(":\uff1a") not in texts


def test_cells_of_an_organization_have_no_row():
    layout = sheets_for(ORGANIZATION, 0).layout
    assert {cell.row for cell in layout.pages[0].cells} == {None}
    assert layout.grades == [option.code for option in forms()[ORGANIZATION].options]


def test_the_same_ballot_has_the_same_layout_and_another_branch_has_another():
    one = sheets_for(MEMBERS, 30, name="一支部").layout
    assert one == sheets_for(MEMBERS, 30, name="一支部").layout
    assert one.hash != sheets_for(MEMBERS, 30, name="二支部").layout.hash
    assert one.hash != sheets_for(MEMBERS, 29).layout.hash


@example(text="1111丙丙丙··", w=8)
@given(text=some.text("甲乙丙·测评AW1", min_size=1, max_size=40), w=some.integers(8, 160))
def test_a_fitted_text_stays_inside_its_box_and_loses_no_sign(text, w):
    try:
        words = fitted(0, 0, w, 8, text)
    except TooLong:
        return
    assert words.text.replace("\n", "") == text
    assert inside(words)


def inside(words: Words) -> bool:
    size = words.size * MM_PER_POINT
    lines = words.text.split("\n")
    tall = (len(lines) + words.leading * (len(lines) - 1)) * size
    return tall <= words.h + 0.02 and max(map(ems, lines)) * size <= words.w + 0.3


def test_a_long_title_takes_two_lines():
    form = forms()[MEMBERS].model_copy(update={"title": "领导班子和领导干部年度民主测评" * 3})
    title = sheets_of(form, name=UNIT, names=people(20)).drawings[0].words[0]
    assert title.text.count("\n") == 1
    assert title.size >= 12


def test_a_name_that_no_size_fits_is_refused():
    with pytest.raises(TooLong):
        sheets_of(forms()[MEMBERS], name=UNIT, names=[*people(34), "长" * 60])
