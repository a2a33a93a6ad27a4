"""Counties that were renamed, merged or split since 2000, and what they are called now.

Read off the files themselves: the years are the first whose census tables have the new county; what became
of a county is said by the notes that CDC WONDER prints below its exports of counties, by the codes and names
of the survey's tables of 2010 to 2024, and, of Connecticut, by the list of its tracts with their counties and
planning regions. No file here is older than the areas of Alaska that changed in 2007 and 2008: the list of
codes of 2010 has the new ones alone. Their days, and that of Clifton Forge, are those of the Census Bureau's
page of changes of the 2000s, https://www.census.gov/geo/reference/county-changes.html: 20 June 2007 for
Skagway, 19 May 2008 for Outer Ketchikan, 1 June 2008 for Wrangell and Petersburg, 1 July 2001 for Clifton
Forge. Pieces of a county that went to another which kept its name and code are told in the note alone.

A renamed county is one place, under its new code. Merged and split ones keep their id, and reach what
became of them through `warehouse.crosswalk`.
"""

from typing import Literal, NamedTuple

from assets.state_codes import STATE_NAMES

Kind = Literal["renamed", "merged", "split"]


class Change(NamedTuple):
    """One county and one of those that it became. Codes have five digits, names no state."""

    old_code: str
    old_name: str
    code: str
    name: str
    year: int
    kind: Kind
    note: str

    @property
    def old_place_id(self) -> str:
        return county_id(self.old_code)

    @property
    def place_id(self) -> str:
        return county_id(self.code)


def county_id(code: str) -> str:
    """Place id of a county code as it stands; Connecticut's planning regions have their own type."""
    return f"{'county2022' if code.startswith('091') else 'county'}:{code}"


def with_state(code: str, name: str) -> str:
    """The one form of a county's name: Davidson County, Tennessee."""
    return f"{name}, {STATE_NAMES[code[:2]]}"


ALASKA_2008 = (
    "CDC WONDER has the old area to 2013; County Health Rankings have it to 2016, and the new since 2018."
)
CONNECTICUT = {
    "09001": "Fairfield County", "09003": "Hartford County", "09005": "Litchfield County",
    "09007": "Middlesex County", "09009": "New Haven County", "09011": "New London County",
    "09013": "Tolland County", "09015": "Windham County",
}  # fmt: skip
REGIONS = {
    "09110": "Capitol Planning Region",
    "09120": "Greater Bridgeport Planning Region",
    "09130": "Lower Connecticut River Valley Planning Region",
    "09140": "Naugatuck Valley Planning Region",
    "09150": "Northeastern Connecticut Planning Region",
    "09160": "Northwest Hills Planning Region",
    "09170": "South Central Connecticut Planning Region",
    "09180": "Southeastern Connecticut Planning Region",
    "09190": "Western Connecticut Planning Region",
}
REGIONS_OF = {
    "09001": ("09120", "09140", "09190"),
    "09003": ("09110", "09140", "09160"),
    "09005": ("09140", "09160", "09190"),
    "09007": ("09130",),
    "09009": ("09140", "09170"),
    "09011": ("09130", "09150", "09180"),
    "09013": ("09110", "09150"),
    "09015": ("09150", "09180"),
}
"""County → planning regions that have some of its towns."""

