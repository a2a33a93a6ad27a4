"""Chicago's public schools, from the city's portal: report cards, progress reports and profiles.

Peculiar: 78 to 182 columns, which change from year to year; NDA for what has no data (2011-12, words and
numbers alike), a dot or a bound such as "> 75%" for a share (2018-19); percent signs in some columns and
"2.2 days" in others; the columns of attainment and growth of 2022-23 are there and empty; the label of a
share (`_Lbl`) may be the share again; shares of suspensions and truancy above 100; 2011-12 calls the
number of pupils COLLEGE_ENROLLMENT. Only 2011-12 says which community area a school is in.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles

REPORTS = {
    "school_report_cards": "report_card",
    "school_progress_reports": "progress_report",
    "school_profiles": "profile",
}

MEASUREMENTS = "|".join(
    [
        # Progress reports and profiles.
        r"_Pct(_ES|_Year_[12])?$",
        r"^Student_Count_",
        r"_Rate_(School|Mean)$",
        r"_Score_(School|CPS)_Avg$",
        r"^(Average_ACT_School|Mean_ACT)$",
        r"(?i:latitude|longitude|[xy]_coordinate)$",
        # Report cards of 2011-12.
        r"(?i:_score)$",
        r"^(AVERAGE_STUDENT|Average_Teacher)_(ATTENDANCE|Attendance)$",
        r"^Rate_of_Misconducts__per_100_students_$",
        r"^Individualized_Education_Program_Compliance_Rate$",
        r"^(Pk_2|Gr3_5|Gr6_8|Gr_8)_",
        r"^ISAT_(Exceeding|Value_Add)_(Math|Reading|Read)(__)?$",
        r"^Students_(Taking|Passing)__Algebra__$",
        r"^(9|10|11)th Grade ",
        r"^Net_Change_",
        r"^(College_Eligibility|Graduation_Rate|College_Enrollment_Rate|Freshman_on_Track_Rate)__$",
        r"^COLLEGE_ENROLLMENT$",
    ]
)
"""Columns that hold measurements; all others hold words, codes, years and telephone numbers."""

NUMBER = r"^\s*(-?\d+(?:\.\d+)?)\s*(?:%|days)?\s*$"
NO_DATA = "NDA"
NO_NUMBER = r"^(\.|[<>] ?\d+%)$"
"""Signs that stand in a column of measurements."""


@table("sources.chicago_school", source="chicago_portal")
def chicago_school(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per file, school and column, empty cells too."""
    for file in files.of(*REPORTS):
        cells = file.without_empty_lines(file.rows()).unpivot(
            index=[FILE, ROW, "School_ID"], variable_name="attribute", value_name="printed"
        )
        printed, measured = pl.col("printed"), pl.col("attribute").str.contains(MEASUREMENTS)
        value = printed.str.extract(NUMBER).cast(pl.Float64, strict=False)
        signed = (printed == NO_DATA) | (measured & printed.str.contains(NO_NUMBER))
        yield cells.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            "attribute",
            report=pl.lit(REPORTS[file.layout.id]),
            school_id=pl.col("School_ID"),
            value=pl.when(measured).then(value),
            text=pl.when(~measured & ~signed).then(printed),
            sign=pl.when(signed).then(printed),
            unparsed=pl.when(measured & ~signed & printed.is_not_null() & value.is_null()).then(
                pl.format("{}={}", "attribute", "printed")
            ),
        )
