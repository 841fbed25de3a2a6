"""Every list in the same manner: search, sort and page stand in the address (?q=, ?sort=, ?page=).

A wrong sort key or page number falls back to the default; an address never breaks a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import attrgetter, or_
from typing import Any, Protocol, TypeVar, overload

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest

from pingyi.core.lookups import looked_for_once

Found = TypeVar("Found", bound=Model)
Sorts = Mapping[str, str | tuple[str, ...]]


class FromBothEnds(Paginator[Any]):
    """Reads the later half of ordered rows from their end, so that the last page costs a first."""

    def page(self, number: int | str) -> Page[Any]:
        """The page of that number, its rows in the order asked for."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = min(start + self.per_page, self.count)
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return super().page(number)
        return Page(_between(rows, self.count, start, stop), number, self)


def _between(rows: QuerySet[Any], count: int, start: int, stop: int) -> list[Any]:
    """So many rows of an ordered queryset; those of the later half are read from its end."""
    if start < count / 2:
        return list(rows[start:stop])
    return list(rows.reverse()[count - stop : count - start])[::-1]


class InTurn(Sequence[Any]):
    """Rows of ordered querysets, one after the other: where each is read by an index of its own,
    and all of them together could not be.
    """

    def __init__(self, *parts: QuerySet[Any]) -> None:
        self._parts = parts

    @cached_property
    def _counts(self) -> list[int]:
        return [part.count() for part in self._parts]

    def __len__(self) -> int:
        return sum(self._counts)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> list[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        wanted = range(len(self))[at]
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = wanted.start, wanted.stop
        found: list[Any] = []
        for part, count in zip(self._parts, self._counts, strict=True):
            first, end = max(start, 0), min(stop, count)
            if first < end:
                found += _between(part, count, first, end)
            start, stop = start - count, stop - count
        return found


class Asked(Protocol):
    """Rows that are found and ordered where they come from, as the rows of a queryset are."""

    def asked_for(self, q: str, order: Sequence[tuple[str, bool]]) -> Sequence[Any] | QuerySet[Any]:
        """Those with a text, ordered by fields (name, descending)."""


@dataclass(frozen=True)
class ListPage:
    """One page of a list, and how it was asked for. `sort` is a key, `-key` for descending."""

    page: Page[Any]
    q: str
    sort: str
    total: int


def list_page(
    request: HttpRequest,
    queryset_or_list: QuerySet[Any] | Sequence[Any] | Asked,
    *,
    search: tuple[str, ...] = (),
    sorts: Sorts,
    default: str,
    per_page: int = 20,
) -> ListPage:
    """The page of the list that the address asks for.

    `search` names fields looked through for `q`; `sorts` maps the key in the address to a field,
    or to several; `default` is one of the keys, with `-` for descending. Fields are written the
    Django way (`unit__name`); for a plain list they are attributes. Rows without a value come
    last, ties are broken by the primary key (plain lists keep their order). Rows that say what is
    `Asked` for look through fields and break ties of their own.
    """
    q = _text(request)
    sort = _known_sort(request.GET.get("sort", ""), sorts, default)
    fields = _fields(sort, sorts)
    rows: QuerySet[Any] | Sequence[Any]
    if isinstance(queryset_or_list, QuerySet):
        rows = ordered(queryset_or_list, search, q, fields)
    elif hasattr(queryset_or_list, "asked_for"):
        rows = queryset_or_list.asked_for(q, fields)
    else:
        rows = _sort_items(_find_items(queryset_or_list, q, search), fields)
    paginator = FromBothEnds(rows, per_page)
    page = paginator.get_page(request.GET.get("page"))
    return ListPage(page=page, q=q, sort=sort, total=paginator.count)


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()


def _known_sort(asked: str, sorts: Sorts, default: str) -> str:
    if default.removeprefix("-") not in sorts:
        raise ValueError(f"The default sort {default!r} is not one of {', '.join(sorts)}.")
    return asked if asked.removeprefix("-") in sorts else default


def _fields(sort: str, sorts: Sorts) -> list[tuple[str, bool]]:
    """(field, descending) of a sort key; a field written `-field` runs against the key."""
    chosen = sorts[sort.removeprefix("-")]
    names = (chosen,) if isinstance(chosen, str) else chosen
    turned = sort.startswith("-")
    return [(name.removeprefix("-"), name.startswith("-") != turned) for name in names]


def searched(rows: QuerySet[Found], search: tuple[str, ...], text: str) -> QuerySet[Found]:
    """Rows with the text in one of these fields; for what leaves as a file, too."""
    q = text.strip()
    if not q or not search:
        return rows
    return rows.filter(reduce(or_, (Q(**{f"{field}__icontains": q}) for field in search)))


def ordered(
    rows: QuerySet[Found], search: tuple[str, ...], q: str, fields: Sequence[tuple[str, bool]]
) -> QuerySet[Found]:
    """Rows with the text, ordered by fields (name, descending); those without a value come last."""
    found = searched(rows, search, q).order_by(*_ordering(fields))
    return looked_for_once(found) if q and search else found


def _ordering(fields: Sequence[tuple[str, bool]]) -> list[OrderBy | str]:
    return [
        *(
            F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
            for name, descending in fields
        ),
        "pk",
    ]


def _reader(field: str) -> Callable[[Any], Any]:
    return attrgetter(field.replace("__", "."))


def _find_items(items: Sequence[Any], q: str, search: tuple[str, ...]) -> list[Any]:
    if not q or not search:
        return list(items)
    readers = [_reader(field) for field in search]
    wanted = q.casefold()
    return [item for item in items if any(wanted in str(read(item)).casefold() for read in readers)]


def _sort_items(items: list[Any], fields: list[tuple[str, bool]]) -> list[Any]:
    """Stable, the last field first, so that the first field decides; None comes last."""
    for name, descending in reversed(fields):
        read = _reader(name)
        with_value = [item for item in items if read(item) is not None]
        without = [item for item in items if read(item) is None]
        items = sorted(with_value, key=read, reverse=descending) + without
    return items
