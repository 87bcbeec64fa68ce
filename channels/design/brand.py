"""A publisher's brand to what channels show of it: the files of the logo, its element, and its colours as CSS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from markupsafe import Markup

from channels.design import fonts_of_cover
from channels.design.typeface import paper_type
from channels.elements.escape import fill
from model.diagnostics import Diagnostic
from model.document import Document, Logo
from model.traverse import text_of

Ground = Literal["light", "dark"]
Medium = Literal["page", "print"]
TOKENS: Final = Path(__file__).parent / "tokens.css"


def logo_files(document: Document) -> dict[str, Path]:
    """The files of the publisher's logo, each by its name in an edition."""
    logo = document.publisher.logo
    if logo is None:
        return {}
    folder = Path(document.mark.file).parent
    return {name: folder / image for name, image in _images(logo).items()}


def files_of_cover(document: Document) -> tuple[Path, ...]:
    """The files that a recording's cover is drawn with."""
    return (*fonts_of_cover(), *logo_files(document).values())


def logo_for(document: Document, ground: Ground) -> tuple[Path, bool]:
    """The file of the publisher's logo for a ground, and whether a light plate has to stand behind it there. Raises
    ValueError where the publisher has none."""
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
    """The publisher's logo for a ground, as an element of the class "logo" and `more`; on a dark ground a plate stands
    behind a logo that has no version for it. `source` is the address of a file by its name in an edition."""
    logo = document.publisher.logo
    if logo is None:
        return Markup("")
    plate = " plate" if _needs_plate(logo, ground) else ""
    element = '<img class="logo{}{}" src="{}" alt="{}" width="{}" height="{}">'
    return fill(element, plate, more, source(_name(logo, ground)), logo.alternative, logo.width, logo.height)


def says_the_name(document: Document) -> bool:
    """Whether the logo's alternative has the publisher's name in it: then the name need not stand beside it."""
    logo = document.publisher.logo
    return logo is not None and text_of(document.publisher.name.inlines).lower() in logo.alternative.lower()


def paper_tokens(document: Document) -> dict[str, str]:
    """The tokens that follow from the publisher's colours, for light grounds and paper; none without any."""
    colours = document.publisher.colours
    if colours is None:
        return {}
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms of colour spaces, which most pages never pay)

    return {name.removeprefix("--"): value for name, value in scheme(colours.brand, colours.accent).light.items()}


def paper_css(document: Document) -> str:
    """The colours, the logo's space, the typeface and the publisher's own style sheet for paper."""
    return _brand_on_paper(document) + theme_css(document, "print")


def _brand_on_paper(document: Document) -> str:
    colours = document.publisher.colours
    own = _space(document) + paper_type(document)
    if colours is None:
        return own
    from channels.design.scheme import root_rule, scheme  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return root_rule(scheme(colours.brand, colours.accent).light) + own


def screen_css(document: Document) -> str:
    """The colours for screens, light and dark, and the logo's space. Print and forced colours win over them."""
    colours = document.publisher.colours
    if colours is None:
        return _space(document)
    from channels.design.scheme import screen_rules  # noqa: PLC0415 (100 ms, as in paper_tokens)

    rules = screen_rules(colours.brand, colours.accent) + _space(document)
    if document.publisher.logo is not None and head_ground(document) == "light":
        plate = f"background: #fff; border-radius: var(--radius); margin: 0; padding: {_clear(document)}"
        rules += f" @media screen and (prefers-color-scheme: dark) {{ .masthead .logo {{ {plate}; }} }}"
    return rules


def head_ground(document: Document) -> Ground:
    """What the publisher's logo stands on in a page's header, by day: a pale brand is light. In the dark scheme
    the header is dark, and a plate stands behind a logo that is for light grounds."""
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
    """What the summary says of the publisher's colours that cannot serve for something, and what stands there."""
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
    """The colour of the page's header, for a browser's frame."""
    colours = document.publisher.colours
    if colours is None:
        return "#00343d"
    from channels.design.scheme import scheme  # noqa: PLC0415 (100 ms, as in paper_tokens)

    return scheme(colours.brand, colours.accent).light["--head"]


def _space(document: Document) -> str:
    """What is kept free around the logo: its height in an edition is 1em of its own."""
    logo = document.publisher.logo
    if logo is None:
        return ""
    space = _clear(document)
    return f" .logo {{ margin: {space}; }} .logo.plate {{ margin: 0; padding: {space}; }}"


def _clear(document: Document) -> str:
    """The space kept free around the logo."""
    logo = document.publisher.logo
    return f"{logo.clear_space if logo is not None else 0:g}em"


# ---------------------------------------------------------------------------------------------------- themes


def theme_file(document: Document, medium: Medium) -> Path | None:
    """The publisher's style sheet for a medium."""
    styles = document.publisher.styles
    name = getattr(styles, medium) if styles is not None else None
    return Path(document.mark.file).parent / name if name else None


def theme_css(document: Document, medium: Medium) -> str:
    """The same as text, to stand after all of ours, for paper without what is for screens alone; "" without one."""
    file = theme_file(document, medium)
    if file is None:
        return ""
    css = file.read_text(encoding="utf-8")
    if medium == "print":
        from channels.design.theme import for_paper  # noqa: PLC0415 (a parser of CSS: 10 ms, for a theme alone)

        css = for_paper(css)
    return f"\n{css}"


def theme_files(document: Document) -> tuple[Path, ...]:
    """The publisher's style sheets."""
    files = (theme_file(document, "page"), theme_file(document, "print"))
    return tuple(file for file in files if file is not None)


def print_theme_faults(document: Document) -> tuple[Diagnostic, ...]:
    """What is wrong with the publisher's own style sheet for print."""
    if theme_file(document, "print") is None:
        return ()
    from channels.design.theme import theme_faults  # noqa: PLC0415 (a parser of CSS: 10 ms, for a theme alone)

    return theme_faults(document, "print", TOKENS.read_text(encoding="utf-8") + _brand_on_paper(document))
