"""The characters that are meant where old files and copied pages have others.

Old Chinese systems kept rare characters in the private use area; since GB 18030-2005 they have
places of their own. Text copied from PDF files holds radicals (⽅) in the place of characters (方).
"""

import unicodedata

# GB 18030 FE50 to FEA0, which CP936 kept at U+E815 and after.
_BYTES = [bytes((0xFE, byte)) for byte in (*range(0x50, 0x7F), *range(0x80, 0xA1))]
_PRIVATE = {0xE815 + place: code.decode("gb18030") for place, code in enumerate(_BYTES)}
# Those to which the codec of Python still gives the private place (GB 18030-2005, annex).
_PRIVATE |= {
    0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "\u9fb4",
    0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7", 0xE831: "\U000215d7",
    0xE832: "\u9fb8", 0xE83B: "\U0002298f", 0xE843: "\u9fb9", 0xE854: "\u9fba",
    0xE855: "\U000241fe", 0xE864: "\u9fbb",
}  # fmt: skip
# Radicals that are characters too and that NFKC leaves (U+2E80 to U+2EF3).
_RADICALS = (
    "⺁厂⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺜日⺝月⺟母⺠民⺧牛⺩王⺬示⺶羊⺹老⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# Those of Kangxi, which NFKC knows.
_KANGXI = {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0x2F00, 0x2FD6)}
REAL = str.maketrans(
    {**_PRIVATE, **_KANGXI, **dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))}
)


def real(text: str) -> str:
    """The text with the characters that are meant, in their usual width (NFKC)."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", meant(text))


def meant(text: str) -> str:
    """The text with the characters that are meant; width and signs stay: （一） is no (一)."""
    return text.translate(REAL)


def is_private(sign: str) -> bool:
    """Whether only the font of one machine says what it is."""
    return unicodedata.category(sign) in ("Co", "Cn")
