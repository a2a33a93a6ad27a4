"""How to break what must hold of the Social Vulnerability Index."""

BREAK: dict[str, str] = {
    "sources.svi_cell numbers_are_not_negative": "UPDATE {t} SET value = -888 WHERE variable = 'E_TOTPOP'",
    "sources.svi_cell ranks_lie_between_0_and_1": "UPDATE {t} SET value = 80.04 WHERE variable = 'RPL_THEMES' AND code = '17031'",
    "sources.svi_cell percentages_are_at_most_100": "UPDATE {t} SET value = 1013 WHERE variable = 'EP_UNINSUR' AND code = '17031'",
    "sources.svi_cell every_place_has_one_overall_rank": "UPDATE {t} SET variable = 'RANK' WHERE variable = 'USTP' AND code = '17031'",
    "sources.svi_cell themes_add_up": "UPDATE {t} SET value = value + 0.001 WHERE variable = 'SPL_THEME3' AND code = '17031'",
    "sources.svi_cell editions_differ": "INSERT INTO {t} SELECT * REPLACE ('2021' AS vintage) FROM {t} WHERE vintage = '2020'",
}  # fmt: skip
