"""Turns an address into the PDF that WebKitGTK prints of it: webkit_paper.py ADDRESS PDF, on a screen, with the
system's own Python. WebKitGTK's driver has no command to print, but its library can print to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402 (their versions are named first)

SECONDS: Final = 60
"""The seconds that a page may take to load and to print."""


def main(address: str, pdf: Path) -> int:
    """Prints the page. Returns 0 if that worked."""
    view, done = WebKit2.WebView(), []
    window = Gtk.OffscreenWindow()
    window.set_default_size(1280, 900)
    window.add(view)
    window.show_all()
    operation = WebKit2.PrintOperation.new(view)
    settings, paper = Gtk.PrintSettings(), Gtk.PageSetup()
    settings.set(Gtk.PRINT_SETTINGS_PRINTER, "Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, pdf.resolve().as_uri())
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    paper.set_paper_size(Gtk.PaperSize.new("iso_a4"))
    operation.set_print_settings(settings)
    operation.set_page_setup(paper)

    def finished(*_: Any) -> None:
        done.append(True)
        Gtk.main_quit()

    def changed(_view: Any, event: Any) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            operation.print_()

    operation.connect("finished", finished)
    operation.connect("failed", Gtk.main_quit)
    view.connect("load-changed", changed)
    GLib.timeout_add_seconds(SECONDS, Gtk.main_quit)
    view.load_uri(address)
    Gtk.main()
    return 0 if done and pdf.is_file() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
