"""The child process that makes a picture or a PDF anew: `python -m pingyi.documents.clean_child`.

Reads its order as JSON from stdin, limits itself, writes one line of JSON to stdout and behind it
the new file: what is seen, and nothing else that was in the old one. No Django here.
"""

import json
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

# One process, one core: a second thread would only spin. Set before the libraries are loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from pingyi.documents.workbook_child import OUT_OF_MEMORY, limit_myself
from pingyi.documents.workbook_formats import Problem

BEGINNINGS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"%PDF-": "PDF"}
PICTURE_PIXELS, LONGEST_SIDE = 60_000_000, 20_000
"""A telephone's camera has 50 million dots."""
SHOWN_SIDE = 2_400
"""So long a side is kept; a page of A4 has that at 200 dots to the inch."""
PAGES = 60
QUALITY = 85


def main() -> int:
    """Carry out the order; 0 with a whole answer, OUT_OF_MEMORY without one."""
    order = json.load(sys.stdin)
    limit_myself(order["limits"])
    try:
        head, content = made_anew(Path(order["path"]).read_bytes())
    except Problem as problem:
        head, content = {"problems": problem.problems}, b""
    except (MemoryError, ImportError):
        # A library that finds no room is not imported.
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps({**head, "size": len(content)}).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


def made_anew(content: bytes) -> tuple[dict[str, Any], bytes]:
    """What kind it is, by its first bytes, and the new file."""
    kind = next((kind for begin, kind in BEGINNINGS.items() if content.startswith(begin)), "")
    if not kind:
        raise Problem([("no_evidence", {})])
    if kind == "PDF":
        return {"kind": "pdf"}, pdf_anew(content)
    return {"kind": kind.lower()}, picture_anew(content, kind)


def picture_anew(content: bytes, kind: str) -> bytes:
    """The dots alone, upright and no larger than is looked at: no place, no time, no other file."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as image:
            if image.width * image.height > PICTURE_PIXELS or max(image.size) > LONGEST_SIDE:
                raise Problem([("large_picture", {})])
            image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
            seen = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        # Whatever the library says of a damaged file.
        raise Problem([("damaged_evidence", {})]) from error
    seen.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    # Of the dots: what else the library keeps of a picture does not come along.
    plain = Image.frombytes("RGB", seen.size, seen.tobytes())
    made = BytesIO()
    plain.save(made, kind, quality=QUALITY, optimize=True)
    return made.getvalue()


def pdf_anew(content: bytes) -> bytes:
    """What is drawn on the pages alone: no script, no enclosed file, no link."""
    import pypdfium2

    try:
        old, new = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
        if len(old) > PAGES:
            raise Problem([("many_evidence_pages", {"limit": PAGES})])
        old.init_forms()
        for number in range(len(old)):
            draw_page(old, number, new)
        made = BytesIO()
        new.save(made)
        return made.getvalue()
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Problem([("locked_evidence" if locked else "damaged_evidence", {})]) from error


def draw_page(old: Any, number: int, new: Any) -> None:
    """A page as a drawing on a new one: what hangs on the page beside it stays behind."""
    from pypdfium2 import raw

    page = old[number]
    # What was typed into forms and written as notes becomes a part of the drawing.
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    sheet = new.new_page(*page.get_size())
    sheet.set_mediabox(*page.get_mediabox())
    sheet.set_cropbox(*page.get_cropbox())
    sheet.set_rotation(page.get_rotation())
    drawing = raw.FPDF_NewXObjectFromPage(new, old, number)
    if not drawing:
        raise Problem([("damaged_evidence", {})])
    raw.FPDFPage_InsertObject(sheet, raw.FPDF_NewFormObjectFromXObject(drawing))
    raw.FPDF_CloseXObject(drawing)
    sheet.gen_content()


if __name__ == "__main__":
    sys.exit(main())
