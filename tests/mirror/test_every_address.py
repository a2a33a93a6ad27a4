"""Every address of the cards, against a server that serves the mirror by the publishers' hosts and paths.

Which file stands at which address is taken from the mirror's manifests, not from the cards.
"""

import csv
import gzip
import re
from pathlib import Path

import pytest

from lifegap.catalog.cards import SourceCard, read_cards
from lifegap.landing.obtain import obtain
from lifegap.settings import read_settings
from tests.landing.publishers import Answers, ok, serving

CARDS = {
    card.id: card
    for card in read_cards(Path("data").absolute()).values()
    if any(listed.official for listed in card.files)
}


def _file_of(address: str) -> str:
    """The file behind a page of data.cdc.gov that ends in the id of its dataset; else the address."""
    page = re.fullmatch(r"https://data\.cdc\.gov/.*/(\w{4}-\w{4})", address)
    return (
        f"https://data.cdc.gov/api/views/{page[1]}/rows.csv?accessType=DOWNLOAD" if page else address.strip()
    )


def _served(mirror: Path, card: SourceCard) -> Answers:
    """`/host/path` → the mirror's file that the manifest says was published there."""
    at: dict[str, str] = {}
    for manifest in mirror.glob("*/MANIFEST.csv"):
        with manifest.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                at[f"{manifest.parent.name}/{row['file']}"] = _file_of(row["official_url"].split(" (")[0])
    served: Answers = {}
    for listed in card.files:
        if listed.official and listed.mirror:
            path = mirror / listed.mirror
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            served["/" + at[listed.mirror].replace(" ", "%20").removeprefix("https://")] = [ok(content)]
    return served


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_every_address_gives_the_file_it_is_listed_for(
    mirror: Path, tmp_path: Path, card: SourceCard
) -> None:
    with serving(_served(mirror, card)) as (gateway, asked):
        receipts = obtain(card, read_settings(home=tmp_path, sources="official", gateway=gateway))
    listed = {each.file: each.sha256 for each in card.files if each.official and each.mirror}
    assert {each.file: each.sha256 for each in receipts if each.origin == "official"} == listed
    assert sum(asked.values()) >= len(listed)
