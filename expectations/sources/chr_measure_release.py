"""County Health Rankings, what each measure was in each release."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "the_two_lists_agree",
        "(SELECT count(*) FROM sources.chr_measure_release AS a JOIN sources.chr_measure_release AS b "
        "USING (year, measure) WHERE a.source_file < b.source_file AND "
        "(a.name, a.direction, a.format_type, a.measure_type, a.weight_numerator, a.weight_denominator) <> "
        "(b.name, b.direction, b.format_type, b.measure_type, b.weight_numerator, b.weight_denominator))",
        reason="The list with comparability and the one with years of data describe the same measures.",
        what_to_do="Obtain both lists again; one of them is older.",
    ),
    no_row(
        "weights_are_at_most_a_half",
        "weight_numerator / weight_denominator NOT BETWEEN 0 AND 0.5",
        reason="No measure weighs more than premature death, one half.",
        what_to_do="Compare the weight with the publisher's notes of the release.",
    ),
)
