"""Settings of the application: environment variables `LIFEGAP_*`, read once per command."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from lifegap import APPLICATION, PACKAGE
from lifegap.errors import error
from lifegap.home import LATEST, RELEASES

Sources = Literal["bundle", "mirror", "official"]


class Settings(BaseSettings):
    """What can be set from outside. Options of a command win over the environment."""

    model_config = SettingsConfigDict(env_prefix="LIFEGAP_", extra="ignore")

    home: Path = Field(Path(".lifegap"), description="Folder of landing files, warehouse, releases")
    data: Path = Field(
        APPLICATION / "data",
        description="Folder of cards, indicators, coalitions and the bundle; a wheel has its own",
    )
    coalitions: Path | None = Field(
        None,
        description="Folder of further coalitions (ID.toml) and of what a coalition alone has (ID/*.csv), "
        "for counts that must not enter a repository",
    )
    mirror: Path | None = Field(None, description="Folder of public files, read with --sources mirror")
    sources: Sources = Field("bundle", description="Where files come from by default")
    gateway: str | None = Field(
        None, description="Address before the publishers' hosts: it serves their paths under the host's name"
    )
    census_api_key: SecretStr | None = Field(None, description="Key for api.census.gov, past its daily limit")
    memory_limit: str = Field("2GB", description="Most memory DuckDB takes before it spills to disk")
    threads: int = Field(2, ge=1, description="Threads that DuckDB uses")
    keep_releases: int | None = Field(
        None,
        ge=1,
        description="How many unsigned releases a refresh leaves, the newest ones; without it all of them",
    )

    _staged: Path | None = PrivateAttr(None)

    @property
    def staged(self) -> Path | None:
        """Folder of the coalitions of this run, where they are not those of the declared folders."""
        return self._staged

    def stage(self, folder: Path) -> None:
        """Take the coalitions of this run from a folder, all of them and no others."""
        self._staged = folder

    @cached_property
    def has_data_of_the_package(self) -> bool:
        """Whether `data` are what an installed wheel carries: its next version replaces them."""
        return self.data.resolve().is_relative_to(PACKAGE)

    @cached_property
    def landing(self) -> Path:
        return self.home / "landing"

    @cached_property
    def warehouse(self) -> Path:
        return self.home / "warehouse.duckdb"

    @cached_property
    def releases(self) -> Path:
        return self.home / RELEASES

    @cached_property
    def latest(self) -> Path:
        return self.home / LATEST

    @cached_property
    def dagster_home(self) -> Path:
        return self.home / "dagster"

    @cached_property
    def lock(self) -> Path:
        return self.home / "lock"


def read_settings(**options: object) -> Settings:
    """Settings from the environment, with the options that were given (None = not given).

    Paths come out absolute, so that later changes of folder cannot move them.
    Raises SETTING when a value is not usable.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)  # pyright: ignore[reportArgumentType]
    except ValidationError as wrong:
        raise error(
            "SETTING",
            doing="reading the settings",
            found=[
                f"LIFEGAP_{'_'.join(map(str, each['loc'])).upper()} = {each['input']!r}: {each['msg']}"
                for each in wrong.errors()
            ],
            expected="values as listed in docs/reference/settings.md",
            todo="correct or unset the variable, or the option of the same name",
        ) from None
    settings.home = settings.home.expanduser().absolute()
    settings.data = settings.data.expanduser().absolute()
    if settings.mirror is not None:
        settings.mirror = settings.mirror.expanduser().absolute()
    if settings.coalitions is not None:
        settings.coalitions = settings.coalitions.expanduser().absolute()
    return settings
