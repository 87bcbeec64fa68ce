"""Turns the events of a run into a bar on a terminal, with the units done and the time left, then a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from commands.report import LISTED, Plain, how_far, how_made, table_of
from publish.edition import Edition
from publish.events import Begun, Ended, Event, Finished, Note, Progressed, Rendered, Started, Tick


class Terminal(Plain):
    """Draws with rich, from the run's own loop, since a drawing thread would make forking workers impossible."""

    def __init__(self, *, explain: bool = False) -> None:
        super().__init__(explain=explain)
        self.console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        self.progress = Progress(*columns, console=self.console, auto_refresh=False, transient=True)
        self.bar = self.progress.add_task("", total=None)
        self.making: dict[str, str] = {}

    def tell(self, event: Event) -> None:
        match event:
            case Begun():
                super().tell(event)
                self.progress.update(self.bar, total=event.units)
                self.progress.start()
            case Started():
                self.making[event.unit] = event.unit
                self._show()
            case Progressed():
                self.making[event.unit] = f"{event.unit} ({how_far(event.progress)})"
                self._show()
            case Rendered():
                self.making.pop(event.unit, None)
                self.progress.advance(self.bar)
                if self.total <= LISTED and not (event.made.stored or event.made.idle):
                    line = f"{event.unit}: {how_made(event.made)}"
                    self.progress.console.print(line, highlight=False, markup=False)
                self._show()
            case Finished():
                here = f"{event.edition.place} "
                self.making = {
                    unit: said for unit, said in self.making.items() if here == " " or not unit.startswith(here)
                }
            case Note():
                self.progress.console.print(event.text, markup=False)
            case Tick():
                self.progress.refresh()
            case Ended():
                return
            case _:
                assert_never(event)

    def close(self) -> None:
        self.progress.stop()

    def _show(self) -> None:
        self.progress.update(self.bar, description=", ".join(self.making.values()))
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
