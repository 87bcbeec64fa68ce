"""WeasyPrint sees only what it is given, and each of its warnings stops the build."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from weakref import ref

import pytest

from channels.design import FONTS
from channels.design.typeface import FAMILY, embed, files_of_family, rules
from channels.pdf.engine import SETS_OF_FONTS, SHEETS, Typesetter, read_style
from channels.pdf.images import image_files
from channels.pdf.weasyprint_parts import Page
from model.errors import RenderError
from publish.cache_key import code_of
from tests.channels.pdf.made import channel, from_text, publication, rendering
from tests.conftest import ROOT, demand

STRACE = shutil.which("strace")
FACE = 'html { font-family: "Atkinson Hyperlegible Next" }'
PAGE = '<html lang="en"><title>Test</title><body>{}'


def draw(body: str, css: str = FACE, images: dict[str, Path] | None = None) -> bytes:
    typesetter = Typesetter(PAGE.format(body), css, images or {})
    return typesetter.draw(typesetter.lay_out(12)).data


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/picture.png",
        "http://example.org/picture.png",
        "file:///etc/hostname",
        "image:../../secret.png",
        "image:0/../../secret.png",
        "picture.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://example.org/picture.png",
    ],
)
def test_no_file_and_no_address_is_read_but_what_is_listed(address: str) -> None:
    with pytest.raises(RenderError):
        draw(f'<p><img src="{address}" alt="x">')


def test_a_style_cannot_reach_outside_either() -> None:
    for css in ('@import "https://example.org/x.css";', "p { background: url(file:///etc/hostname) }"):
        with pytest.raises(RenderError):
            draw("<p>words", FACE + css)


def test_a_listed_image_is_drawn_and_what_it_links_to_is_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.svg", tmp_path / "bad.svg"
    good.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    bad.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        '<image xlink:href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    assert draw('<p><img src="image:0" alt="x">', images={"0": good})
    with pytest.raises(RenderError):
        draw('<p><img src="image:0" alt="x">', images={"0": bad})


def test_an_image_that_has_become_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "publication"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    for name in ("inside", "linked"):
        (folder / "images" / f"{name}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    figures = "\n".join(
        f"  - {{ type: figure, image: images/{name}.svg, alternative: A square of one colour }}"
        for name in ("inside", "linked")
    )
    document = from_text(
        folder,
        "title: Test page\nsummary: A page for tests that shows two images, one of them not its own.\nlanguage: en\n"
        f"publisher: {{ name: Tests }}\nstatus: current\nintroduction:\n{figures}\n"
        "sections:\n  - { id: words, title: Words, blocks: [Some words.] }\n",
    )
    (folder / "images" / "linked.svg").unlink()
    (folder / "images" / "linked.svg").symlink_to(tmp_path / "secret.svg")
    assert [path.name for path in image_files(document).values()] == ["inside.svg"]
    with pytest.raises(RenderError):
        channel().render(document, {})


def test_the_collector_rests_while_pages_are_laid_out_and_works_again_after_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bool] = []

    def render(page: Page, **_: object) -> None:
        seen.append(gc.isenabled())
        raise RenderError("no")

    monkeypatch.setattr(Page, "render", render)
    with pytest.raises(RenderError):
        Typesetter('<html lang="en"><title>x</title><body>x', "", {}).lay_out(12)
    assert seen == [False]
    assert gc.isenabled()


def test_every_warning_is_an_error() -> None:
    for _ in range(2):  # a file is kept once it was read, but not if it had a fault
        with pytest.raises(RenderError, match="unknown property"):
            draw("<p>words", FACE + "p { colour: red }")
    with pytest.raises(RenderError, match=r"U\+1781"):
        draw("<p>a character ខ")
    with pytest.raises(RenderError, match="#nowhere"):
        draw('<p><a href="#nowhere">words</a>')


@pytest.mark.parametrize("name", ["seed", "everything"])
def test_the_short_sheet_of_elements_draws_what_the_engines_own_would(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`everything` has each kind of block. A kind that the sheet forgets would be drawn differently."""
    short = {file.path: file.data for file in rendering(name).files}
    import weasyprint  # noqa: PLC0415, after our engine, which it must not come before
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415

    own = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text(encoding="utf-8")
    counting = CounterStyle()
    sheet = weasyprint.CSS(string=own, counter_style=counting)
    monkeypatch.setattr(Page, "_ua_stylesheets", lambda *_: [sheet])
    monkeypatch.setattr(Page, "_ua_counter_style", lambda _: [counting.copy()])
    full = channel().render(publication(name), {}).files
    assert [file.path for file in full if file.data != short[file.path]] == []


