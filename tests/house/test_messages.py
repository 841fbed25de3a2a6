"""The program's own handling of messages: found, merged, checked."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    package = tmp_path / "src" / "pingyi"
    templates = package / "room" / "templates" / "room"
    templates.mkdir(parents=True)
    (package / "room" / "views.py").write_text(
        'one = _("Plain")\ntwo = ngettext("%(n)d row", "%(n)d rows", n)\n'
        'three = pgettext_lazy("verb", "Return")\nfour = _(not_a_literal)\n'
    )
    (templates / "page.html").write_text(
        "<div>\n  {% translate 'In a template' %}\n"
        "  {% blocktranslate trimmed %}\n    Two\n    lines {{ name }}\n"
        "  {% endblocktranslate %}\n</div>\n"
    )
    monkeypatch.setattr(module, "PACKAGE", package)
    return module


def ids(catalog: object) -> set[object]:
    return {message.id for message in catalog if message.id}  # type: ignore[attr-defined]  # Babel is untyped


def fill(messages: ModuleType, **texts: str) -> None:
    catalog = messages.read("zh_Hans")
    for message in catalog:
        if message.id:
            message.string = ("译文%(n)d",) if isinstance(message.id, tuple) else "译文"
            if "name" in str(message.id):
                message.string = "译文%(name)s"
    for text, translated in texts.items():
        catalog.get(text).string = translated
    messages.write("zh_Hans", catalog)


def test_messages_of_code_and_templates_are_found(messages: ModuleType) -> None:
    assert ids(messages.extract()) == {
        "Plain", ("%(n)d row", "%(n)d rows"), "Return", "In a template", "Two lines %(name)s",
    }  # fmt: skip


def test_a_context_is_kept(messages: ModuleType) -> None:
    assert messages.extract().get("Return", context="verb") is not None


def test_new_messages_are_taken_in_and_asked_for(
    messages: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert messages.check() == 1
    assert "not in the .po file" in capsys.readouterr().err
    messages.update()
    assert messages.check() == 1
    assert "not translated" in capsys.readouterr().err


def test_complete_messages_pass_and_stay(messages: ModuleType) -> None:
    messages.update()
    fill(messages)
    assert messages.check() == 0
    kept = messages.po_path("zh_Hans").read_text()
    messages.update()
    assert messages.po_path("zh_Hans").read_text() == kept


def test_a_name_by_which_no_message_is_found_is_refused(
    messages: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (messages.PACKAGE / "room" / "words.py").write_text(
        "from django.utils.translation import gettext as _g\n"
    )
    assert messages.check() == 1
    assert "words.py: gettext is imported as '_g'" in capsys.readouterr().err


def test_a_wrong_field_is_found(messages: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    messages.update()
    fill(messages, Plain="译文%(other)s")
    assert messages.check() == 1
    assert "has a field that the message lacks" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["甲:乙", "甲,", "(甲)", "甲?"])
def test_half_width_signs_are_found(
    text: str, messages: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.update()
    fill(messages, Plain=text)
    assert messages.check() == 1
    assert "half-width" in capsys.readouterr().err
    fill(messages, Plain="甲：乙，12:30，a (b)")
    assert messages.check() == 0


def test_a_message_that_is_gone_is_named(
    messages: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.update()
    fill(messages)
    (messages.PACKAGE / "room" / "views.py").write_text("")
    assert messages.check() == 1
    assert "no longer in the source" in capsys.readouterr().err


def test_compiled_messages_are_what_django_reads(messages: ModuleType) -> None:
    import gettext

    messages.update()
    fill(messages)
    messages.compile_all()
    with messages.po_path("zh_Hans").with_suffix(".mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    assert catalog.gettext("Plain") == "译文"
    assert catalog.ngettext("%(n)d row", "%(n)d rows", 3) == "译文%(n)d"
