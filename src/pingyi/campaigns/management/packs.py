"""`pingyi campaign packs [new|check|preview]`: packs are listed, copied, tried and looked at."""

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pingyi.campaigns.doors import PAPERS
from pingyi.campaigns.queries.packs import PackInfo, known_packs, known_problems, pack_info
from pingyi.campaigns.rules.pack import PACK_CODE
from pingyi.campaigns.rules.reading import FILE_NAME
from pingyi.core.refusals import Refusal
from pingyi.documents.files import write_together
from pingyi.documents.pdf import pdf
from pingyi.ui.downloads import file_name

PAGE, STYLESHEET = "index.html", "pingyi.css"
# The first code in a file is that of the pack: it stands above all tables.
OWN_CODE = re.compile(r'^code[ \t]*=[ \t]*(["\'])(?P<code>[^"\']*)\1', re.MULTILINE)


def add_packs(parser: ArgumentParser) -> None:
    """The deeds of `pingyi campaign packs`; without one the packs are listed."""
    deeds = parser.add_subparsers(dest="deed", metavar="new|check|preview")
    new = deeds.add_parser("new", help="begin a pack of your own with a copy of another")
    new.add_argument("code", help="code of the new pack, the name of its folder")
    new.add_argument("--from", dest="source", required=True, metavar="PACK", help="pack to copy")
    new.add_argument(
        "--dir", type=Path, metavar="FOLDER", help="folder of the packs; else PINGYI_PACK_DIR"
    )
    check = deeds.add_parser(
        "check", help="say everything that is wrong with packs; ends with 1 where anything is"
    )
    check.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="pack.toml or its folder; else all packs",
    )
    preview = deeds.add_parser(
        "preview", help="write the ballots and tables of a pack as PDF, and all of it as a page"
    )
    preview.add_argument("file", type=Path, metavar="FILE", help="pack.toml or its folder")
    preview.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for them")
    for each in (new, check, preview):
        each.add_argument("--json", action="store_true", help="write the result as JSON")


def packs(options: dict[str, Any]) -> tuple[str, object]:
    """The packs that there are, or what was done to one."""
    if options["deed"] == "new":
        return _new(options["code"], options["source"], options["dir"])
    if options["deed"] == "preview":
        return _preview(pack_info(_folder(options["file"])), options["out"])
    if options["deed"] == "check" and options["files"]:
        return _told([pack_info(_folder(file)) for file in options["files"]])
    return _told(known_packs())


def _told(found: list[PackInfo]) -> tuple[str, object]:
    lines = []
    result = []
    for info in found:
        problems = known_problems(info)
        lines.append(f"{info.code}\t{info.name}")
        lines += [f"  {problem}" for problem in problems]
        result.append({"code": info.code, "name": info.name, "problems": list(problems)})
    return "\n".join(lines), result


def end(options: dict[str, Any], result: Any) -> None:
    """Ends with 1 where packs were tried and one of them cannot be used."""
    if options["deed"] == "check" and any(found["problems"] for found in result):
        sys.exit(1)


def _folder(file: Path) -> Path:
    """The folder of a pack, by whichever of the two it was called."""
    found = file.absolute()
    return found.parent if found.name == FILE_NAME and not found.is_dir() else found


def _new(code: str, source: str, top: Path | None) -> tuple[str, object]:
    own = settings.PACK_DIRS[1:]
    top = top or (Path(own[0]) if own else None)
    if top is None:
        raise Refusal(
            _("Say with --dir where the pack belongs, or set PINGYI_PACK_DIR."), code="no_folder"
        )
    if not re.fullmatch(PACK_CODE, code):
        raise Refusal(
            _(
                "“%(code)s” cannot be the code of a pack. Use small letters, digits and hyphens, "
                "beginning with a letter or digit."
            )
            % {"code": code},
            code="no_code",
        )
    known = {info.code: info for info in known_packs()}
    copied = known.get(source)
    if copied is None or copied.pack is None:
        raise Refusal(
            _("There is no pack “%(code)s” that can be copied. There are: %(packs)s.")
            % {"code": source, "packs": ", ".join(name for name in known if known[name].pack)},
            code="unknown_pack",
        )
    folder = top / code
    if code in known or folder.exists():
        place = known[code].folder if code in known else folder
        raise Refusal(
            _("There is a pack “%(code)s” already, in %(folder)s. Choose another code.")
            % {"code": code, "folder": place},
            code="code_is_taken",
        )
    text = (copied.folder / FILE_NAME).read_text(encoding="utf-8-sig")
    folder.mkdir(parents=True)
    copy = OWN_CODE.sub(f'code = "{code}"', text, count=1)
    (folder / FILE_NAME).write_text(copy, encoding="utf-8")
    sentence = _(
        "%(file)s is a copy of “%(name)s”. Change it with any editor and try it with "
        "“pingyi campaign packs check %(file)s”."
    ) % {"file": folder / FILE_NAME, "name": copied.name}
    return sentence, {"code": code, "file": str(folder / FILE_NAME)}


def _preview(info: PackInfo, out: Path) -> tuple[str, object]:
    """Files that stood there under the same names are written anew: a pack is changed and looked at
    again.
    """
    if info.pack is None:
        words = _("The pack “%(code)s” cannot be used.") % {"code": info.code}
        raise Refusal(words, code="wrong_pack", details=info.problems)
    layouts = [layout for papers in PAPERS.values() for layout in papers(info.pack)]
    files = {file_name(layout.annex, layout.title, kind="pdf"): pdf(layout) for layout in layouts}
    context = {
        "pack": info.pack,
        "papers": list(files),
        "stylesheet": STYLESHEET,
        "language": get_language(),
    }
    page = render_to_string("campaigns/pack_preview.html", context)
    files[PAGE] = page.encode()
    files[STYLESHEET] = Path(str(finders.find("ui/build/app.css"))).read_bytes()
    write_together({out / name: content for name, content in files.items()})
    sentence = ngettext(
        "%(n)d paper and a page stand in %(folder)s: open %(page)s.",
        "%(n)d papers and a page stand in %(folder)s: open %(page)s.",
        len(layouts),
    ) % {"n": len(layouts), "folder": out, "page": out / PAGE}
    return sentence, {"code": info.code, "files": list(files)}
