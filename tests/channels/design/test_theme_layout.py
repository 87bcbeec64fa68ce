"""A theme that would push words out of a narrow window, cut them off or lay them over others gives a warning. A good
theme does not."""

from __future__ import annotations

import pytest
import tinycss2

from channels.design.theme_layout import is_for_wide_windows, what_would_not_fit

WIDE = "theme-width"
CUTS = "theme-cuts"
OVER = "theme-overlaps"


def codes(rule: str, *, wide: bool = False) -> set[str]:
    parsed = tinycss2.parse_one_rule(rule)
    selector = tinycss2.serialize(parsed.prelude).strip()
    parts = tinycss2.parse_blocks_contents(parsed.content, skip_whitespace=True)
    found = [said for part in parts for said in what_would_not_fit(selector, part, wide=wide)]
    assert all(said and hint for _, said, hint in found)
    return {code for code, _, _ in found}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("main { width: 20cm }", WIDE),
        ("main { min-inline-size: 30rem }", WIDE),
        ("main { width: max(10%, 400px) }", WIDE),
        ("main { width: clamp(20rem, 50%, 40rem) }", WIDE),
        ("main { width: 100vw }", WIDE),
        ("main { width: 120% }", WIDE),
        ("aside { flex: 0 0 400px }", WIDE),
        (".contents { grid-template-columns: 12rem 12rem }", WIDE),
        (".contents { grid-template-columns: repeat(3, minmax(8rem, 1fr)) }", WIDE),
        ("h1 { white-space: nowrap }", WIDE),
        ("h1 { text-wrap: nowrap }", WIDE),
        ("pre { white-space: pre }", WIDE),
        ("body { overflow-wrap: normal }", WIDE),
        ("p { overflow-x: clip }", CUTS),
        ("p { text-overflow: ellipsis }", CUTS),
        ("p { -webkit-line-clamp: 3 }", CUTS),
        ("p { clip-path: circle(50%) }", CUTS),
        ("h2 { height: 2rem }", CUTS),
        ("h2 { max-block-size: 40px }", CUTS),
        ("p { line-height: 0.8 }", CUTS),
        ("p { line-height: 14px }", CUTS),
        ("p { margin-left: -3rem }", OVER),
        ("h1 { letter-spacing: -0.3em }", OVER),
        ("h1 { text-indent: -9999px }", OVER),
        ("p { position: absolute }", OVER),
        ("p { inset-block-start: calc(-1 * 2rem); margin-top: -1px }", OVER),
        ("p { transform: translateX(50%) }", OVER),
    ],
)
def test_what_would_not_fit_is_warned_of(rule: str, code: str) -> None:
    assert code in codes(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "main { max-width: 60rem; width: min(100%, 60rem); margin: 0 auto; padding: 2rem }",
        "h1 { font-size: 3rem; line-height: 1.1; letter-spacing: 0.01em; text-transform: none }",
        ".logo { height: 3rem; width: 8rem }",
        "img { max-width: 100%; height: 12rem }",
        "h2::before { position: absolute; width: 4px; height: 1em }",
        "p { white-space: pre-wrap; overflow: auto; line-height: 1.6; min-height: 3rem }",
        ".contents { grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)) }",
        "aside { flex: 1 1 12rem; inline-size: calc(100% - 20rem) }",
        "p { transform: none; margin: 0 0 1em; height: auto }",
    ],
)
def test_a_theme_that_yields_to_its_window_is_not(rule: str) -> None:
    assert codes(rule) == set()


def test_what_holds_in_wide_windows_alone_may_be_wide() -> None:
    assert codes("main { width: 60rem; white-space: nowrap }", wide=True) == set()
    assert codes("main { overflow: hidden }", wide=True) == {CUTS}, "letters may be large there, too"


@pytest.mark.parametrize(
    ("query", "wide"),
    [
        ("(min-width: 48rem)", True),
        ("screen and (width >= 640px)", True),
        ("(min-width: 10rem)", False),
        ("(max-width: 48rem)", False),
        ("(width <= 48rem)", False),
        ("(prefers-color-scheme: dark)", False),
    ],
)
def test_a_query_for_wide_windows_is_known(query: str, wide: bool) -> None:
    assert is_for_wide_windows(query) is wide
