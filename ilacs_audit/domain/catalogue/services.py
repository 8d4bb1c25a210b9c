"""The services of a council: one line each in authority.yml, and the next run has its edition.

A service is the teams whose files it answers for. What a team is called is for the returns to say, so here nothing is
known but that no team belongs to two services: its files would be told twice, and the difference would be somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.fields import Entry, Id, Names, Role, Text, fault, titled
from ilacs_audit.domain.errors import bare, near, quoted


@dataclass(frozen=True)
class Service(Entry):
    """One service: its id, its name, its teams, and who reads its edition (a role)."""

    id: Id
    title: Text = Field(default_factory=lambda said: titled(said["id"]))
    teams: Names = ()
    reader: Role = ""

    @property
    def audience(self) -> str:
        """The name of its edition."""
        return f"service:{self.id}"

    def has(self, team: str) -> bool:
        """Whether a team is one of its own, however it is spelled."""
        return bare(team) in {bare(each) for each in self.teams} and bool(team)


def _under_their_ids(value: Any) -> Any:
    """`fostering: [Fostering]` or `fostering: {teams: [Fostering], reader: Head of service}`, a line a service."""
    if value is None or value == "":
        return ()
    if not isinstance(value, Mapping):
        raise fault("The services do not stand under their names.", "Write a line for each: fostering: [Fostering].")
    told = ((str(name), each if isinstance(each, Mapping) else {"teams": each}) for name, each in value.items())
    return tuple({"id": name, **{"teams": (), **each}} for name, each in told)


def apart(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """The services, each with a team, of which no two share one or a folder."""
    for each in services:
        if not each.teams:
            raise fault(f"The service {each.id} has no team.", f"Write its teams: {each.id}: [Fostering].")
    folders: dict[str, str] = {}
    for each in services:
        if (other := folders.setdefault(each.id.casefold(), each.id)) != each.id:
            raise fault(f"{quoted(each.id)} and {quoted(other)} are one folder on some disks.", "Rename one of them.")
    seen: dict[str, str] = {}
    for each in services:
        for team in dict.fromkeys(map(bare, each.teams)):
            if (other := seen.setdefault(team, each.id)) != each.id:
                name = next(told for told in each.teams if bare(told) == team)
                raise fault(
                    f"The team {quoted(name)} is in the services {other} and {each.id}.",
                    "Leave it in one of them: a team belongs to one service.",
                )
    return services


_Line = list[str] | str | dict[str, Any]
Services = Annotated[
    tuple[Service, ...], BeforeValidator(_under_their_ids, json_schema_input_type=dict[str, _Line] | None)
]


def unplaced(services: Iterable[Service], teams: Iterable[str]) -> Iterator[str]:
    """A sentence for each service of whose teams nothing came, and one for the teams that are in no service."""
    known, told = sorted({each for each in teams if each}), list(services)
    for each in told:
        strange = [team for team in each.teams if bare(team) not in set(map(bare, known))]
        for team in strange:
            fix = near(team, known, otherwise=f"The teams are: {', '.join(known)}.")
            yield f"authority.yml, service {each.id}: nothing is held of a team {quoted(team)}. What to do: {fix}"
    alone = [team for team in known if not any(each.has(team) for each in told)]
    if told and alone:
        many = "is" if len(alone) == 1 else "are"
        yield f"In no service of authority.yml, so on no service's page, {many}: {', '.join(alone)}."
