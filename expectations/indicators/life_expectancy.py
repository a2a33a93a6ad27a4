"""Life expectancy of places."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "a_mean_of_means_is_unreliable",
        "method = 'weighted_mean' AND reliability NOT IN ('unreliable', 'withheld')",
        reason="The mean of life expectancies is not the life expectancy of the people together.",
        what_to_do="Never publish it as anything but unreliable.",
    ),
    no_row(
        "stationary_weights_are_cautioned",
        "method = 'pooled_b' AND (reliability = 'good' OR (estimate IS NOT NULL AND cautions IS NULL))",
        reason="Weights from the tables' own age structure can miss by more than the interval says.",
        what_to_do="Lower the reliability to caution and say why.",
    ),
    no_row(
        "tables_from_deaths_say_what_they_leave_out",
        "method = 'life_table' AND estimate IS NOT NULL AND cautions IS NULL",
        reason="Its last age group is biased, and its interval leaves the error of the survey out.",
        what_to_do="Say both with the figure.",
    ),
    no_row(
        "impossible_values_are_withheld",
        "estimate NOT BETWEEN CASE WHEN period_end < 1950 THEN 20 WHEN se IS NULL THEN 50 ELSE 40 END "
        "AND CASE WHEN se IS NULL THEN 97 ELSE 100 END",
        reason="A life expectancy that no population has must not be published, nor capped.",
        what_to_do="Withhold it with the reason withheld:implausible.",
    ),
    no_row(
        "rare_values_are_cautioned",
        "method = 'published' AND period_end >= 1950 AND split_part(place_id, ':', 1) IN ('county', 'state') "
        "AND population_group = 'all' AND estimate NOT BETWEEN 62 AND 90 "
        "AND (reliability = 'good' OR NOT coalesce(contains(cautions, 'Unusually'), FALSE))",
        reason="The shortest and the longest lives of the nation are shown, and said to be rare.",
        what_to_do="Look at lifegap/methods/surveys/plausibility.py.",
    ),
    no_row(
        "lower_bounds_are_never_good",
        "reliability = 'good' AND contains(cautions, 'lower bound')",
        reason="What a model predicts has the narrowest intervals: they leave out the model's own error.",
        what_to_do="Lower the reliability to caution.",
    ),
    no_row(
        "withheld_rows_hold_no_figure",
        "reliability = 'withheld' AND (estimate IS NOT NULL OR se IS NOT NULL OR ci_low IS NOT NULL)",
        reason="A withheld figure must not come out through its interval.",
        what_to_do="Empty all columns of the row.",
    ),
    counted(
        "half_covered_places_are_withheld",
        "(SELECT count(*) FROM indicators.life_expectancy AS e JOIN indicators.coverage AS c "
        "USING (place_id, source_id, vintage) "
        "WHERE e.method LIKE 'pooled%' AND c.population_share < 0.5 AND e.estimate IS NOT NULL)",
        reason="A figure that rests on less than half of the people speaks of others.",
        what_to_do="Withhold it with the reason withheld:coverage.",
        needs=("indicators.coverage",),
    ),
)
