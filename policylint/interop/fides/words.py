"""Keys of the Fides taxonomy, and of systems, in; words of a vocabulary and names that nobody else has out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from policylint.interop.fides.tables import Table
from policylint.interop.importers import TODO
from policylint.vocabulary.crosswalk import crosswalk
from policylint.vocabulary.facet import EVERYTHING
from policylint.vocabulary.words import Vocabulary

TAXONOMY = {"data_category": "data", "data_use": "purpose", "data_subject": "subject"}
"""The parts of the taxonomy that projects add words to, each with the facet that it is here."""
_RESERVED = ("here", *EVERYTHING.values())
_LONGEST = 200


class Read(NamedTuple):
    """Words that keys stand for, and what is left to do where one stands for none."""

    words: tuple[str, ...]
    todos: tuple[str, ...] = ()


class Words:
    """The words for keys of the taxonomy, those that the manifests add to it among them."""

    def __init__(self, vocabulary: Vocabulary, added: Sequence[Table]) -> None:
        self._vocabulary = vocabulary
        self._known = {facet: {key: words[0] for key, words in keys.items()} for facet, keys in _FIDES.items()}
        self.terms: list[str] = []
        for table in sorted(added, key=lambda table: table.key().count(".")):
            self._add(table)

    @property
    def subjects(self) -> Set[str]:
        """All words for people: no service and no party can be called so."""
        return self._vocabulary["subject"].terms.keys() | set(self._known["subject"].values())

    def read(self, facet: str, keys: Iterable[str]) -> Read:
        """The words for keys; for an unknown one that of its nearest known parent, else that for everything."""
        words: list[str] = []
        todos: list[str] = []
        for key in keys:
            at, known = key, self._known[facet]
            while at not in known and "." in at:
                at = at.rpartition(".")[0]
            word = known.get(at, EVERYTHING[facet])
            words.append(word)
            if key not in known:
                todos.append(f"Fides has no `{key}`, which is read as the {facet} `{word}`: say what it is")
        return Read(tuple(dict.fromkeys(words)), tuple(todos))

    def measures(self, facet: str, keys: Iterable[str], *, special: bool = False) -> Read:
        """The words for the values of Fides' lists; `special` is for the bases of special categories of data."""
        words: list[str] = []
        todos: list[str] = []
        for key in keys:
            found = [word for word in _FIDES[facet].get(key, ()) if word.startswith("special.") is special]
            words += found
            todos += [] if found else [f"there is no {facet} for `{key}`: say which it is"]
        return Read(tuple(dict.fromkeys(words)), tuple(todos))

    def is_sensitive(self, data: Iterable[str]) -> bool:
        """Whether any of these data belongs to a special category."""
        return any("sensitive" in self._vocabulary["data"].above(word) for word in data)

    def _add(self, table: Table) -> None:
        facet, key = TAXONOMY[table.kind], table.key()
        known = self._known[facet]
        if key in known:
            return
        parent = table.text("parent_key") or key.rpartition(".")[0]
        # Everything is below `personal` without being called so.
        above = known.get(parent, "").removeprefix("personal")
        leaf = named(key.rpartition(".")[2])
        word = known[key] = f"{above}.{leaf}" if above else leaf + "_" * (leaf in _RESERVED)
        if not self._vocabulary[facet].find(word):
            label = quoted(table.text("name"))
            self.terms.append(
                "\n".join([*noted(_of_term(table, parent, known)), f"term {facet} {word} {label}".rstrip()])
            )


def _of_term(table: Table, parent: str, known: Mapping[str, str]) -> list[str]:
    lost = [f"Fides has no `{parent}`, the parent of `{table.key()}`: say where it belongs"] if parent else []
    return [*(lost if parent not in known else ()), *unknown(table)]


_FIDES = {facet: crosswalk("fides")[facet] for facet in (*TAXONOMY.values(), "basis", "recipient", "safeguard")}


class Names:
    """Names in the order in which they are asked for; each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*taken, *_RESERVED}

    def give(self, text: str) -> str:
        """A name like a text, with a number where that is taken."""
        name = wanted = named(text)
        number = 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name


def named(text: str) -> str:
    """A text as a name of the language: letters, digits, `_` and `-`, in parts that begin with no digit."""
    parts = (re.sub(r"[^A-Za-z0-9_-]+", "_", part) for part in text.split("."))
    return ".".join(part if re.match("[A-Za-z_]", part) else f"_{part}" for part in parts)


def quoted(text: str) -> str:
    """A label: in quotes, on one line; nothing where there is no text."""
    escaped = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if escaped else ""


def plain(text: str) -> str:
    """Somebody's text on one line, without what is not printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def noted(todos: Iterable[str]) -> list[str]:
    """What is left to do as comments, each once, with how often."""
    counted = Counter(plain(todo)[:_LONGEST] for todo in todos)
    return [f"{TODO}: {todo}" + (f" ({times} times)" if times > 1 else "") for todo, times in counted.items()]


def block(head: str, todos: Sequence[str], clauses: Sequence[str]) -> str:
    """A declaration, with what is left to do inside it."""
    return "\n".join([f"{head} {{", *noted(todos), *clauses, "}"])


def clause(keyword: str, words: Sequence[str]) -> list[str]:
    """A clause, or none where there is nothing to say."""
    return [f"{keyword} {', '.join(words)}"] if words else []


def unknown(table: Table) -> list[str]:
    """What is left to do about keys that Fides does not know."""
    return [f"Fides has no `{key}` in a {table.kind}: {as_written(value)}" for key, value in table.unknown()]


def as_written(value: object) -> str:
    """A value much as YAML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
