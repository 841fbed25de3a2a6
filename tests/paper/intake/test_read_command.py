"""`pingyi paper read`, as it is called; no test of this file may touch a database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pingyi.config import cli
from pingyi.paper.omr.result import Result
from tests.paper.intake import batches
from tests.paper.intake.makers import jpeg, page, pdf_of_jpegs
from tests.paper.intake.piles import Pile

Call = Callable[..., int]


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")


@pytest.fixture(scope="module")
def pile() -> Pile:
    return Pile(10, seed=1)


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "layout.json"
    path.write_text(batches.layout().model_dump_json(), encoding="utf-8")
    return path


@pytest.fixture
def call(tmp_path: Path, layout: Path) -> Call:
    """Runs the command on files; options by name, a list gives one many times."""

    def run(*files: object, **options: Any) -> int:
        line = ["pingyi", "paper", "read"]
        given = {"layout": layout, "out": tmp_path / "result.json", "workers": 1, **options}
        for name, value in given.items():
            for one in value if isinstance(value, list) else [value]:
                line += [f"--{name}", str(one)]
        try:
            return cli.run([*line, *map(str, files)])
        except SystemExit as stopped:
            return int(stopped.code or 0)

    return run


def pdf(pile: Pile) -> bytes:
    pages = []
    for sheet in pile.sheets:
        height, width = cv2.imdecode(np.frombuffer(sheet.content, np.uint8), 0).shape
        pages.append((sheet.content, width, height))
    return pdf_of_jpegs(pages)


def test_every_ballot_of_a_pile_is_counted_once_and_every_other_page_named(
    call: Call, tmp_path: Path, pile: Pile, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf(pile))
    given = tmp_path / "form.json"
    given.write_text(pile.layout.model_dump_json(), encoding="utf-8")
    crops, stats = tmp_path / "crops", tmp_path / "stats.json"
    code = call(tmp_path / "scan.pdf", layout=given, workers=2, crops=crops, stats=stats)
    said = capsys.readouterr()
    assert (code, said.err) == (1, "")
    result = Result.model_validate_json((tmp_path / "result.json").read_bytes())
    assert [(one.reason or one.status, one.ballot) for one in result.pages] == [
        (sheet.expected, sheet.ballot) for sheet in pile.sheets
    ]
    read = [one for one in result.pages if one.status == "read"]
    assert said.out.startswith(f"{len(pile.sheets)} pages: {len(read)} read, ")
    questions = sum(item.state == "doubtful" for one in read for item in one.items)
    assert len([one for one in crops.iterdir() if one.suffix == ".png"]) >= questions > 0
    stages = json.loads(stats.read_text())["pages"]
    assert [one["page"] for one in stages] == list(range(1, len(pile.sheets) + 1))
    assert stages[0]["stages"]["ink"] > 0


def test_nothing_accepted_in_the_pile_is_wrong(call: Call, tmp_path: Path, pile: Pile) -> None:
    files = [tmp_path / f"{place:02d}.jpg" for place in range(len(pile.sheets))]
    for file, sheet in zip(files, pile.sheets, strict=True):
        file.write_bytes(sheet.content)
    given = tmp_path / "form.json"
    given.write_text(pile.layout.model_dump_json(), encoding="utf-8")
    call(*files, layout=given)
    result = Result.model_validate_json((tmp_path / "result.json").read_bytes())
    for one, sheet in zip(result.pages, pile.sheets, strict=True):
        if sheet.filled is not None:
            key = {(item.row, item.item): item for item in one.items}
            fair = set(key) - sheet.filled.outside
            accepted = [key[at] for at in fair if key[at].state == "accepted"]
            assert accepted
            assert all(
                tuple(item.marked) == sheet.filled.meant[item.row, item.item] for item in accepted
            )


def test_a_folder_stands_for_its_files_by_name(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    (folder / "inner").mkdir(parents=True)
    for name in ("b.jpg", "a.jpg", ".hidden"):
        (folder / name).write_bytes(jpeg(page()))
    assert call(folder) == 1
    pages = json.loads((tmp_path / "result.json").read_text())["pages"]
    assert [Path(one["file"]).name for one in pages] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("name", ["missing.jpg", "x" * 300 + ".jpg"])
def test_a_file_that_is_not_there_is_wrong_use(
    call: Call, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path / name) == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / "result.json").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"version": 2}'],
    ids=["empty", "cut", "list", "nothing", "no text", "deep", "version"],
)  # fmt: skip
def test_what_is_no_layout_is_wrong_use(
    call: Call, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    (tmp_path / "a.jpg").write_bytes(jpeg(page()))
    assert call(tmp_path / "a.jpg", layout=[path]) == 2
    said = capsys.readouterr().err
    assert "other.json" in said
    assert "Traceback" not in said


def test_a_layout_that_was_changed_is_wrong_use(call: Call, layout: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(page()))
    layout.write_text(layout.read_text().replace('"annex5"', '"annex4"'))
    assert call(tmp_path / "a.jpg") == 2


def test_the_same_layout_twice_is_wrong_use(
    call: Call, layout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(page()))
    assert call(tmp_path / "a.jpg", layout=[layout, layout]) == 2
    assert "given twice" in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["0", "-1", "two", "65"])
def test_a_number_of_workers_that_cannot_be_is_wrong_use(
    call: Call, tmp_path: Path, workers: str
) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(page()))
    assert call(tmp_path / "a.jpg", workers=workers) == 2


def test_what_is_read_is_never_overwritten(call: Call, tmp_path: Path) -> None:
    scan = tmp_path / "a.jpg"
    scan.write_bytes(jpeg(page()))
    assert call(scan, out=scan) == 2
    assert call(scan, stats=scan) == 2
    assert scan.read_bytes() == jpeg(page())


def test_places_that_cannot_be_written_are_wrong_use(call: Call, tmp_path: Path) -> None:
    scan = tmp_path / "a.jpg"
    scan.write_bytes(jpeg(page()))
    assert call(scan, out=tmp_path) == 2
    assert call(scan, out=scan / "result.json") == 2
    assert call(scan, crops=scan) == 2


def test_a_result_of_an_earlier_run_is_replaced_as_a_whole(call: Call, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("old")
    (tmp_path / "a.txt").write_bytes(b"hello")
    assert call(tmp_path / "a.txt") == 1
    result = json.loads((tmp_path / "result.json").read_text())
    assert [one["reason"] for one in result["pages"]] == ["not_an_image"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "layout.json", "result.json"]


def test_progress_is_shown_on_a_terminal_only(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    call(tmp_path / "a.txt")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    call(tmp_path / "a.txt")
    assert "1 / 1" in capsys.readouterr().err