CHANGES: tuple[Change, ...] = (
    Change(
        "46113", "Shannon County", "46102", "Oglala Lakota County", 2015, "renamed",
        "Shannon County, South Dakota, has been called Oglala Lakota County, with a new code, since 2015.",
    ),
    Change(
        "02270", "Wade Hampton Census Area", "02158", "Kusilvak Census Area", 2015, "renamed",
        "Wade Hampton Census Area, Alaska, has been called Kusilvak Census Area, with a new code, "
        "since 2015.",
    ),
    Change(
        "02195", "Petersburg Census Area", "02195", "Petersburg Borough", 2014, "renamed",
        "Petersburg Census Area, Alaska, has been Petersburg Borough since 2014; the code stayed.",
    ),
    Change(
        "22059", "La Salle Parish", "22059", "LaSalle Parish", 2012, "renamed",
        "La Salle Parish, Louisiana, has been written LaSalle Parish since 2012; the code stayed.",
    ),
    Change(
        "51515", "Bedford city", "51019", "Bedford County", 2014, "merged",
        "The city of Bedford, Virginia, has been part of Bedford County since July 2013; "
        "tables have the county alone since 2014.",
    ),
    Change(
        "51560", "Clifton Forge city", "51005", "Alleghany County", 2001, "merged",
        "The city of Clifton Forge, Virginia, has been part of Alleghany County since 2001.",
    ),
    *(
        Change(
            "02261", "Valdez-Cordova Census Area", code, name, 2020, "split",
            "Valdez-Cordova Census Area, Alaska, has been two areas, Chugach and Copper River, since 2020.",
        )
        for code, name in (("02063", "Chugach Census Area"), ("02066", "Copper River Census Area"))
    ),
    Change(
        "02201", "Prince of Wales-Outer Ketchikan Census Area", "02198", "Prince of Wales-Hyder Census Area",
        2008, "split",
        "Prince of Wales-Outer Ketchikan Census Area, Alaska, was divided in 2008: Outer Ketchikan went to "
        "Ketchikan Gateway Borough, Meyers Chuck to Wrangell, and what remained is Prince of Wales-Hyder "
        f"Census Area. {ALASKA_2008}",
    ),
    *(
        Change(
            "02232", "Skagway-Hoonah-Angoon Census Area", code, name, 2007, "split",
            "Skagway-Hoonah-Angoon Census Area, Alaska, became Skagway Municipality and Hoonah-Angoon Census "
            f"Area in 2007. {ALASKA_2008}",
        )
        for code, name in (("02105", "Hoonah-Angoon Census Area"), ("02230", "Skagway Municipality"))
    ),
    *(
        Change(
            "02280", "Wrangell-Petersburg Census Area", code, name, 2008, "split",
            "Wrangell-Petersburg Census Area, Alaska, became Wrangell City and Borough and Petersburg Census "
            f"Area (a borough since 2014) in 2008. {ALASKA_2008}",
        )
        for code, name in (("02195", "Petersburg Borough"), ("02275", "Wrangell City and Borough"))
    ),
    *(
        Change(
            code, name, region, REGIONS[region], 2022, "split",
            f"{name}, Connecticut, has had no tables of its own since 2022; the survey has nine planning "
            f"regions, and {REGIONS[region]} has some of its towns.",
        )
        for code, name in CONNECTICUT.items()
        for region in REGIONS_OF[code]
    ),
)  # fmt: skip

RENAMED_CODES = {
    each.old_code: each.code for each in CHANGES if each.kind == "renamed" and each.old_code != each.code
}
"""Old county code → new code of the same place."""

PRESENT_NAMES = {each.code: each.name for each in CHANGES}
FORMER_NAMES = {each.old_code: each.old_name for each in CHANGES if each.kind != "renamed"}

ACCENTED = {
    "35013": "Doña Ana County", "72011": "Añasco Municipio", "72021": "Bayamón Municipio",
    "72029": "Canóvanas Municipio", "72033": "Cataño Municipio", "72045": "Comerío Municipio",
    "72055": "Guánica Municipio", "72075": "Juana Díaz Municipio", "72083": "Las Marías Municipio",
    "72087": "Loíza Municipio", "72091": "Manatí Municipio", "72097": "Mayagüez Municipio",
    "72111": "Peñuelas Municipio", "72117": "Rincón Municipio", "72119": "Río Grande Municipio",
    "72125": "San Germán Municipio", "72131": "San Sebastián Municipio",
}  # fmt: skip
"""Names that the list of 2010 prints without their accents; the survey has them."""

KNOWN_NAMES = {
    code: with_state(code, name) for code, name in (FORMER_NAMES | ACCENTED | PRESENT_NAMES).items()
}
"""County code → name with its state, of the counties that a list of one year gets wrong or lacks."""
