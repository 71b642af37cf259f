"""An outline and some hops or files of it in; the files that these may matter to, or that may matter to these, out.

Kinds of data are not looked at: a file too many is judged in vain, one too few would be wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from policylint.graph.outline import Hop, Outline

_Placed = tuple[str, Hop]
"""A hop, and the file that declares it."""


class Reach:
    """Follows data from flow to flow, and back."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._services: dict[str, list[str]] = {}
        for service, party in outline.parties.items():
            self._services.setdefault(party, []).append(service)

    def behind(self, hops: Iterable[Hop]) -> Set[str]:
        """The files with flows to which data may come by some hops, next or after others that carry it on."""
        leaving = self._by(lambda hop: hop.sender)
        return self._followed((hop.receiver for hop in hops), leaving, lambda hop: hop.receiver)

    def before(self, hops: Iterable[Hop]) -> Set[str]:
        """The files with flows that bring data to some hops: the next ones, and where it is carried on all others."""
        arriving = self._by(lambda hop: hop.receiver)
        hops = set(hops)
        next_ones = {path for hop in hops for path, _ in self._at(hop.sender, arriving)}
        carried = (hop.sender for hop in hops if hop.carries)
        return next_ones | self._followed(carried, arriving, lambda hop: hop.sender)

    def _followed(
        self, names: Iterable[str], hops: Mapping[str, list[_Placed]], onward: Callable[[Hop], str]
    ) -> Set[str]:
        found: set[str] = set()
        pending = list(dict.fromkeys(names))
        seen = set(pending)
        while pending:
            for path, hop in self._at(pending.pop(), hops):
                found.add(path)
                name = onward(hop)
                if hop.carries and name not in seen:
                    seen.add(name)
                    pending.append(name)
        return found

    def _by(self, end: Callable[[Hop], str]) -> Mapping[str, list[_Placed]]:
        placed: dict[str, list[_Placed]] = {}
        for path, file in self._outline.files.items():
            for hop in file.hops:
                placed.setdefault(end(hop), []).append((path, hop))
        return placed

    def _at(self, name: str, hops: Mapping[str, list[_Placed]]) -> Iterator[_Placed]:
        """The hops at a node, and where data goes on without a flow: between a party and the services it runs."""
        near = [name, *self._services.get(name, ())]
        if name in self._outline.parties:
            near.append(self._outline.parties[name])
        for each in near:
            yield from hops.get(each, ())
