"""Turns a publisher's brand into what channels show of it: the logo's files, its element, and its colours as CSS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from markupsafe import Markup

from channels.design import fonts_of_cover
from channels.design.theme_files import Medium, theme_file
from channels.design.typeface import files_of_family, paper_type
from channels.elements.escape import fill
from model.diagnostics import Diagnostic
from model.document import Document, Logo
from model.traverse import has_name, text_of

Ground = Literal["light", "dark"]
TOKENS: Final = Path(__file__).parent / "tokens.css"


def logo_files(document: Document) -> dict[str, Path]:
    """The files of the publisher's logo, each by its name in an edition."""
    logo = document.publisher.logo
    if logo is None:
        return {}
    folder = Path(document.mark.file).parent
    return {name: folder / image for name, image in _images(logo).items()}


def files_of_cover(document: Document) -> tuple[Path, ...]:
    """The files with which a recording's cover is drawn."""
    face = document.publisher.typeface
    chosen = files_of_family(face.family) if face is not None and face.family else ()
    return (*fonts_of_cover(), *chosen, *logo_files(document).values())


def logo_for(document: Document, ground: Ground) -> tuple[Path, bool]:
    """The file of the publisher's logo for a background, and whether a light plate must stand behind it. Raises
    ValueError where the publisher has no logo."""
    logo = document.publisher.logo
    if logo is None:
        raise ValueError("the publisher has no logo")
    return logo_files(document)[_name(logo, ground)], _needs_plate(logo, ground)


def _needs_plate(logo: Logo, ground: Ground) -> bool:
    return ground == "dark" and logo.on_dark is None


def _images(logo: Logo) -> dict[str, str]:
    found = {_name(logo, "light"): logo.image}
    return found if logo.on_dark is None else found | {_name(logo, "dark"): logo.on_dark}


def _name(logo: Logo, ground: Ground) -> str:
    image = logo.on_dark if ground == "dark" and logo.on_dark is not None else logo.image
    kind = "publisher-logo-on-dark" if image == logo.on_dark else "publisher-logo"
    return f"images/{kind}{PurePosixPath(image).suffix.lower()}"


def logo_on(document: Document, ground: Ground, source: Callable[[str], str], more: str = "") -> Markup:
    """The publisher's logo for a background, as an element with the classes "logo" and `more`. On a dark background,
    a logo without a dark version gets a plate. `source` turns a file's name in an edition into its address."""
    logo = document.publisher.logo
    if logo is None:
        return Markup("")
    plate = " plate" if _needs_plate(logo, ground) else ""
    element = '<img class="logo{}{}" src="{}" alt="{}" width="{}" height="{}">'
    return fill(element, plate, more, source(_name(logo, ground)), logo.alternative, logo.width, logo.height)


def says_the_name(document: Document) -> bool:
    """True if the logo's alternative contains the publisher's name, which then need not stand beside it."""
    logo = document.publisher.logo
    return logo is not None and has_name(logo.alternative, text_of(document.publisher.name.inlines))


def paper_tokens(document: Document) -> dict[str, str]:
    """The tokens that follow from the publisher's colours, for light backgrounds and paper. Empty without colours."""
    colours = document.publisher.colours
    if colours is None:
        return {}
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms of colour spaces, which most pages never pay)

    return {name.removeprefix("--"): value for name, value in scheme(colours.brand, colours.accent).light.items()}


def paper_css(document: Document) -> str:
    """CSS for paper: the colours, the logo's space, the typeface and the publisher's own style sheet."""
    return _brand_on_paper(document) + theme_css(document, "print")


def _brand_on_paper(document: Document) -> str:
    colours = document.publisher.colours
    own = _space(document) + paper_type(document)
    if colours is None:
        return own
    from channels.design.scheme import root_rule, scheme  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return root_rule(scheme(colours.brand, colours.accent).light) + own


