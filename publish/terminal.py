"""A run on a terminal: a bar with the units done, what is being made and the time left; then a table."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from publish.build import Edition
from publish.report import LISTED, Plain, how_made, table_of
from publish.worker import Made


class Terminal(Plain):
    """Drawn by rich, from the run's own loop: a drawing thread would forbid to fork workers."""

    def __init__(self, *, explain: bool = False) -> None:
        super().__init__(explain=explain)
        self.console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        self.progress = Progress(*columns, console=self.console, auto_refresh=False, transient=True)
        self.bar = self.progress.add_task("", total=None)
        self.making: list[str] = []

    def begin(self, documents: int, units: int) -> None:
        super().begin(documents, units)
        self.progress.update(self.bar, total=units)
        self.progress.start()

    def started(self, unit: str) -> None:
        self.making.append(unit)
        self._show()

    def made(self, unit: str, made: Made) -> None:
        with suppress(ValueError):
            self.making.remove(unit)
        self.progress.advance(self.bar)
        if self.total <= LISTED and not made.stored:
            self.progress.console.print(f"{unit}: {how_made(made)}", highlight=False, markup=False)
        self._show()

    def finished(self, edition: Edition) -> None:
        self.making = [unit for unit in self.making if not edition.place or not unit.startswith(edition.place + " ")]

    def note(self, text: str) -> None:
        self.progress.console.print(text, markup=False)

    def tick(self) -> None:
        self.progress.refresh()

    def close(self) -> None:
        self.progress.stop()

    def _show(self) -> None:
        self.progress.update(self.bar, description=", ".join(self.making))
        self.progress.refresh()

    def table(self, changed: Sequence[Edition], output: str) -> None:
        table = Table("File", box=None, header_style="bold", pad_edge=False)
        table.add_column("Size", justify="right")
        table.add_column("Length", justify="right")
        for row in table_of(changed, output):
            table.add_row(*row)
        console = Console()
        console.print(table)
        if len(changed) > LISTED:
            console.print(f"… and {len(changed) - LISTED} more publications")
