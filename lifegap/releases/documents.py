"""Documents of a release: what stands in its folder beside its tables, made of them.

Each is a function of the release as it is read: of its tables, its manifest and the declarations. So a
document can be written again beside a copy of a release, and publishing twice gives the same bytes: nothing
in them may depend on the time of day. The id and the times of a release stand in release.json alone.
"""

from collections.abc import Callable
from pathlib import Path

from lifegap.releases.citation import write_citation
from lifegap.releases.data_package import write_data_package
from lifegap.releases.dictionary import write_dictionary
from lifegap.releases.licenses import write_licenses
from lifegap.releases.read import Release, open_folder
from lifegap.reports.pack import write_packs
from lifegap.reports.signoff import write_signoff
from lifegap.reports.site import write_site
from lifegap.reports.workbook.cover import write_workbooks

Write = Callable[[Release], None]
"""Writes one document, or a few, into the folder of a release."""

DOCUMENTS: tuple[Write, ...] = (
    write_dictionary,
    write_licenses,
    write_citation,
    write_data_package,
    write_signoff,
    write_workbooks,
    write_packs,
    write_site,
)
"""All of them, in the order in which they are written: a later one may read an earlier one."""


def write_documents(folder: Path) -> None:
    """Write every document beside the tables and release.json in `folder`."""
    with open_folder(folder) as release:
        for write in DOCUMENTS:
            write(release)
