"""A file belongs to a list of ours by what it is, and not by words that somebody wrote somewhere in it."""

from __future__ import annotations

import pytest

from catalogue.generator import GENERATOR, names_us

META = f'<meta name="generator" content="{GENERATOR}">'
FEED = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{}<title>T</title>'


@pytest.mark.parametrize(
    "begin",
    [
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{META}<title>Publications</title>",
        f"<!DOCTYPE html>\n<html>\n<head>\n<!-- by hand -->\n<META CONTENT='{GENERATOR}' NAME=generator>",
        f"/* {GENERATOR}: the list of publications */\nbody {{}}",
        FEED.format(f"<generator>{GENERATOR}</generator>"),
        f'<?xml version="1.0"?><rss><channel><generator>{GENERATOR}</generator><ti',
    ],
)
def test_what_a_build_has_made_is_known(begin: str) -> None:
    assert names_us(begin.encode())


@pytest.mark.parametrize(
    "begin",
    [
        "",
        f"<!DOCTYPE html><html><head><!-- {META} --><title>Mine</title>",
        f"<!DOCTYPE html><html><head><!-- {META}",
        f"<!DOCTYPE html><html><head><title>{META}</title>",
        f"<!DOCTYPE html><html><head><script>let list = '{META}'</script>",
        f"<!DOCTYPE html><html><body><textarea>{META}</textarea>",
        f"<!DOCTYPE html><html><body>{META.replace('<', '&lt;')}",
        f"<!DOCTYPE html><html><head>{META.replace(GENERATOR, GENERATOR + ' 2')}",
        f"/* mine */\n/* {GENERATOR}: the list of publications */",
        f"body {{}} /* {GENERATOR}: the list of publications */",
        FEED.format(f"<!-- <generator>{GENERATOR}</generator> -->"),
        FEED.format(f"<entry><content><x><generator>{GENERATOR}</generator></x></content></entry>"),
        FEED.format(f"<title>&lt;generator>{GENERATOR}&lt;/generator></title>"),
        f"words with <generator>{GENERATOR}</generator>",
    ],
)
def test_what_only_speaks_of_it_is_somebody_elses(begin: str) -> None:
    assert not names_us(begin.encode())