def test_only_the_shipped_fonts_can_be_used() -> None:
    """A typeface that every Linux has is not found, and our own takes its place."""
    for family in ("DejaVu Sans", "sans-serif", "Liberation Sans", "monospace"):
        content = draw("<p>words", f'html {{ font-family: "{family}" }}')
        assert b"Atkinson" in content
        assert b"DejaVu" not in content


def test_a_publishers_typeface_sets_no_other_publishers_words() -> None:
    """A process lays out one after the other."""
    assert b"Publisher-Type" in draw("<p>words", in_noto_sans(FAMILY))
    assert b"Publisher-Type" not in draw("<p>words", 'html { font-family: "sans-serif" }')


def in_noto_sans(family: str) -> str:
    """A style sheet that brings a typeface by a name of its own, and sets the text in it."""
    faces = rules(family, {400: embed(files_of_family("Noto Sans")[0].read_bytes())}, "truetype")
    return f'{faces} html {{ font-family: "{family}" }}'


def test_a_process_keeps_the_last_sheets_and_fonts_and_reads_older_ones_again() -> None:
    """A text that is being laid out keeps its own."""
    typesetter = Typesetter(PAGE.format("<p>words"), in_noto_sans(FAMILY), {})
    fonts = ref(typesetter._font_config)
    for number in range(SETS_OF_FONTS):
        read_style(in_noto_sans(f"{FAMILY} {number}"))
    for number in range(SHEETS):
        read_style(f"p {{ margin: {number}px }}")
    assert b"Publisher-Type" in typesetter.draw(typesetter.lay_out(12)).data
    del typesetter
    gc.collect()
    assert fonts() is None
    assert b"Publisher-Type" in draw("<p>words", in_noto_sans(FAMILY))


def test_the_fonts_stand_beside_their_licence() -> None:
    assert {path.name for path in FONTS.iterdir()} >= {
        *("AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Bold.ttf", "OFL.txt", "fonts.conf"),
        *("PaperCompanion-Regular.ttf", "PaperCompanion-Bold.ttf", "PlainNought-Bold.ttf", "FONTLOG.txt"),
    }


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_engine_starts_no_other_program_and_leaves_the_environment_alone() -> None:
    code = (
        "import os, subprocess, sys, json, ctypes.util\n"
        "started = []\n"
        "sys.addaudithook(lambda event, args: started.append(str(args)) "
        "if event in ('subprocess.Popen', 'os.posix_spawn', 'os.system', 'os.exec') else None)\n"
        "before, find = dict(os.environ), ctypes.util.find_library\n"
        "import channels.pdf.engine\n"
        "print(json.dumps([started, before == dict(os.environ), find is ctypes.util.find_library]))\n"
    )
    assert json.loads(run(code)) == [[], True, True]


