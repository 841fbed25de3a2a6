"""The reference of settings, from where they are read and from the words in setting-words.toml."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "scripts" / "setting-words.toml"
SETTINGS = ROOT / "src" / "pingyi" / "config" / "settings"
# Told by `pingyi serve` to its own children.
INTERNAL = {"PINGYI_ROLE"}
# What a reader of pingyi.config.environment takes, as people say it.
KINDS = {
    "text": ("text", "文字"),
    "secret": ("secret", "密钥"),
    "hosts": ("names, with commas", "域名，逗号分隔"),
    "networks": ("addresses, with commas", "地址，逗号分隔"),
    "days": ("number of days", "天数"),
    "folder": ("folder", "文件夹"),
    "data_folder": ("folder", "文件夹"),
    "database": ("address", "地址"),
    "mail": ("address", "地址"),
    "mail_box": ("address", "地址"),
    "mail_address": ("e-mail address", "邮箱地址"),
    "site": ("address", "网址"),
    "hours": ("hours", "时段"),
    "time_zone": ("time zone", "时区"),
    "feedback": ("address or words", "网址或文字"),
}
HEADS = {
    "en": "| setting | kind | where nothing is set | meaning | beware |",
    "zh": "| 设置 | 类型 | 不设时 | 含义 | 注意 |",
}
NEEDED = {"en": "**needed on a server**", "zh": "**服务器上必设**"}


@dataclass(frozen=True)
class Setting:
    """A variable of the environment, its reader, and its default where that is a constant."""

    name: str
    reader: str
    default: str
    options: tuple[str, ...]
    is_needed: bool


def settings() -> dict[str, Setting]:
    """All that the settings of the program read, by name; those of tests are no settings."""
    found: dict[str, Setting] = {}
    for file in ("base.py", "production.py"):
        tree = ast.parse((SETTINGS / file).read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            setting = _read(call, is_production=file == "production.py")
            if setting is None or setting.name in INTERNAL:
                continue
            # Asked for as a text, to see whether it is set, it is still what another reader takes.
            if setting.name not in found or found[setting.name].reader == "text":
                found[setting.name] = setting
    return found


def _read(call: ast.AST, *, is_production: bool) -> Setting | None:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "env"):
        return None
    name, *others = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    default = next((str(value) for value in others if value is not None), "")
    options = next(
        (ast.literal_eval(each) for each in call.args if isinstance(each, ast.Tuple)), ()
    )
    reader = call.func.attr
    return Setting(
        str(name), reader, default, options, is_production and reader in {"secret", "hosts"}
    )


def words() -> dict[str, dict[str, str]]:
    """What every setting means; raises LookupError where one has no words, or words no setting."""
    given = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    odd = set(given) ^ set(settings())
    if odd:
        raise LookupError(f"{WORDS.name} and the settings differ: {', '.join(sorted(odd))}")
    return given


def reference(language: str) -> str:
    """The table of all settings in the order of the words."""
    return "\n".join([HEADS[language], "|---|---|---|---|---|", *_lines(language)]) + "\n"


def _lines(language: str) -> Iterator[str]:
    known = settings()
    for name, said in words().items():
        setting = known[name]
        kind = KINDS[setting.reader][language == "zh"] if setting.reader in KINDS else ""
        if setting.options:
            kind = " / ".join(f"`{option}`" for option in setting.options)
        default = said.get(f"default_{language}") or (setting.default and f"`{setting.default}`")
        if setting.is_needed:
            default = NEEDED[language]
        cells = (
            f"`{name}`",
            kind,
            default or "–",
            said[language],
            said.get(f"danger_{language}", ""),
        )
        yield "| " + " | ".join(cells) + " |"
