"""Opens .xlsx, .xls, .ods and .csv after looking at their content. Inside the child: no Django."""

import csv
import errno
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pingyi.documents.workbook_marks import Marks, xlsx_marks
from pingyi.documents.workbook_old_marks import ods_marks, xls_marks
from pingyi.documents.workbook_scan import defined_names, parts_by_title, stray_cells

MIB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
)
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, NotImplementedError)
"""What a broken archive is met with while it is read."""

WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|meta|body|table|style|script|title|link|div)\b"
    r"|(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*mime-version:",
    re.IGNORECASE | re.DOTALL,
)
"""HTML, and a page with its pictures in one file (MHT)."""
XML_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
SEPARATOR = re.compile(r"\"?sep=(.)\"?\r?\n?", re.IGNORECASE)
Source = Path | io.BytesIO


class Problem(Exception):
    """The file cannot be read; every cause with its parameters."""

    def __init__(self, problems: list[tuple[str, dict[str, Any]]]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class Table:
    """A sheet: its name, and its rows from the first column on, numbered as on the sheet."""

    title: str
    rows: Callable[[], Iterator[tuple[int, list[Any]]]]
    is_shown: bool = True
    # What the sheet shows beside its values.
    marks: Callable[[], Marks] = Marks


def problem(code: str, **params: Any) -> Problem:
    """One cause."""
    return Problem([(code, params)])


def _damage(error: Exception) -> Exception:
    """Why an archive cannot be read; what only lacked memory is no damage."""
    lacks_memory = getattr(error, "errno", None) == errno.ENOMEM or "Error -4" in str(error)
    return MemoryError() if lacks_memory else problem("damaged")


def tables_of(path: Path, limits: dict[str, int]) -> list[Table]:
    """The sheets of a file, by what it is and not by what it is called."""
    size = path.stat().st_size
    if size == 0:
        raise problem("empty_file")
    if size > limits["file_bytes"]:
        raise problem("file_too_large", mib=size // MIB, limit=limits["file_bytes"] // MIB)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return _workbook_tables(_checked_zip(path, limits), limits)
    if start == OLE:
        _check_ole(path.read_bytes())
        return _workbook_tables(path, limits)
    for magic, kind in MAGIC:
        if start.startswith(magic):
            raise problem("not_a_workbook", found=kind)
    return [_text_table(path.read_bytes(), limits)]


def said_of_file(path: Path) -> dict[str, Any]:
    """What can be said of a workbook besides its sheets: names in it, macros, links to others."""
    if not zipfile.is_zipfile(path):
        content = path.read_bytes()
        is_old = content.startswith(OLE)
        has_macros = is_old and "_VBA_PROJECT_CUR".encode("utf-16-le") in content
        return {"knows_formulas": not is_old, "has_macros": has_macros}
    with zipfile.ZipFile(path) as archive:
        parts = archive.namelist()
        return {
            "names": defined_names(archive),
            "has_macros": any(
                part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in parts
            ),
            "has_links": any("xl/externalLinks/" in part for part in parts),
        }


def _checked_zip(path: Path, limits: dict[str, int]) -> Source:
    """Refuse what is no workbook, is locked, or would unpack to too much, before unpacking it."""
    source: Source = path
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            bomb = any(
                member.file_size > max(member.compress_size, 1) * limits["ratio"]
                and member.file_size > MIB
                for member in members
            )
            if bomb or unpacked > limits["unpacked_bytes"]:
                raise problem("unpacks_too_large", mib=unpacked // MIB)
            if any(member.flag_bits & 1 for member in members):
                raise problem("encrypted")
            if any("\\" in member.filename for member in members):
                source = _with_slashes(archive)
        with zipfile.ZipFile(source) as archive:
            _check_members(set(archive.namelist()), archive)
            stray = stray_cells(archive, limits)
    except DAMAGE as error:
        raise _damage(error) from error
    if stray:
        raise Problem(stray)
    return source


def _with_slashes(archive: zipfile.ZipFile) -> io.BytesIO:
    """The same archive where a program of Windows named its parts xl\\workbook.xml."""
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as fresh:
        for name in archive.namelist():
            fresh.writestr(name.replace("\\", "/"), archive.read(name))
    return source


def _check_members(names: set[str], archive: zipfile.ZipFile) -> None:
    """Whether the zip is a workbook at all."""
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        if b"encryption-data" in archive.read("META-INF/manifest.xml")[:MIB]:
            raise problem("encrypted")
        if "mimetype" in names and b"spreadsheet" not in archive.read("mimetype")[:200]:
            raise problem("not_a_workbook", found="unknown")
        return
    if any(name.startswith("word/") for name in names):
        raise problem("not_a_workbook", found="word")
    if any(name.startswith("ppt/") for name in names):
        raise problem("not_a_workbook", found="presentation")
    raise problem("not_a_workbook", found="archive")


def _check_ole(content: bytes) -> None:
    """An .xlsx with a password is an OLE file; so are old Word files."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise problem("encrypted")
    if "WordDocument".encode("utf-16-le") in content:
        raise problem("not_a_workbook", found="word")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise problem("not_a_workbook", found="unknown")


def _workbook_tables(source: Source, limits: dict[str, int]) -> list[Table]:
    """The visible and hidden sheets with cells, read one at a time when asked for."""
    import python_calamine  # here, so that a text file never loads it

    try:
        if isinstance(source, Path):
            workbook = python_calamine.CalamineWorkbook.from_path(source)
        else:
            source.seek(0)
            workbook = python_calamine.CalamineWorkbook.from_filelike(source)
    except python_calamine.PasswordError as error:
        raise problem("encrypted") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise problem("damaged") from error

    def table(title: str, is_shown: bool) -> Table:
        def sheet() -> Any:
            try:
                return workbook.get_sheet_by_name(title)
            except (python_calamine.CalamineError, OSError, ValueError) as error:
                raise problem("damaged") from error

        def marks() -> Marks:
            found = _marks(source, title)
            for (top, left), (bottom, right) in sheet().merged_cell_ranges or ():
                found.merged.append((top + 1, left + 1, bottom + 1, right + 1))
            return found

        return Table(title, lambda: _numbered(sheet(), limits), is_shown, marks)

    return [
        table(sheet.name, sheet.visible is python_calamine.SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]


def _marks(source: Source, title: str) -> Marks:
    """What a sheet shows beside its values."""
    if isinstance(source, Path) and not zipfile.is_zipfile(source):
        return xls_marks(source, title)
    try:
        with zipfile.ZipFile(source) as archive:
            if "content.xml" in archive.namelist():
                return ods_marks(archive, title)
            part = parts_by_title(archive).get(title)
            return xlsx_marks(archive, part) if part else Marks(unknown=True)
    except DAMAGE as error:
        raise _damage(error) from error


def _numbered(sheet: Any, limits: dict[str, int]) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet that hold anything, with their numbers."""
    if sheet.start is None:
        return
    height, left = sheet.end[0] + 1, sheet.start[1]
    if height > limits["rows"]:
        raise problem("too_many_rows", sheet=sheet.name, limit=limits["rows"])
    if sheet.end[1] >= limits["columns"]:
        raise problem("too_many_columns", sheet=sheet.name, limit=limits["columns"])
    # Above its first value calamine gives empty rows, left of it no columns.
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if any(value != "" for value in values):
            yield number, [""] * left + values


def _text_table(content: bytes, limits: dict[str, int]) -> Table:
    """A CSV file in the encodings that occur: UTF-8, UTF-16 with its mark, GB 18030."""
    text = _decoded(content)
    _check_text(text[:4096])
    # Excel shows no such line, so that it is no row.
    said = SEPARATOR.match(text)
    text = text[said.end() :] if said else text
    head = text[:4096]
    delimiter = said.group(1) if said else max(",\t;|", key=head.count)
    if not head.count(delimiter):
        raise problem("not_a_workbook", found="unknown")

    def rows() -> Iterator[tuple[int, list[Any]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for number, values in enumerate(reader, start=1):
                if number > limits["rows"]:
                    raise problem("too_many_rows", sheet="CSV", limit=limits["rows"])
                if len(values) > limits["columns"]:
                    raise problem("too_many_columns", sheet="CSV", limit=limits["columns"])
                if any(value.strip() for value in values):
                    yield number, list(values)
        except csv.Error as error:
            raise problem("damaged") from error

    return Table("", rows)


def _check_text(head: str) -> None:
    """Refuse a text that is something else than a table, and say how to save it as one."""
    if WEB_PAGE.match(head):
        raise problem("web_page")
    if head.lstrip().startswith("<?xml") and XML_WORKBOOK in head:
        raise problem("xml_workbook")
    if head.lstrip().startswith("<"):
        raise problem("not_a_workbook", found="unknown")


def _decoded(content: bytes) -> str:
    """The text of the file; bytes that no text has are told apart from wrong encodings."""
    encodings = ["utf-8-sig", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(sign < " " and sign not in "\t\r\n" for sign in text[:4096]):
            raise problem("not_a_workbook", found="unknown")
        return text
    raise problem("not_a_workbook" if b"\0" in content else "unknown_characters", found="unknown")
