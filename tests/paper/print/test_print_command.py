"""`pingyi paper print`, as it is called; no test of this file may touch a database."""

import json
import os
import stat
from pathlib import Path

import pypdfium2
import pytest

from pingyi.config import cli
from pingyi.paper.management import printing
from pingyi.paper.omr.layout import parse_layout
from tests.documents_reading import pdf_pages
from tests.paper_pages import UNIT, people


def told_apart(number: int) -> str:
    """So many names, no two of them the same."""
    return "\n".join(f"{name}{place}" for place, name in enumerate(people(number)))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")


@pytest.fixture
def names(tmp_path):
    file = tmp_path / "names.txt"
    file.write_text(told_apart(30) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def call(tmp_path, names):
    """Runs the command; None leaves an argument out, True gives it without a value."""

    def run(**changes):
        given = {
            "form": "annex5", "pack": "chuangxian-2011", "title": UNIT, "rows": names,
            "copies": 2, "out": tmp_path / "out" / "ballots.pdf",
            "layout": tmp_path / "out" / "layout.json", **changes,
        }  # fmt: skip
        line = ["pingyi", "paper", "print"]
        for key, value in given.items():
            if value is not None:
                line += [f"--{key}"] if value is True else [f"--{key}", str(value)]
        try:
            return cli.run(line)
        except SystemExit as stopped:
            return stopped.code

    return run


def written(tmp_path):
    folder = tmp_path / "out"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_ballots_and_their_layout_are_written_and_named(call, tmp_path, capsys):
    assert call() == cli.DONE
    assert written(tmp_path) == ["ballots.pdf", "layout.json"]
    said = capsys.readouterr()
    assert said.out.split() == [
        str(tmp_path / "out" / "layout.json"), str(tmp_path / "out" / "ballots.pdf"),
    ]  # fmt: skip
    assert said.err == ""
    layout = parse_layout(json.loads((tmp_path / "out" / "layout.json").read_text()))
    assert (layout.form, len(layout.pages)) == ("annex5", 1)
    assert len(pypdfium2.PdfDocument(tmp_path / "out" / "ballots.pdf")) == 2


@pytest.mark.parametrize("blank", [None, True])
def test_a_name_no_font_has_is_said_beside_the_file(call, names, blank, capsys):
    names.write_text("王\U000f0000\n李四\n", encoding="utf-8")
    assert call(blank=blank) == cli.DONE
    assert "U+F0000" in capsys.readouterr().out


def test_the_text_of_a_ballot_can_be_searched(call, tmp_path):
    call(copies=1)
    (text,) = pdf_pages((tmp_path / "out" / "ballots.pdf").read_bytes())
    assert UNIT in text
    assert "阿依古丽" in text


def test_the_plain_form_has_no_marks_and_needs_no_layout_and_no_names(call, tmp_path):
    assert call(blank=True, layout=None, rows=None) == cli.DONE
    assert call(blank=True, layout=None, out=tmp_path / "out" / "named.pdf") == cli.DONE
    assert call(
        blank=True, form="annex4", rows=None, layout=None, out=tmp_path / "out" / "4.pdf"
    ) == cli.DONE  # fmt: skip
    assert written(tmp_path) == ["4.pdf", "ballots.pdf", "named.pdf"]
    text = "".join(pdf_pages((tmp_path / "out" / "4.pdf").read_bytes()))
    assert "整改落实情况" in text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pack": "nothing"}, "chuangxian-2011"),
        ({"form": "annex9"}, "annex4、annex5"),
        ({"copies": 10_000, "rows": 100}, "Each time the layout is the same"),
        ({"rows": 0}, "holds no name"),
        ({"rows": 2001}, "more than 2000 names"),
        ({"rows": b"\xff\xff\x80\x80"}, "neither UTF-8 nor GB 18030"),
        ({"rows": "王\x0c伟".encode()}, "control character"),
        ({"rows": "王\u2028伟".encode()}, "control character"),
        ({"rows": "王\u202e伟".encode()}, "control character"),
        ({"rows": ("长" * 60).encode()}, "too long"),
        ({"rows": "王\U0010ffff".encode()}, "control character"),
        ({"rows": "王伟\n李四\n王\u3000伟".encode()}, "names 1 and 3 are both"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_leaves_nothing(
    changes, says, call, names, tmp_path, capsys
):
    rows = changes.get("rows")
    if isinstance(rows, int):
        names.write_text(told_apart(rows), encoding="utf-8")
    elif isinstance(rows, bytes):
        names.write_bytes(rows)
    assert call(**{**changes, "rows": names}) == cli.REFUSED
    assert says in capsys.readouterr().err
    assert written(tmp_path) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "annex4"},
        {"rows": None},
        {"layout": None},
        {"rows": "/nowhere/names.txt"},
        {"copies": 0},
        {"copies": 10_001},
        {"copies": "many"},
        {"title": None},
        {"title": "一\u2029二"},
        {"out": "same.json", "layout": "same.json"},
    ],
)
def test_wrong_use_says_so_and_leaves_nothing(changes, call, tmp_path, capsys):
    assert call(**changes) == cli.WRONG_USE
    assert capsys.readouterr().err
    assert written(tmp_path) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_names_may_come_in_any_usual_encoding_with_empty_lines(encoding, call, names, tmp_path):
    names.write_bytes("\r\n王建国\r\n\r\n  李伟\u3000\r\n".encode(encoding))
    assert call(copies=1) == cli.DONE
    (text,) = pdf_pages((tmp_path / "out" / "ballots.pdf").read_bytes())
    assert "王建国" in text
    layout = json.loads((tmp_path / "out" / "layout.json").read_text())
    assert {cell["row"] for cell in layout["pages"][0]["cells"]} == {1, 2}


