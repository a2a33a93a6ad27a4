"""The data.cdc.gov export of USALEEP: it must say what file A says."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "agrees_with_file_a",
        "level = 'tract' AND e0 IS NOT NULL AND (replace(tract_number, '.', ''), e0, se_e0) NOT IN "
        "(SELECT (tract2kx, e0, se_e0) FROM sources.usaleep_tract)",
        reason="The export and file A are one dataset in two forms; where they differ one is wrong.",
        what_to_do="Obtain both again and compare the tracts that are named.",
        needs=("sources.usaleep_tract",),
    ),
    counted(
        "as_many_values_as_file_a",
        "abs(count(*) FILTER (level = 'tract' AND e0 IS NOT NULL) - "
        "(SELECT count(*) FROM sources.usaleep_tract))",
        reason="The export has as many tracts with a value as file A.",
        what_to_do="Obtain both again; one of them is cut short.",
        needs=("sources.usaleep_tract",),
    ),
)
