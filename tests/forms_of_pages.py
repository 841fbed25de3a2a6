"""The forms of a page as a browser has them: where they go, what they send, what can be typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

LISTS = ("checkbox", "radio")


@dataclass
class Control:
    """Something that a person fills in or chooses from."""

    name: str
    kind: str  # text, date, number, hidden, checkbox, radio, select, textarea, password, file …
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    is_required: bool = False


@dataclass
class PageForm:
    """A form; `buttons` are the names and values of those that send it."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, address

    @property
    def data(self) -> dict[str, list[str]]:
        """What is sent where nothing is touched, without a button."""
        sent = {}
        for name, control in self.controls.items():
            if control.kind in (*LISTS, "select"):
                if control.chosen:
                    sent[name] = control.chosen
            elif control.kind != "file":
                sent[name] = [control.value]
        return sent


class Page(HTMLParser):
    """What a page offers: its forms and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[PageForm] = []
        self.links: set[str] = set()
        self._form: PageForm | None = None
        self._by_id: dict[str, PageForm] = {}
        self._open: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href"):
            self.links.add(urljoin(self.page, said["href"]).partition("#")[0])
        if tag == "form":
            action = urljoin(self.page, said.get("action") or self.page)
            self._form = PageForm(action, said.get("method", "get").lower())
            self.found.append(self._form)
            self._by_id[said.get("id", "")] = self._form
        # A control may stand elsewhere and name its form.
        form = self._by_id.get(said["form"]) if said.get("form") else self._form
        if form is None:
            return
        if tag == "button" and said.get("type", "submit") == "submit":
            to = urljoin(self.page, said["formaction"]) if said.get("formaction") else ""
            form.buttons.append((said.get("name", ""), said.get("value", ""), to or form.action))
        elif tag in ("input", "select", "textarea") and said.get("name"):
            self._control(form, tag, said, {name for name, _value in attrs})
        elif tag == "option" and self._open is not None:
            self._open.options.append(said.get("value", ""))
            if "selected" in said:
                self._open.chosen.append(said.get("value", ""))

    def _control(self, form: PageForm, tag: str, said: dict[str, str], names: set[str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        control = form.controls.setdefault(said["name"], Control(said["name"], kind))
        control.is_required |= "required" in names
        if kind in LISTS:
            control.options.append(said.get("value", "on"))
            if "checked" in names:
                control.chosen.append(said.get("value", "on"))
        else:
            control.value = said.get("value", "")
            self._open = control if tag in ("select", "textarea") else None

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.kind == "textarea":
            self._open.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea") and self._open is not None:
            if tag == "select" and not self._open.chosen:
                self._open.chosen = self._open.options[:1]
            if tag == "textarea":
                self._open.value = self._open.value.removeprefix("\n")
            self._open = None
        if tag == "form":
            self._form = None


def read_page(page: str, answer: Any) -> Page:
    """The forms and links of an answer."""
    found = Page(page)
    found.feed(answer.content.decode())
    return found


def forms_of(page: str, answer: Any) -> list[PageForm]:
    """The forms of an answer that are sent by POST."""
    return [form for form in read_page(page, answer).found if form.method == "post"]


def sent_from(page: str, answer: Any, **typed: str) -> dict[str, list[str]]:
    """What a page sends to its own address, with something typed into it."""
    (form,) = [form for form in forms_of(page, answer) if form.action == page]
    return form.data | {name: [value] for name, value in typed.items()}
