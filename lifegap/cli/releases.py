"""`lifegap releases`: the releases kept, what is in one, who signed it, whether it is as it was."""

from pathlib import Path
from typing import Annotated, Any

import typer

from lifegap.cli.options import AsFormat, Home, home_of
from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import LifegapError
from lifegap.releases.read import folders, list_releases, open_release, read_manifest, release_folder
from lifegap.releases.seal import altered, faults, refuse_altered
from lifegap.releases.signatures import Signature, faults_of_signed, read_signatures, signed_ids

releases = typer.Typer(
    name="releases",
    help="The releases kept: list, show, check, checks, signatures, restore, prune.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ReleaseId = Annotated[str, typer.Argument(metavar="RELEASE", help="Id of a release.")]
OrLatest = Annotated[str | None, typer.Argument(metavar="[RELEASE]", help="Id; the latest without it.")]


@releases.callback()
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_all()


@releases.command("list")
def list_all(form: AsFormat = Format.table, home: Home = None) -> None:
    """The releases of the home folder, newest first, and who signed them.

    What was signed is compared with the hashes of when it was: exit code 1 where a file is another.

    Example: lifegap releases list
    """
    folder = home_of(home)
    latest = release_folder(folder).name
    columns = ("release", "latest", "sources", "tables", "rows", "lifegap", "signed")
    rows, wrong = [], []
    for each in list_releases(folder):
        signatures, unreadable = _signatures(folder, each["release_id"])
        wrong += unreadable
        rows.append(
            [
                each["release_id"],
                "latest" if each["release_id"] == latest else "",
                each["sources"],
                len(each["tables"]),
                sum(table["rows"] for table in each["tables"].values()),
                each["lifegap"],
                _signed(signatures, form),
            ]
        )
    show(columns, rows, form)
    for release_id in signed_ids(folder):
        if not any(fault.startswith(release_id) for fault in wrong):
            wrong += faults_of_signed(folder, release_id)
    listed = {row[0] for row in rows} | {*signed_ids(folder)}
    wrong += [f"{name}: release.json cannot be read" for name in folders(folder) if name not in listed]
    if wrong:
        raise altered("listing the releases that were signed", wrong)


def _signatures(home: Path, release_id: str) -> tuple[list[Signature], list[str]]:
    """The signatures of a release; and what cannot be read of them."""
    try:
        return read_signatures(home, release_id), []
    except LifegapError as refusal:
        return [], [f"{release_id}: {each}" for each in refusal.found]


def _signed(signatures: list[Signature], form: Format) -> Any:
    if form is Format.json:
        return [_facts(each) for each in signatures]
    return "; ".join(each.words for each in signatures)


def _facts(signature: Signature) -> dict[str, str]:
    return {name: getattr(signature, name) for name in ("name", "role", "signed_at", "note", "content_hash")}


@releases.command("show")
def show_one(release: OrLatest = None, form: AsFormat = Format.table, home: Home = None) -> None:
    """What is in a release: its tables, rows and hashes, and who signed it.

    Every file is compared with its hash: exit code 1 where one is another.

    Example: lifegap releases show
    """
    base = home_of(home)
    folder = release_folder(base, release)
    manifest = read_manifest(folder)
    signatures = read_signatures(base, folder.name)
    rows = [[name, table["rows"], table["sha256"]] for name, table in manifest["tables"].items()]
    if form is Format.table:
        for name in (
            "release_id",
            "published_at",
            "sources",
            "previous",
            "content_hash",
            "lifegap",
        ):
            tell(f"{name:<14} {manifest[name]}")
        for each in signatures:
            tell(f"{'signed by':<14} {each.name}, {each.role}, {each.signed_at}: {each.note}")
    show(("table", "rows", "sha256 of the CSV"), rows, form)
    _refuse_altered(base, folder)


@releases.command()
def check(release: OrLatest = None, home: Home = None) -> None:
    """Whether a release is as it was published, and as it was signed: every file by its hash.

    Example: lifegap releases check
    """
    base = home_of(home)
    folder = release_folder(base, release)
    _refuse_altered(base, folder)
    signatures = read_signatures(base, folder.name)
    tell(f"{folder.name} is as it was published; signatures: {len(signatures)}.")


def _refuse_altered(home: Path, folder: Path) -> None:
    signed = folder.name in signed_ids(home)
    if found := faults_of_signed(home, folder.name) if signed else faults(folder):
        raise altered(f"comparing {folder.name} with its hashes", found)


@releases.command()
def signatures(release: OrLatest = None, form: AsFormat = Format.table, home: Home = None) -> None:
    """Who signed a release, one signature a row.

    Example: lifegap releases signatures --format csv
    """
    base = home_of(home)
    folder = release_folder(base, release)
    columns = ("release", "name", "role", "signed_at", "note", "content_hash")
    rows = [[folder.name, *_facts(each).values()] for each in read_signatures(base, folder.name)]
    show(columns, rows, form)
    _refuse_altered(base, folder)


@releases.command()
def checks(
    release: OrLatest = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that hold as well.")] = False,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """Which rules fail or were not tested, since which release, and how often they failed before.

    Example: lifegap releases checks
    """
    with open_release(home_of(home), release) as opened:
        answer = opened.ask(
            """
            SELECT table_name, expectation_id, outcome, changed_after,
                count(*) FILTER (outcome = 'fails') OVER rule AS times_failed, observed, reason
            FROM check_history
            WINDOW rule AS (PARTITION BY table_name, expectation_id)
            QUALIFY lasted_until IS NULL AND ($everything OR outcome <> 'holds')
            ORDER BY outcome, table_name, expectation_id
            """,
            {"everything": everything},
        )
    show(answer.columns, answer.rows, form)


@releases.command()
def restore(release: ReleaseId, home: Home = None) -> None:
    """Make an earlier release the latest again, if it is as it was published.

    Example: lifegap releases restore 20260101T000000Z-1a2b3c4d
    """
    from lifegap.releases.publish import make_latest
    from lifegap.settings import read_settings
    from lifegap.store.lock import only_refresh

    base = home_of(home)
    folder = release_folder(base, release)
    settings = read_settings(home=base)
    with only_refresh(settings.lock):
        refuse_altered(folder, f"restoring {folder.name}")
        make_latest(settings, folder.name)
    tell(f"{folder.name} is the latest release.")


KEPT_BY_HAND = 5
"""Releases that pruning leaves where neither an option nor a setting says how many."""


@releases.command()
def prune(
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", min=1, help="How many of the newest stay [LIFEGAP_KEEP_RELEASES; 5 without it]."
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Delete old releases. Never deleted are the latest, and what was signed.

    Example: lifegap releases prune --keep 3
    """
    from lifegap.releases.retention import prune as delete
    from lifegap.settings import read_settings
    from lifegap.store.lock import only_refresh

    settings = read_settings(home=home_of(home), keep_releases=keep)
    release_folder(settings.home)
    with only_refresh(settings.lock):
        gone = delete(settings.home, settings.keep_releases or KEPT_BY_HAND)
    for release in gone:
        tell(f"deleted {release}")
    signed = len(signed_ids(settings.home))
    tell(f"{len(gone)} deleted, {len(list_releases(settings.home))} kept, {signed} of them signed.")