@pytest.mark.parametrize(
    ("breaking", "reason"),
    [
        ("cffi.FFI.dlopen = lambda *_: (_ for _ in ()).throw(OSError('no libpango-1.0.so.0'))", "no libpango-1.0.so.0"),
        ("sys.modules['weasyprint'] = None", "import of weasyprint halted"),
    ],
)
def test_an_engine_that_is_not_there_is_a_missing_tool(breaking: str, reason: str) -> None:
    """A worker reports it as a fault of the run, with what to do, and goes on."""
    code = (
        "import sys, cffi, os, ctypes.util\n"
        "from model.errors import ToolMissing\n"
        "from tests.channels.pdf.made import channel, publication\n"
        f"find = ctypes.util.find_library\n{breaking}\n"
        "try:\n    channel().render(publication('seed'), {})\n"
        "except ToolMissing as error:\n    print(error, error.hint, find is ctypes.util.find_library)\n"
    )
    [said] = run(code).splitlines()
    assert said.startswith("WeasyPrint cannot be loaded: ")
    assert reason in said
    assert said.endswith("Run `make`, which installs it. True")


def test_the_way_to_subset_a_font_that_is_left_out_is_missed_by_name() -> None:
    """The other ways to subset find what it would have done."""
    code = (
        "import weasyprint.pdf.fonts, fontTools.subset\n"
        "from model.errors import ToolMissing\n"
        "from tests.channels.pdf.test_engine import draw\n"
        "weasyprint.pdf.fonts.harfbuzz_subset = None\n"
        "try:\n    draw('<p>words')\n"
        "except ToolMissing as error:\n    print(error, fontTools.subset.Options.__name__)\n"
    )
    assert run(f"import channels.pdf.engine\n{code}") == "HarfBuzz's library to subset fonts cannot be loaded Options\n"


def test_planning_imports_no_engine() -> None:
    """Every run asks every publication for `inputs` and `fingerprint`."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from channels.base import Settings\n"
        "from channels.pdf.render import PdfChannel\n"
        "from reader.read import read\n"
        "channel = PdfChannel(Settings(), None)\n"
        "channel.fingerprint()\n"
        "channel.inputs(read(Path('source/drug-related-crime/en.yaml')).document)\n"
        "print(sorted(set(sys.modules) & {'weasyprint', 'fontTools', 'tinycss2', 'pikepdf', 'segno', 'jinja2'}))\n"
    )
    assert run(code).strip() == "[]"


def test_what_the_channel_is_made_of_is_its_code_and_needs_no_listing() -> None:
    """Recipes hash the channel's own folder, and what it imports of channels/elements."""
    code = {path for _, path in code_of("channels.pdf.render")}
    own = ROOT / "channels" / "pdf"
    parts = (*own.glob("templates/*"), *own.glob("styles/*"), *own.glob("*.py"))
    assert code >= {path for path in parts if path.is_file()}
    assert code >= {ROOT / "channels" / "elements" / name for name in ("blocks.py", "charts.py", "inlines.py")}
    assert not code & set(channel().inputs(publication("everything")))


def test_inputs_are_files_that_exist_and_a_fingerprint_names_the_versions() -> None:
    inputs = channel().inputs(publication("everything"))
    assert all(path.is_file() for path in inputs)
    assert {"tokens.css", "PaperCompanion-Bold.ttf", "fonts.conf", "route.svg", "stripes.png"} <= {
        path.name for path in inputs
    }
    fingerprint = channel().fingerprint()
    assert "weasyprint=70.0" in fingerprint
    assert "unknown" not in fingerprint


def test_fonts_are_read_without_a_cache_in_somebodys_home(tmp_path: Path) -> None:
    """fontconfig keeps one in the first of its folders that it may write to; there is none."""
    code = "from channels.pdf.engine import Typesetter as T; T('<html lang=\"en\"><body>Words', '', {}).lay_out(12)"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    log = tmp_path / "calls"
    demand(STRACE, "strace is not installed")
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=openat,mkdir", "-o", str(log)]
    subprocess.run([*traced, sys.executable, "-c", code], cwd=ROOT, env=home, check=True, timeout=120)
    calls = log.read_text().splitlines()
    assert [call for call in calls if "cache/fontconfig" in call] == [], "one that is there is written anew in time"
    assert [path for path in tmp_path.iterdir() if path != log] == []
