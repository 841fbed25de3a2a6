"""Many files in one batch: order, children that break, files that cost too much, crops."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

from pingyi.paper.omr import batch as batch_module
from pingyi.paper.omr.batch import read_files
from pingyi.paper.omr.pool import Pool, WorkerFailed
from tests.paper.intake import batches, makers, stand_in
from tests.paper.intake.batches import read, told, written
from tests.paper.intake.makers import jpeg, page, scanned_pdf, tiff, zipped


def of_width(*widths: int) -> bytes:
    """A PDF whose pages tell the stand-in what to do."""
    return scanned_pdf([page(width, 500 + place) for place, width in enumerate(widths)])


def mixture(folder: Path) -> list[str]:
    return written(
        folder,
        {
            "z.pdf": scanned_pdf([page(200, 400), page(200, 401), page(200, 402)]),
            "a.jpg": jpeg(page(200, 403)),
            "text.jpg": b"hello",
            "m.zip": zipped([
                ("in/b.jpg", jpeg(page(200, 404))),
                ("../c.jpg", jpeg(page())),
                ("d.tif", tiff([page(200, 405), page(200, 401)], "1", compression="group4")),
            ]),
            "f.png": makers.picture(page(200, 406), "PNG"),
        },
    )  # fmt: skip


def test_pages_stand_in_the_order_of_files_and_pages(tmp_path: Path) -> None:
    found = read(mixture(tmp_path)).result.pages
    assert [
        (one.file.removeprefix(f"{tmp_path}/"), one.page, one.ballot, one.reason) for one in found
    ] == [
        ("z.pdf", 1, "B400", None), ("z.pdf", 2, "B401", None), ("z.pdf", 3, "B402", None),
        ("a.jpg", 1, "B403", None), ("text.jpg", 1, None, "not_an_image"),
        ("m.zip/in/b.jpg", 1, "B404", None), ("m.zip/../c.jpg", 1, None, "unsafe_archive"),
        ("m.zip/d.tif", 1, "B405", None), ("m.zip/d.tif", 2, "B401", "rescan"),
        ("f.png", 1, "B406", None),
    ]  # fmt: skip


@pytest.mark.parametrize("workers", [2, 5])
def test_the_result_is_the_same_with_any_number_of_workers(tmp_path: Path, workers: int) -> None:
    bad = written(tmp_path, {"bad.pdf": of_width(200, stand_in.DIES, 200, stand_in.DIES, 204)})
    files = [*mixture(tmp_path), *bad]
    one = read(files, workers=1).result.model_dump_json()
    assert read(files, workers=workers).result.model_dump_json() == one


def test_pages_are_counted_while_they_are_read(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    read(mixture(tmp_path), progress=lambda done, known: seen.append((done, known)))
    assert seen[-1] == (10, 10)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize("width", [stand_in.DIES, stand_in.BABBLES])
def test_a_child_that_dies_is_replaced_and_its_page_named(tmp_path: Path, width: int) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, width, 200)})
    assert told(read(files, workers=1)) == [
        ("a.pdf", 1, "read", None),
        ("a.pdf", 2, "rejected", "unreadable_file"),
        ("a.pdf", 3, "read", None),
    ]


@pytest.mark.parametrize("width", [stand_in.LOOPS, stand_in.SLEEPS])
def test_a_child_that_does_not_come_to_an_end_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, width, 200)})
    impatient = lambda *args, **kwargs: Pool(*args, **{**kwargs, "seconds": 4})  # noqa: E731
    monkeypatch.setattr(batch_module, "Pool", impatient)
    assert [reason for *_, reason in told(read(files, workers=1))] == [None, "took_too_long", None]


def test_a_child_that_uses_up_its_processor_time_took_too_long(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, stand_in.USES_UP_ITS_TIME)})
    found = read(files)
    assert [reason for *_, reason in told(found)] == [None, "took_too_long"]
    # The stand-in tells whether its time is counted at all.
    assert found.result.pages[0].quality == 1.0


def test_a_fault_of_the_engine_is_told_and_the_batch_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = written(tmp_path, {"a.pdf": of_width(stand_in.HAS_A_FAULT, 200)})
    with caplog.at_level(logging.ERROR):
        found = told(read(files))
    assert [reason for *_, reason in found] == ["unreadable_file", None]
    assert "a fault of ours" in caplog.text


def test_a_page_that_needs_too_much_memory_is_too_large(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(stand_in.NEEDS_MEMORY, 200)})
    assert [reason for *_, reason in told(read(files))] == ["too_large", None]


@pytest.mark.parametrize("workers", [1, 3])
def test_a_file_that_costs_too_many_children_is_given_up(tmp_path: Path, workers: int) -> None:
    dies = stand_in.DIES
    files = written(
        tmp_path,
        {"a.pdf": of_width(dies, 200, *[dies] * 6, 200, 200), "b.jpg": jpeg(page(200, 700))},
    )
    reasons = [reason for *_, reason in told(read(files, workers=workers))]
    assert reasons == ["unreadable_file", None, *["unreadable_file"] * 8, None]


def test_a_child_that_cannot_begin_is_a_fault_of_the_installation(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.jpg": jpeg(page())})
    with pytest.raises(WorkerFailed, match="ended with 3"):
        read_files(files, [batches.layout()], workers=1, command=[sys.executable, "-c", "exit(3)"])


def first_time(folder: Path, deed: str) -> list[str]:
    """The stand-in, but the first child of all does something else."""
    script = f'mkdir "$0" 2>/dev/null && {{ {deed}; }}; SURVIVES=1 exec "$@"'
    return ["sh", "-c", script, str(folder / "been-here"), *stand_in.COMMAND]


def test_a_child_that_ends_while_it_begins_is_replaced(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, 204)})
    command = first_time(tmp_path, "kill -9 $$")
    found = read_files(files, [batches.layout()], workers=1, command=command)
    assert [page.reason for page in found.result.pages] == [None, None]


def test_a_page_whose_child_was_killed_by_the_system_is_read_again(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, stand_in.IS_KILLED, 204)})
    command = first_time(tmp_path, 'exec "$@"')
    found = read_files(files, [batches.layout()], workers=1, command=command)
    assert [page.reason for page in found.result.pages] == [None, None, None]


def test_a_page_whose_child_is_killed_twice_is_named(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, stand_in.IS_KILLED, 204)})
    assert [reason for *_, reason in told(read(files))] == [None, "unreadable_file", None]


def test_children_end_with_the_command(tmp_path: Path) -> None:
    """Not even a page that hangs outlives it."""
    files = written(tmp_path, {"a.pdf": of_width(stand_in.LOOPS)})
    program = (
        "import sys; from tests.paper.intake import batches; batches.read(sys.argv[1:], workers=1)"
    )
    paths = os.pathsep.join(sys.path)
    command = subprocess.Popen([sys.executable, "-c", program, *files], env={"PYTHONPATH": paths})
    children = Path(f"/proc/{command.pid}/task/{command.pid}/children")
    wait_until(lambda: children.read_text().strip() != "")
    child = int(children.read_text())
    wait_until(lambda: b"stand_in" in Path(f"/proc/{child}/cmdline").read_bytes())
    wait_until(lambda: "SigCgt" in Path(f"/proc/{child}/status").read_text())
    command.kill()
    command.wait()
    wait_until(lambda: is_gone(child))


def is_gone(process: int) -> bool:
    try:
        return "Z (zombie)" in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return True


def wait_until(holds: Callable[[], bool]) -> None:
    """Fails after a minute, which no machine needs."""
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("waited for a minute")


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.jpg": jpeg(page()), "b.jpg": jpeg(page())})
    Path(files[0]).unlink()  # as good as forbidden, also for root
    assert [reason for *_, reason in told(read(files))] == ["unreadable_file", None]


def test_a_name_that_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb6\xab\xb4\xe5.jpg")
    (tmp_path / name).write_bytes(jpeg(page(200, 400)))
    result = read([str(tmp_path / name)]).result
    assert result.pages[0].file == f"{tmp_path}/\\xb6\\xab\\xb4\\xe5.jpg"
    assert result.pages[0].status == "read"


def test_a_pdf_with_such_a_name_is_read_too(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb6\xab.pdf")
    (tmp_path / name).write_bytes(of_width(200, 208))
    assert [one.resolution for one in read([str(tmp_path / name)]).result.pages] == [200, 208]


def test_doubtful_items_are_cut_out_and_named_by_their_place(tmp_path: Path) -> None:
    files = written(tmp_path, {"t.txt": b"hello", "a.pdf": of_width(200, 208)})
    folder = tmp_path / "crops"
    folder.mkdir()
    read(files, crops=folder)
    found = sorted(folder.iterdir())
    assert [one.name for one in found] == ["0002-0001-0001-b.png", "0002-0002-0001-b.png"]
    # 20 x 10 mm and 3 mm of paper around it, cut at the edge of what was straightened.
    assert cv2.imread(str(found[0])).shape[:2] == (84, 144)


def test_crops_that_cannot_be_written_stop_the_batch(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.jpg": jpeg(page())})
    with pytest.raises(OSError, match="nowhere"):
        read(files, crops=tmp_path / "nowhere")


def test_a_ballot_of_which_a_page_is_missing_is_named(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.pdf": of_width(200, 200)})
    result = read(files, pages=3).result
    assert [(one.ballot, one.missing) for one in result.incomplete] == [
        ("B500", [2, 3]), ("B501", [2, 3]),
    ]  # fmt: skip


def test_seconds_by_stage_are_kept_apart_from_the_result(tmp_path: Path) -> None:
    files = written(tmp_path, {"a.jpg": jpeg(page(200, 400)), "t.txt": b"x"})
    batch = read(files)
    assert [stages for _, _, stages in batch.stages] == [{"ink": 0.001}, {}]
    assert "stages" not in batch.result.model_dump_json()


def test_a_child_knows_nothing_of_passwords_and_imports_nothing_beside_the_scans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, {"cv2.py": b"raise SystemExit(9)", "a.jpg": jpeg(page(200, 400))})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = read_files(["a.jpg"], [batches.layout()], workers=1).result
    assert found.pages[0].status == "rejected"
    assert found.pages[0].reason in ("no_markers", "blank_page")
