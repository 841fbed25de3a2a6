"""Every cause has a whole sentence in both languages, and says what to do."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from pingyi.documents import workbooks
from pingyi.documents.workbook_refusals import FOUND, SENTENCES, sentence_of
from pingyi.documents.workbooks import UnreadableWorkbook

PARAMS = {
    "cell": "C15",
    "hidden": ["旧表"],
    "found": ["姓名", "单位"],
    "heading": "姓名",
    "limit": 30,
    "mib": 31,
    "missing": ["党员", "职务"],
    "seconds": 40,
    "sheet": "名单",
}
FOLDER = Path(workbooks.__file__).parent


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_cause_is_a_whole_sentence(code: str, language: str) -> None:
    with translation.override(language):
        said = str(sentence_of(code, PARAMS))
        plain = str(SENTENCES[code])
    assert said[-1] in ".。"
    assert "{" not in said
    for name in re.findall(r"{(\w+)}", plain):
        value = PARAMS[name]
        assert ", ".join(value) in said if isinstance(value, list) else str(value) in said


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_name_the_same_things(code: str) -> None:
    names = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            names.append(set(re.findall(r"{(\w+)}", str(SENTENCES[code]))))
    assert names[0] == names[1]


def test_every_cause_that_is_raised_has_its_sentence() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("workbook*.py"))
    raised = set(re.findall(r'problem\(\s*"(\w+)"', text)) | set(re.findall(r'\("(\w+)", {', text))
    assert len(raised) > 10
    assert raised <= set(SENTENCES)
    kinds = set(re.findall(r'found="(\w+)"', text)) | set(re.findall(r', "(\w+)"\),\n', text))
    assert kinds <= set(FOUND)


def test_a_refusal_speaks_the_language_of_its_reader_not_of_its_maker() -> None:
    with translation.override("zh-hans"):
        refusal = UnreadableWorkbook([("not_a_workbook", {"found": "pdf"}), ("damaged", {})])
    with translation.override("en"):
        assert str(refusal).startswith("This is not a workbook but a PDF document,")
        assert [str(detail) for detail in refusal.details] == [
            "The workbook is damaged or incomplete. Open it, save it again and send that file."
        ]
    with translation.override("zh-hans"):
        assert "PDF" in str(refusal)
        assert "not a workbook" not in str(refusal)


def test_a_sheet_that_is_called_like_a_kind_of_file_keeps_its_name() -> None:
    with translation.override("en"):
        assert "Sheet 名单 has more than 5 rows" in str(
            sentence_of("too_many_rows", {"sheet": "名单", "limit": 5})
        )
