"""`lifegap releases`: the releases kept, what is in one, going back to one."""

import shutil
from typing import Annotated

import typer

from lifegap.cli.options import AsFormat, Home, home_of
from lifegap.cli.terminal import Format, show, tell
from lifegap.releases.read import list_releases, read_manifest, release_folder

releases = typer.Typer(
    name="releases",
    help="The releases kept: list, show, restore, prune.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ReleaseId = Annotated[str, typer.Argument(metavar="RELEASE", help="Id of a release.")]


@releases.callback()
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_all()


@releases.command("list")
def list_all(form: AsFormat = Format.table, home: Home = None) -> None:
    """The releases of the home folder, newest first.

    Example: lifegap releases list
    """
    folder = home_of(home)
    latest = release_folder(folder).name
    columns = ("release", "latest", "sources", "tables", "rows", "lifegap")
    rows = [
        [
            each["release_id"],
            "latest" if each["release_id"] == latest else "",
            each["sources"],
            len(each["tables"]),
            sum(table["rows"] for table in each["tables"].values()),
            each["lifegap"],
        ]
        for each in list_releases(folder)
    ]
    show(columns, rows, form)


@releases.command("show")
def show_one(
    release: Annotated[
        str | None, typer.Argument(metavar="[RELEASE]", help="Id; the latest without it.")
    ] = None,
    form: AsFormat = Format.table,
    home: Home = None,
) -> None:
    """What is in a release: its tables, rows and hashes.

    Example: lifegap releases show
    """
    manifest = read_manifest(release_folder(home_of(home), release))
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
    show(("table", "rows", "sha256 of the CSV"), rows, form)


@releases.command()
def restore(release: ReleaseId, home: Home = None) -> None:
    """Make an earlier release the latest again.

    Example: lifegap releases restore 20260101T000000Z-1a2b3c4d
    """
    from lifegap.releases.publish import make_latest
    from lifegap.settings import read_settings
    from lifegap.store.lock import only_refresh

    folder = home_of(home)
    release_folder(folder, release)
    settings = read_settings(home=folder)
    with only_refresh(settings.lock):
        make_latest(settings, release)
    tell(f"{release} is the latest release.")


@releases.command()
def prune(
    keep: Annotated[int, typer.Option("--keep", min=1, help="How many of the newest stay.")] = 5,
    home: Home = None,
) -> None:
    """Delete old releases. The latest is never deleted.

    Example: lifegap releases prune --keep 3
    """
    from lifegap.store.lock import only_refresh

    folder = home_of(home)
    latest = release_folder(folder).name
    old = [each["release_id"] for each in list_releases(folder)[keep:] if each["release_id"] != latest]
    with only_refresh(folder / "lock"):
        for release in old:
            shutil.rmtree(release_folder(folder, release))
            tell(f"deleted {release}")
    tell(f"{len(old)} deleted, {len(list_releases(folder))} kept.")