def screen_css(document: Document) -> str:
    """CSS for screens, light and dark: the colours and the logo's space. Print and forced colours win over it."""
    colours = document.publisher.colours
    own = _space(document) + _forced(document)
    if colours is None:
        return own
    from channels.design.scheme import screen_rules  # noqa: PLC0415 (100 ms, as in paper_tokens)

    rules = screen_rules(colours.brand, colours.accent) + own
    if document.publisher.logo is not None and head_ground(document) == "light":
        plate = "background: #fff; box-shadow: none; border-radius: var(--radius); margin: 0"
        plate += f"; padding: {_clear(document)}"
        rules += f" @media screen and (prefers-color-scheme: dark) {{ .masthead .logo {{ {plate}; }} }}"
    return rules


def head_ground(document: Document) -> Ground:
    """The background of the publisher's logo in a page's header, in the light scheme. A pale brand colour is light.
    In the dark scheme the header is dark, and a logo for light backgrounds gets a plate."""
    colours = document.publisher.colours
    if colours is None:
        return "dark"
    from channels.design.scheme import is_pale  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return "light" if is_pale(colours.brand, colours.accent) else "dark"


ROLES: Final = {
    "text": "cannot be text on white",
    "ground": "cannot stand behind text",
    "header": "cannot be the header's ground",
}


def colour_notes(document: Document) -> tuple[str, ...]:
    """Lines for the summary: which of the publisher's colours cannot serve for something, and which colour replaces
    it."""
    colours = document.publisher.colours
    if colours is None:
        return ()
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return tuple(
        f"the colour {note.colour} {ROLES[note.role]} (contrast {note.contrast:.1f}, 7 is needed): "
        f"{note.instead}, the nearest that can, is used there"
        for note in scheme(colours.brand, colours.accent).notes
    )


def theme_colour(document: Document) -> str:
    """The colour of the page's header, for the browser's frame."""
    colours = document.publisher.colours
    if colours is None:
        return "#00343d"
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return scheme(colours.brand, colours.accent).light["--head"]


def _space(document: Document) -> str:
    """CSS for the space around the logo. The logo's height in an edition is 1em of its own."""
    logo = document.publisher.logo
    if logo is None:
        return ""
    space = _clear(document)
    return f" .logo {{ margin: {space}; }} .logo.plate {{ margin: 0; padding: {space}; }}"


def _forced(document: Document) -> str:
    """CSS for forced colours. They take the header's ground away, and with it half of a logo that was drawn for that
    ground. So the logo keeps its ground, or its plate."""
    if document.publisher.logo is None:
        return ""
    ground = "background: var(--head); box-shadow: 0 0 0 0.2em var(--head)"
    return (
        " @media screen and (forced-colors: active) { .masthead .logo { forced-color-adjust: none; }"
        f" :where(.masthead) .logo:where(:not(.plate)) {{ {ground}; }} }}"
    )


def _clear(document: Document) -> str:
    """The space kept free around the logo."""
    logo = document.publisher.logo
    return f"{logo.clear_space if logo is not None else 0:g}em"


# ---------------------------------------------------------------------------------------------------- themes


def theme_css(document: Document, medium: Medium) -> str:
    """The text of the publisher's style sheet, to stand after all house styles. For paper, rules for screens are
    left out. "" without one."""
    file = theme_file(document, medium)
    if file is None:
        return ""
    css = file.read_text(encoding="utf-8")
    if medium == "print":
        from channels.design.theme import for_paper  # noqa: PLC0415 (a parser of CSS: 10 ms, for a theme alone)

        css = for_paper(css)
    return f"\n{css}"


def print_theme_faults(document: Document) -> tuple[Diagnostic, ...]:
    """The faults of the publisher's style sheet for print."""
    if theme_file(document, "print") is None:
        return ()
    from channels.design.theme import theme_faults  # noqa: PLC0415 (a parser of CSS: 10 ms, for a theme alone)

    return theme_faults(document, "print", TOKENS.read_text(encoding="utf-8") + _brand_on_paper(document))
