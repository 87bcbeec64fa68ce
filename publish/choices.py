"""Turns what a source asks of channels (its voice, its rate) into faults where that cannot be had, at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from channels.base import Entry, Option, Settings
from model.diagnostics import Diagnostic
from model.document import Choice, Document
from model.editions import is_wanted


def faults_of_choices(document: Document, channels: Mapping[str, Entry], settings: Settings) -> Iterator[Diagnostic]:
    """A fault for each choice of `document` that cannot be had. Choices that the run makes itself are skipped, and
    so are those that none of the `channels` uses."""
    if not document.choices or not is_wanted(document, "recording"):
        return
    options = {option.name: option for entry in channels.values() for option in entry.options}
    for choice in document.choices:
        option = options.get(choice.name)
        if option is not None and choice.name not in settings.chosen:
            fault = _fault_of(option, choice, settings.of(document))
            if fault is not None:
                yield fault


def _fault_of(option: Option, choice: Choice, settings: Settings) -> Diagnostic | None:
    value = choice.value
    free = tuple(one for one in option.values if one not in option.sends_to and one not in option.requires)
    if value in option.sends_to:
        code, said = "wrong-value", f"`{choice.name}: {value}` would send the text to {option.sends_to[value]}"
        hint = f"That is chosen on the command line, where it is told: --{option.name} {value}."
    elif value in option.requires:
        code, said = "wrong-value", f"`{choice.name}: {value}` needs a file that only the command line names"
        hint = f"Choose it there: --{option.name} {value} --{option.requires[value]} FILE."
    elif option.values and value not in free:
        code, said, hint = "wrong-value", f"there is no {choice.name} called {value}", f"These are: {', '.join(free)}."
    elif found := option.fault_of(settings):
        code, said, hint = "no-voice", str(found), found.hint
    else:
        return None
    return Diagnostic(severity="error", code=code, message=said, mark=choice.mark, hint=hint)
