"""The faces of the machine come first; where it has none, the embedded ones are enough."""

from collections.abc import Callable, Iterator

import pytest

from pingyi.documents import fonts
from pingyi.documents.docx import docx
from pingyi.documents.pdf import pdf
from pingyi.documents.xlsx import xlsx
from tests.documents_reading import excel_page, word_file
from tests.documents_samples import annex_1

Having = Callable[..., dict[str, list[str]]]


class Machine:
    """A machine with some families of type."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)

    def families(self) -> list[str]:
        return self.names


@pytest.fixture
def having(monkeypatch: pytest.MonkeyPatch) -> Iterator[Having]:
    """The stacks on a machine with these families."""

    def stacks(*names: str) -> dict[str, list[str]]:
        monkeypatch.setattr(fonts, "font_files", lambda: Machine(*names))
        fonts.stacks.cache_clear()
        return fonts.stacks()

    yield stacks
    fonts.stacks.cache_clear()


def test_without_a_face_of_its_own_everything_is_embedded(having: Having) -> None:
    stacks = having("DejaVu Sans")
    assert set(stacks) == {"body", "kai", "hei", "title", "song"}
    assert stacks["hei"] == [fonts.SANS]
    assert all(faces == [fonts.SERIF] for role, faces in stacks.items() if role != "hei")
    assert fonts.title_is_embedded()


def test_faces_of_the_machine_come_first_best_first_and_under_their_own_names(
    having: Having,
) -> None:
    stacks = having("仿宋", "fangsong", "KAITI", "方正小标宋简体")
    assert stacks["body"] == ["fangsong", "仿宋", fonts.SERIF]
    assert stacks["kai"] == ["KAITI", fonts.SERIF]
    assert stacks["title"] == ["方正小标宋简体", fonts.SERIF]
    assert not fonts.title_is_embedded()


def test_the_embedded_faces_are_really_there(embedded: None) -> None:
    families = fonts.font_files().families()
    assert {fonts.SERIF, fonts.SANS} <= set(families)
    made = pdf(annex_1())
    assert b"NotoSerifSC" in made
    assert b"NotoSansSC" in made


def test_fonts_are_searched_once_a_process() -> None:
    assert fonts.font_files() is fonts.font_files()


def test_office_files_name_the_faces_of_the_standard_whatever_the_machine_has(
    embedded: None,
) -> None:
    xml = word_file(docx(annex_1())).element.xml
    assert {"仿宋", "黑体", "方正小标宋简体"} <= set(fonts.OFFICE.values())
    for face in ("仿宋", "黑体", "方正小标宋简体"):
        assert f'w:eastAsia="{face}"' in xml
    page = excel_page(xlsx(annex_1()))
    faces = {cell.font.name for row in page.iter_rows() for cell in row if cell.value is not None}
    assert faces == {"仿宋", "黑体", "方正小标宋简体"}
