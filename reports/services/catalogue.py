"""The catalogue in the database: synced from the CSV files, joined by what analysts added, handed on whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from reports.catalogue import records
from reports.catalogue.additions import AddedName, Additions
from reports.catalogue.load import Catalogue, load_catalogue
from reports.choices import Category, NameKind, OrganisationKind, Origin, PartyKind, SourceKind
from reports.models import Organisation, OrganisationName, Party, PartyName, Source, Weapon, WeaponName


@dataclass(frozen=True, slots=True)
class Synced:
    """How many rows of each kind the catalogue has after a sync, and which it let go."""

    parties: int
    weapons: int
    organisations: int
    sources: int
    deleted: tuple[str, ...]


@transaction.atomic
def sync_catalogue(*, catalogue: Catalogue) -> Synced:
    """Bring the tables in line with the CSV files; safe to repeat.

    What an analyst added stays as it is. A row that left the files is deleted where nothing refers to it.
    """
    _sync_parties(catalogue.parties)
    _sync_organisations(catalogue.organisations)
    _sync_weapons(catalogue)
    _sync_sources(catalogue.outlets)
    deleted = [
        *_let_go(Weapon, "designation", {row.designation for row in catalogue.weapons}),
        *_let_go(Organisation, "name", {row.name for row in catalogue.organisations}),
        *_let_go(Party, "code", {row.code for row in catalogue.parties}),
    ]
    return Synced(
        Party.objects.count(),
        Weapon.objects.count(),
        Organisation.objects.count(),
        Source.objects.count(),
        tuple(deleted),
    )


def _upsert(model: type[models.Model], key: str, rows: Iterable[models.Model], fields: Sequence[str]) -> None:
    """Insert or update rows by `key`, leaving those of analysts alone."""
    kept = set(model._default_manager.filter(origin=Origin.ANALYST).values_list(key, flat=True))
    model._default_manager.bulk_create(
        [row for row in rows if getattr(row, key) not in kept],
        update_conflicts=True,
        unique_fields=[key],
        update_fields=list(fields),
        batch_size=1000,
    )


def _let_go(model: type[models.Model], key: str, present: set[str]) -> list[str]:
    gone = model._default_manager.filter(origin=Origin.CATALOGUE).exclude(**{f"{key}__in": present})
    deleted = []
    for row in gone:
        try:
            with transaction.atomic():
                row.delete()
            deleted.append(str(getattr(row, key)))
        except ProtectedError:
            continue  # something refers to it: it stays
    return deleted


def _sync_names(
    model: type[models.Model], owner: str, wanted: Mapping[tuple[int, str, str], dict[str, Any]], has_kind: bool
) -> None:
    """Make the catalogue's names of all owners exactly `wanted`, keyed by owner, name and kind."""
    columns = [f"{owner}_id", "name", *(["kind"] if has_kind else [])]
    there: dict[tuple[Any, ...], int] = {
        tuple(row[1:]): row[0]
        for row in model._default_manager.filter(origin=Origin.CATALOGUE).values_list("pk", *columns)
    }
    keys = {key if has_kind else key[:2]: more for key, more in wanted.items()}
    model._default_manager.filter(pk__in=[pk for key, pk in there.items() if key not in keys]).delete()
    model._default_manager.bulk_create(
        [model(**dict(zip(columns, key, strict=True)), **more) for key, more in keys.items() if key not in there],
        ignore_conflicts=True,
        batch_size=2000,
    )


