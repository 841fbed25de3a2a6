"""What the register asks of the rooms above; each answers in its AppConfig.ready()."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.apps import apps

from pingyi.core.doors import Door
from pingyi.core.refusals import Sentence


@dataclass(frozen=True)
class Kind:
    """How people speak of the rows of a model: what they are, and what tells them apart."""

    name: Sentence
    # Names of fields, or of methods without arguments.
    told_by: tuple[str, ...]


def _flaw(label: str, kind: Kind) -> str:
    models = {model._meta.label_lower: model for model in apps.get_models()}
    if label not in models:
        return "names no model"
    missing = [name for name in kind.told_by if not hasattr(models[label], name)]
    return f"has no {', '.join(missing)}" if missing else ""


# By label in small letters (`campaigns.unit`), for models that refer to organizations, people or
# what binds them. Rows that nobody names are found all the same and told in the words of Django.
RESTING: Door[Kind] = Door("rows that rest on the register", Kind, _flaw)


class Traces(Protocol):
    """What a room knows of a person: what it is called, and how it stands there; empty for none."""

    def __call__(self, person_id: int) -> Sequence[tuple[Sentence, str]]: ...


# For whoever has to say which of two records is to go on. Asked for two people at a time.
TRACES: Door[Traces] = Door("what rests on a person", Traces)
