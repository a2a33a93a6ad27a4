"""What coalitions want measured."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "available_indicators_have_a_formula",
        "status = 'available' AND indicator_id IN "
        "(SELECT indicator_id FROM published.indicator WHERE formula IS NULL)",
        reason="An indicator that no source measures is needed, not available.",
        what_to_do="Declare how it is measured, or list it under data_needed.",
    ),
)
