"""Every figure made of the whole public files leads back to them."""

import pytest

from lifegap.releases.read import Release
from tests.store.traced import OF_FIGURES, without_file

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]


@pytest.mark.parametrize("table", OF_FIGURES)
def test_every_figure_of_the_whole_files_leads_to_a_file(table: str, mirror_release: Release) -> None:
    assert without_file(mirror_release, table) == []
