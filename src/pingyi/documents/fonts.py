"""Which typefaces a document is set in: those of the machine first, embedded Noto otherwise.

The standard asks for 仿宋, 楷体, 黑体 and 小标宋, not for one vendor's file (rulebook §9).
"""

from functools import cache

import pylopdf_fonts_zh_cn
import typst

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"
STACKS = {
    "body": ("FangSong", "仿宋", "STFangsong", "FangSong_GB2312", "FZFangSong-Z02", "方正仿宋"),
    "kai": ("KaiTi", "楷体", "STKaiti", "KaiTi_GB2312", "FZKai-Z03"),
    "hei": ("SimHei", "黑体", "STHeiti", "FZHei-B01"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "song": ("SimSun", "宋体", "STSong", "FZShuSong-Z01"),
}
OFFICE = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "方正小标宋简体", "song": "宋体"}
"""Names that Excel, Word and WPS know; they substitute a face of their own where it is missing."""


@cache
def font_files() -> typst.Fonts:
    """The fonts of the machine and the embedded ones, searched once a process."""
    folder = pylopdf_fonts_zh_cn.serif_path().parent
    return typst.Fonts(include_embedded_fonts=False, font_paths=[folder])


@cache
def stacks() -> dict[str, list[str]]:
    """Per role the families that are really here, best first, ending with an embedded one."""
    here = {family.casefold(): family for family in font_files().families()}
    return {
        role: [here[name.casefold()] for name in names if name.casefold() in here]
        + [SANS if role == "hei" else SERIF]
        for role, names in STACKS.items()
    }


def missing_embedded() -> list[str]:
    """The faces that come with the program and are not found: a document would lack glyphs."""
    here = set(font_files().families())
    return [name for name in (SERIF, SANS) if name not in here]


def title_is_embedded() -> bool:
    """Whether titles fall back to the embedded face, which has no heavy cut and is thickened."""
    return stacks()["title"] == [SERIF]
