"""Statistics: pure functions of arrays and frames, with the source of each formula.

- `mortality/`: `life_table`, `fractions`, `age_bands`, `gates`, `deaths`, `pooling`, `shares`, `age_counts`,
  `drawn_rates`, `gaps`, `compared`, `decomposition`, `premature_mortality`.
- `counts/`: `rates`, `standardization`, `funnels`, `quantiles`, `suppression`,
  `suppressed_series`.
- `surveys/`: `margins`, `medians`, `presentation`, `reliability`, `plausibility`, `pooling_needed`,
  `intervals`.
- `disparity/`: `inequality` (all measures of many sets), with `inequality_groups`, `inequality_figures`,
  `disproportionality`, `slope_index`, `inequality_intervals`; `segregation`; `equity_review`,
  `allocation`.
- `standing/`, of places in order and over time: `composite`, `ranks`, `shared_ranks`, `progress`, `trend`,
  `projection`, `scorecard`.
- `maps/`, and what goes along with what: `local_moran`, `false_discovery`, `getis_ord`, `explained_gap`.
- Here, what all share: `arrays`, `frames`, `seeds` (where every random sequence starts), `draws`.

Waiting, tested against published values and used by no table yet:

- `standardization`: for age-adjusted rates of deaths that a coalition counts itself.
- `funnels`: for the scorecard of a coalition, where a place meets a fixed standard and not another place.
- `quantiles`: for the allocation of money by fifths of need, and the classes of maps.
- `getis_ord`: for hot and cold spots on the maps, beside the clusters of local Moran.
- `explained_gap`: for the review of equity, as an answer to what goes along with a gap; never a headline.
"""
