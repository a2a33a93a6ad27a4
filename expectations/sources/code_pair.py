"""Codes that belong together."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "shares_of_a_zip_code_sum_to_one",
        "(SELECT count(*) FROM (SELECT sum(total_share) AS total FROM sources.code_pair "
        "WHERE from_level = 'zip' GROUP BY vintage, from_code) WHERE abs(total - 1) > 0.00001)",
        reason="All addresses of a ZIP code lie in some county; a sum below one has lost a county.",
        what_to_do="Obtain the file again; counties of another state may have been cut off.",
    ),
    counted(
        "homes_of_a_zip_code_sum_to_one_or_there_are_none",
        "(SELECT count(*) FROM (SELECT sum(residential_share) AS homes FROM sources.code_pair "
        "WHERE from_level = 'zip' GROUP BY vintage, from_code) "
        "WHERE abs(homes - 1) > 0.00001 AND homes <> 0)",
        reason="A ZIP code has homes, whose shares sum to one, or none, and then every share is zero.",
        what_to_do="Obtain the file again; counties of another state may have been cut off.",
    ),
    no_row(
        "only_zip_codes_have_shares",
        "(from_level = 'zip') <> (total_share IS NOT NULL)",
        reason="The other files print pairs alone; a share beside them would be invented.",
        what_to_do="Look which file the row is from, and what its columns are.",
    ),
    no_row(
        "pairs_are_of_the_four_states",
        "vintage IN ('hud-undated', '2010-reshaped') AND left(to_code, 2) NOT IN ('17', '26', '42', '47')",
        reason="The files were cut to four states; another one stands there without its other pairs.",
        what_to_do="Use such a pair for nothing; list the whole file under its own name.",
    ),
    no_row(
        "connecticut_tracts_keep_their_number",
        "from_level = 'tract' AND (right(from_code, 6) <> right(to_code, 6) "
        "OR NOT starts_with(from_code, '090') OR NOT starts_with(to_code, '091'))",
        reason="In 2022 Connecticut's tracts got the code of a planning region and kept their number.",
        what_to_do="Obtain the file again; the two codes may have changed places.",
    ),
)
