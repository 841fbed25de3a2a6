"""A file is there whole or not at all; what was there before stays until then."""

import os
import stat
from pathlib import Path

import pytest
from django.utils import translation

from pingyi.core.refusals import Refusal
from pingyi.documents.files import write_together, write_whole


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "表.pdf", b"content")
    assert (tmp_path / "a" / "b" / "表.pdf").read_bytes() == b"content"
    assert names(tmp_path / "a" / "b") == {"表.pdf"}


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == {"x.pdf"}


def test_the_longest_name_a_folder_takes_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 85)
    write_whole(path, b"content")
    assert path.read_bytes() == b"content"


def test_a_name_that_is_too_long_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_whole(tmp_path / ("长" * 86), b"content")
    assert refused.value.code == "not_writable"
    assert os.strerror(36) in str(refused.value)
    assert names(tmp_path) == set()


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(Refusal) as refused, translation.override("en"):
        write_whole(tmp_path / "x", b"content")
    assert str(tmp_path / "x") in str(refused.value)
    assert names(tmp_path) == {"x"}
    assert names(tmp_path / "x") == set()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"in the way")
    with pytest.raises(Refusal):
        write_whole(tmp_path / "x" / "y", b"content")
    assert (tmp_path / "x").read_bytes() == b"in the way"


def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refusal) as refused, translation.override("en"):
        write_whole(tmp_path / "pipe", b"content")
    assert "it is no file" in str(refused.value)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_files_that_belong_together_are_all_written(tmp_path: Path) -> None:
    write_together({tmp_path / "a": b"1", tmp_path / "b" / "c": b"2"})
    assert (tmp_path / "a").read_bytes() == b"1"
    assert (tmp_path / "b" / "c").read_bytes() == b"2"


def test_of_files_that_belong_together_none_is_written_if_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    (tmp_path / "z").mkdir()
    with pytest.raises(Refusal) as refused:
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "z": b"3"})
    assert str(tmp_path / "z") in str(refused.value)
    assert (tmp_path / "a").read_bytes() == b"before"
    assert names(tmp_path) == {"a", "z"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left")])
def test_what_is_broken_off_leaves_nothing_behind(
    error: type[BaseException] | OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").write_bytes(b"before")
    write = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        write(path, content[: len(content) // 2])
        if content == b"second":
            raise error
        return len(content)

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises((KeyboardInterrupt, Refusal)):
        write_together({tmp_path / "a": b"first", tmp_path / "b": b"second"})
    assert names(tmp_path) == {"b"}
    assert (tmp_path / "b").read_bytes() == b"before"
