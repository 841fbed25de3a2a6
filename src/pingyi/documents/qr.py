"""QR codes as patterns of modules."""

import segno


def qr_rows(text: str, *, level: str = "Q") -> tuple[str, ...]:
    """Modules (1 black) of the smallest QR that holds a text at an error level (ISO/IEC 18004)."""
    code = segno.make_qr(text, error=level, boost_error=False)
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)
