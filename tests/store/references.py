"""References of a release that lead nowhere."""

from lifegap.catalog.tables import published_tables
from lifegap.releases.read import Release


def lost_references(release: Release) -> list[tuple[str, str, int]]:
    """Table, what it refers to, and how many of its rows find no row there; a missing value refers to none."""
    lost = []
    for table in published_tables():
        for reference in table.references:
            pairs = [*zip(reference.columns, reference.to_columns, strict=True)]
            same = " AND ".join(f'h."{here}" = t."{there}"' for here, there in pairs)
            stated = " AND ".join(f'h."{here}" IS NOT NULL' for here, _ in pairs)
            query = (
                f'SELECT count(*) FROM "{table.name}" AS h '
                f'ANTI JOIN "{reference.table}" AS t ON {same} WHERE {stated}'
            )
            ((rows,),) = release.ask(query).rows
            if rows:
                lost.append((table.name, reference.table, rows))
    return lost
