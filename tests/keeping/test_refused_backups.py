"""A file that is no whole backup, or one for another place, is refused in a sentence, and nothing
is written."""

import zipfile
from pathlib import Path
from random import Random
from typing import Any

from pingyi.core.leases import held
from pingyi.core.refusals import Refusal
from pingyi.keeping.operations.restore import restore
from pingyi.keeping.queries import tables
from pingyi.keeping.queries.copies import examine, opened
from tests.at_once import refused
from tests.keeping.conftest import Place, altered, resealed

Told = dict[str, Any]


def look(path: Path) -> Refusal | None:
    with opened(path) as copy:
        return examine(copy)


def test_a_whole_one_is_not(backup: Path) -> None:
    assert look(backup) is None


def test_what_was_cut_off_or_changed_anywhere(backup: Path) -> None:
    whole, random = backup.read_bytes(), Random(2011)
    lengths = {44, 100, len(whole) - 1, *random.sample(range(44, len(whole)), 20)}
    broken = [whole[:length] for length in lengths]
    changed = {43, len(whole) - 1, *random.sample(range(43, len(whole)), 40)}
    broken += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in sorted(changed)]
    broken.append(whole + b"\0")
    for content in broken:
        backup.write_bytes(content)
        with refused("changed"):
            look(backup)


def test_what_is_empty_missing_or_something_else(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "x" * 100)
    backup.write_bytes(b"")
    (tmp_path / "short").write_bytes(b"PK")
    for name, code in [
        ("county.zip", "empty"),
        ("other.zip", "no_backup"),
        ("short", "no_backup"),
        ("nowhere.zip", "unreadable"),
    ]:
        with refused(code):
            look(tmp_path / name)


def test_what_somebody_put_together_otherwise(backup: Path, tmp_path: Path) -> None:
    """With a seal and hashes of its own, so that it comes as far as that."""

    def outside(told: Told, _rows: Any) -> None:
        told["parts"][0]["name"] = "files/../../outside"

    def twice(told: Told, _rows: Any) -> None:
        told["parts"].append(told["parts"][0])

    def one_less(told: Told, _rows: Any) -> None:
        told["parts"].pop()

    def no_time(told: Told, _rows: Any) -> None:
        told["made_at"] = "yesterday"

    def other_hash(told: Told, rows: Any) -> None:
        # Written as it is told then.
        rows.pop("campaigns_round")
        for part in told["parts"]:
            if part["name"] == "rows/campaigns_round.jsonl":
                part["sha256"] = "0" * 64

    for change in (outside, twice, one_less, no_time, other_hash):
        with refused("changed"):
            look(altered(backup, change))
    content = backup.read_bytes()
    # Without its table of contents, with another first part, with a manifest that is none.
    no_contents = content[: len(content) // 2] + b"0" * 64
    other_start = content.replace(b"pingyi-backup1\n", b"pingyi-backup3\n", 1)
    for broken in (no_contents, other_start):
        backup.write_bytes(broken)
        with refused("changed"):
            look(resealed(backup))


def test_what_a_newer_version_made(backup: Path, place: Place) -> None:
    def newer(told: Told, _rows: Any) -> None:
        told["migrations"].append(["reviews", "9999_of_tomorrow"])

    with refused("newer"):
        place.does(lambda: restore(path=altered(backup, newer)))
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("pingyi-backup", "2\n")
        archive.comment = b"0" * 64
    with refused("newer"):
        look(resealed(backup))


def test_a_ledger_that_is_not_whole_is_said(backup: Path) -> None:
    def changed(_told: Told, rows: Any) -> None:
        rows["ledger_entry"][3][1] = "register.founded"

    def no_body(_told: Told, rows: Any) -> None:
        del rows["ledger_body"][2]

    def no_line(_told: Told, rows: Any) -> None:
        del rows["ledger_entry"][2]

    def empty(_told: Told, rows: Any) -> None:
        for table in ("ledger_entry", "ledger_body", "ledger_head"):
            rows[table].clear()

    for change in (changed, no_body, no_line, empty):
        found = look(altered(backup, change))
        assert found is not None
        assert found.code == "ledger_broken"


def test_a_place_that_is_not_empty(backup: Path, place: Place) -> None:
    files = place.folder / "files"
    files.mkdir()
    (files / "roster.xlsx").write_bytes(b"other")
    with refused("folder_not_empty"):
        place.does(lambda: restore(path=backup))
    (files / "roster.xlsx").unlink()
    with held(place.folder / "workers", "worker"), refused("at_work"):
        place.does(lambda: restore(path=backup))
    assert place.does(tables.table_names) == set()
