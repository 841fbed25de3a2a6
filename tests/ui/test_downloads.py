"""Documents as files: their kind and their name."""

import pytest

from pingyi.ui.downloads import CONTENT_TYPES, download, file_name


@pytest.mark.parametrize("kind", CONTENT_TYPES)
def test_a_file_says_its_kind_and_the_name_under_which_it_is_kept(kind):
    answer = download(b"content", f"T1-annex2.{kind}")
    assert answer["Content-Type"] == CONTENT_TYPES[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="T1-annex2.{kind}"'
    assert answer.content == b"content"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("青石.pdf", "attachment; filename*=utf-8''%E9%9D%92%E7%9F%B3.pdf"),
        ('T"1\\.pdf', 'attachment; filename="T\\"1\\\\.pdf"'),
        ("T1\r\nSet-Cookie: x.pdf", "attachment; filename*=utf-8''T1%0D%0ASet-Cookie%3A%20x.pdf"),
    ],
)
def test_no_sign_of_a_code_breaks_the_name(name, said):
    assert download(b"", name)["Content-Disposition"] == said


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("示范镇党委", "附件1", "第一次"), "示范镇党委_附件1_第一次.pdf"),
        (("../../etc/passwd", "附件1"), "etc-passwd_附件1.pdf"),
        (('甲:乙*?"<>|丙\r\n丁', ""), "甲-乙-丙-丁.pdf"),
        ((" .隐藏. ", "第一次"), "隐藏_第一次.pdf"),
        (("长" * 60, "附件1"), f"{'长' * 40}_附件1.pdf"),
    ],
)
def test_a_file_has_a_name_that_a_clerk_would_give(parts, name):
    assert file_name(*parts, kind="pdf") == name
