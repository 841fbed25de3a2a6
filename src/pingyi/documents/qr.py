"""QR codes as patterns of modules, and as pictures."""

from io import BytesIO

import segno


def qr_rows(text: str, *, level: str = "Q") -> tuple[str, ...]:
    """Modules (1 black) of the smallest QR that holds a text at an error level (ISO/IEC 18004)."""
    code = segno.make_qr(text, error=level, boost_error=False)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)


def qr_svg(text: str, *, level: str = "M") -> str:
    """A QR with its quiet margin as a picture for a page, without its size (SVG)."""
    picture = BytesIO()
    code = segno.make_qr(text, error=level, boost_error=False)
    code.save(picture, kind="svg", omitsize=True, xmldecl=False, svgns=True, border=2)
    return picture.getvalue().decode()
