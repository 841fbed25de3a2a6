"""Characters that are another one written otherwise: traditional ones (陳), old prints (呉)."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("variants.txt")
# Forms of old prints, of other countries' fonts and of hand writing, each before the usual one.
ALSO = (
    "戸户呉吴兪俞靑青尙尚淸清徳德恵惠咊和秌秋甯宁寕宁囯国囻国竜龙嵒岩鈩炉僊仙燿耀竝并𠮷吉髙高敍叙硏研"
    "栄荣沢泽浜滨桜樱斉齐斎斋辺边関关広广円圆実实蔵藏薫薰顕显鉄铁黒黑緑绿○〇◯〇"
)


@cache
def variants() -> dict[int, str]:
    """Each of them and the usual one, for `str.translate`."""
    lines = TABLE.read_text("utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#")) + ALSO
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))