def test_a_folder_that_cannot_be_written_is_refused(call, tmp_path, capsys):
    (tmp_path / "out").write_text("a file in the way")
    assert call() == cli.REFUSED
    assert "cannot be written" in capsys.readouterr().err


def test_the_names_are_never_overwritten(call, names, capsys):
    before = names.read_bytes()
    for place in ("out", "layout"):
        assert call(**{place: names}) == cli.WRONG_USE
        assert "overwritten" in capsys.readouterr().err
        assert names.read_bytes() == before


def test_a_device_is_not_replaced_by_a_file(call, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    assert call(out=tmp_path / "pipe") == cli.REFUSED
    assert "pipe" in capsys.readouterr().err
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["", "长" * 100])
def test_a_name_that_cannot_be_is_refused_in_a_sentence(name, call, tmp_path, capsys):
    assert call(out=tmp_path / name if name else Path()) == cli.REFUSED
    assert "cannot be written" in capsys.readouterr().err


def test_a_name_as_long_as_may_be_is_written(call, tmp_path):
    name = "x" * 251 + ".pdf"
    assert call(out=tmp_path / name) == cli.DONE
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("in_the_way", ["layout.json", "ballots.pdf"])
def test_where_one_file_cannot_be_written_the_other_is_not_either(in_the_way, call, tmp_path):
    (tmp_path / "out" / in_the_way).mkdir(parents=True)
    assert call() == cli.REFUSED
    assert written(tmp_path) == [in_the_way]


def test_the_same_ids_give_the_same_file(call, tmp_path, monkeypatch):
    files = []
    for _ in range(2):
        numbers = iter(range(100))
        monkeypatch.setattr(printing, "new_ballot_id", lambda n=numbers: f"{next(n):020d}")
        assert call() == cli.DONE
        files.append((tmp_path / "out" / "ballots.pdf").read_bytes())
    assert files[0] == files[1]
    assert b"CreationDate" not in files[0]


def test_a_long_run_tells_a_terminal_how_far_it_is(call, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert call(copies=200) == cli.DONE
    assert capsys.readouterr().err == "\r100 / 200\r200 / 200\n"


def test_a_thousand_sheets_are_one_file_of_a_few_megabytes(call, tmp_path):
    assert call(copies=1000) == cli.DONE
    assert (tmp_path / "out" / "ballots.pdf").stat().st_size < 10_000_000
