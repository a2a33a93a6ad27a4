"""`warehouse.life_table`: the tract life tables of USALEEP, with the rates their columns imply.

The fraction a(x) comes back from the printed l and L; the rate of a closed band from q and a(x); that of
the open band is l over T, since one over the printed expectation loses digits (a correction of the card
names the one row where l and T contradict it). The standard error printed for q of the open band is none.
"""

from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation


@table("warehouse.life_table", life_table="sources.usaleep_life_table")
def life_table(life_table: Relation, catalog: Catalog) -> Relation:
    """One row per tract and age band."""
    (vintage,) = catalog.cards["nchs_usaleep"].vintage
    return life_table.query(
        "printed",
        f"""
        WITH banded AS (
            SELECT *, age_end - age_start AS width,
                lead(lx) OVER (PARTITION BY vintage, tract_id ORDER BY age_start) AS next_lx
            FROM printed
        ), lived AS (
            SELECT *, CASE
                WHEN width IS NULL THEN NULL
                WHEN lx = next_lx THEN 0.5
                ELSE greatest(0.0, least(1.0, ("nLx" / width - next_lx) / (lx - next_lx)))
            END AS ax
            FROM banded
        )
        SELECT 'tract2010:' || tract_id AS place_id, 'all' AS population_group,
            {vintage.period_start} AS period_start, {vintage.period_end} AS period_end,
            'nchs_usaleep' AS source_id, vintage, age_start, age_end, nqx,
            CASE WHEN width IS NOT NULL THEN se_nqx END AS se_nqx,
            lx, "nLx", "Tx", ex, se_ex AS se, ax,
            CASE WHEN width IS NULL THEN lx / "Tx" ELSE nqx / (width * (1 - (1 - ax) * nqx)) END AS mx,
            source_file, source_row
        FROM lived
        """,
    )