def _sync_parties(rows: Sequence[records.Party]) -> None:
    fields = ("alpha3", "name", "official_name", "kind", "region", "country", "valid_from", "valid_to")
    made = [
        Party(
            code=row.code,
            alpha3=row.alpha3,
            name=row.name,
            official_name=row.official_name,
            kind=row.kind,
            region=row.region,
            country=" ".join(row.country),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
    _upsert(Party, "code", made, fields)
    keys = dict(Party.objects.values_list("code", "pk"))
    wanted: dict[tuple[int, str, str], dict[str, Any]] = {}
    for row in rows:
        kinds = (
            (NameKind.NAME, (row.name,)),
            (NameKind.ALIAS, row.aliases),
            (NameKind.DEMONYM, row.demonyms),
            (NameKind.METONYM, row.metonyms),
        )
        for kind, names in kinds:
            for name in names:
                wanted[keys[row.code], name, kind] = {"needs_context": name in row.context}
    _sync_names(PartyName, "party", wanted, has_kind=True)


def _sync_organisations(rows: Sequence[records.Organisation]) -> None:
    slugs = _slugs(Organisation, "name", [row.name for row in rows])
    _upsert(
        Organisation,
        "name",
        [Organisation(slug=slugs[row.name], name=row.name, kind=row.kind) for row in rows],
        ("kind",),
    )
    keys = dict(Organisation.objects.values_list("name", "pk"))
    parties = dict(Party.objects.values_list("code", "pk"))
    _sync_links(
        Organisation.parties.through,
        ("organisation_id", "party_id"),
        {(keys[row.name], parties[code]) for row in rows for code in row.parties if code in parties},
    )
    wanted: dict[tuple[int, str, str], dict[str, Any]] = {}
    for row in rows:
        for kind, names in ((NameKind.ALIAS, row.aliases), (NameKind.FORMER, row.former_names)):
            for name in names:
                wanted[keys[row.name], name, ""] = {"kind": kind}
    _sync_names(OrganisationName, "organisation", wanted, has_kind=False)


def _sync_weapons(catalogue: Catalogue) -> None:
    rows = catalogue.weapons
    slugs = _slugs(Weapon, "designation", [row.designation for row in rows])
    made = [
        Weapon(
            slug=slugs[row.designation],
            designation=row.designation,
            category=row.category,
            unroca=row.unroca or "",
            description=row.description,
        )
        for row in rows
    ]
    _upsert(Weapon, "designation", made, ("category", "unroca", "description"))
    there = {weapon.designation: weapon for weapon in Weapon.objects.all()}
    moved = []
    for row in rows:
        weapon = there[row.designation]
        parent = there.get(row.family)
        family = there.get(catalogue.family_root(row.designation), weapon)
        tree = (parent.pk if parent else None, family.pk)
        if (weapon.parent_id, weapon.family_id) != tree and weapon.origin == Origin.CATALOGUE:
            weapon.parent_id, weapon.family_id = tree
            moved.append(weapon)
    Weapon.objects.bulk_update(moved, ["parent", "family"], batch_size=1000)
    keys = {designation: weapon.pk for designation, weapon in there.items()}
    makers = {row.name: pk for row in catalogue.organisations for pk in _pks(Organisation, "name").get(row.name, ())}
    parties = dict(Party.objects.values_list("code", "pk"))
    _sync_links(
        Weapon.makers.through,
        ("weapon_id", "organisation_id"),
        {(keys[row.designation], makers[name]) for row in rows for name in row.makers if name in makers},
    )
    _sync_links(
        Weapon.origin_parties.through,
        ("weapon_id", "party_id"),
        {(keys[row.designation], parties[code]) for row in rows for code in row.origin if code in parties},
    )
    wanted = {
        (keys[row.designation], name, ""): {"needs_context": name in row.context}
        for row in rows
        for name in dict.fromkeys((*row.aliases, *row.nato_name))
        if name != row.designation
    }
    _sync_names(WeaponName, "weapon", wanted, has_kind=False)


def _sync_links(through: Any, columns: tuple[str, str], wanted: set[tuple[int, int]]) -> None:
    """Add the missing pairs of a many-to-many table, and take out those of catalogue rows that are no longer wanted."""
    there = {(one, other): pk for pk, one, other in through.objects.values_list("pk", *columns)}
    owner = columns[0].removesuffix("_id")
    of_analysts = set(through.objects.filter(**{f"{owner}__origin": Origin.ANALYST}).values_list("pk", flat=True))
    through.objects.filter(
        pk__in=[pk for pair, pk in there.items() if pair not in wanted and pk not in of_analysts]
    ).delete()
    through.objects.bulk_create(
        [through(**dict(zip(columns, pair, strict=True))) for pair in sorted(wanted - there.keys())],
        ignore_conflicts=True,
        batch_size=2000,
    )


def _sync_sources(rows: Sequence[records.Outlet]) -> None:
    parties = dict(Party.objects.values_list("code", "pk"))
    slugs = _slugs(Source, "name", [row.name for row in rows])
    domains = set(Source.objects.exclude(domain="").values_list("slug", "domain"))
    taken = {domain: slug for slug, domain in domains}
    made = [
        Source(
            slug=slugs[row.name],
            name=row.name,
            domain=row.domain if taken.get(row.domain, slugs[row.name]) == slugs[row.name] else "",
            country_id=parties.get(row.country),
            language=row.language,
            kind=row.kind,
        )
        for row in rows
    ]
    _upsert(Source, "slug", made, ("name", "domain", "country", "language", "kind"))


def _pks(model: type[models.Model], key: str) -> dict[str, tuple[int, ...]]:
    return {name: (pk,) for name, pk in model._default_manager.values_list(key, "pk")}


def _slugs(model: type[models.Model], key: str, names: Sequence[str]) -> dict[str, str]:
    """A slug a name, unique and lasting: a name keeps the slug that it has."""
    slugs: dict[str, str] = dict(model._default_manager.values_list(key, "slug"))
    taken = set(slugs.values())
    for name in names:
        if name in slugs:
            continue
        plain = slugify(name.replace("/", "-").replace("+", "-plus").replace(".", "-"))[:120] or "x"
        slug, number = plain, 2
        while slug in taken:
            slug, number = f"{plain}-{number}", number + 1
        slugs[name] = slug
        taken.add(slug)
    return slugs


# The snapshot that readings use.


def current_catalogue() -> Catalogue:
    """The CSV files plus what analysts added, as one immutable snapshot; made anew only when additions changed."""
    return _snapshot(_additions())


@lru_cache(maxsize=2)
def _snapshot(additions: Additions) -> Catalogue:
    return load_catalogue(additions=additions) if additions != Additions() else load_catalogue()


def _additions() -> Additions:
    analyst = {"origin": Origin.ANALYST}
    return Additions(
        parties=tuple(
            records.Party(code=row.code, name=row.name, kind=PartyKind(row.kind), official_name=row.official_name)
            for row in Party.objects.filter(**analyst)
        ),
        weapons=tuple(
            records.WeaponType(
                designation=row.designation,
                category=Category(row.category),
                family=row.parent.designation if row.parent else "",
                description=row.description,
            )
            for row in Weapon.objects.filter(**analyst).select_related("parent")
        ),
        organisations=tuple(
            records.Organisation(
                name=row.name,
                parties=tuple(row.parties.values_list("code", flat=True)),
                kind=OrganisationKind(row.kind),
            )
            for row in Organisation.objects.filter(**analyst)
        ),
        party_names=_added(PartyName, "party__code", lambda row: NameKind(row[2])),
        weapon_names=_added(WeaponName, "weapon__designation"),
        organisation_names=_added(OrganisationName, "organisation__name"),
    )


def _added(model: Any, key: str, kind: Callable[[tuple[str, ...]], NameKind] | None = None) -> tuple[AddedName, ...]:
    has_context = any(field.name == "needs_context" for field in model._meta.concrete_fields)
    columns = [key, "name", *(["kind"] if kind else []), *(["needs_context"] if has_context else [])]
    rows = model.objects.filter(origin=Origin.ANALYST).values_list(*columns)
    return tuple(
        AddedName(row[0], row[1], kind(row) if kind else NameKind.ALIAS, context=has_context and bool(row[-1]))
        for row in rows
    )


def source_of(*, domain: str, name: str) -> Source:
    """The source with this domain (or a parent of it) or name; a new one of kind web where there is none."""
    parts = domain.lower().split(".")
    for start in range(len(parts) - 1):
        found = Source.objects.filter(domain=".".join(parts[start:])).first()
        if found:
            return found
    if not domain:
        found = Source.objects.filter(name__iexact=name).first()
        if found:
            return found
    title = (name or domain)[:160]
    source, _ = Source.objects.get_or_create(
        slug=slugify(domain or name)[:110] or "unknown",
        defaults={"name": title, "domain": domain, "kind": SourceKind.WEB, "origin": Origin.ANALYST},
    )
    return source
