"""Reading along marks the right sentence, keeps it in view, and plays a sentence that is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from languages.humanize import length_in_words
from tests.channels.html.conftest import Visiting
from tests.channels.html.folders import document
from tests.channels.html.recordings import PAUSE, SPOKEN, clips_of, recording_of
from tests.channels.html.tools import Visit, slow_down, until

GOOD = ("seed", "everything")
AUDIO = "document.querySelector('audio')"
MARKED = """([...(CSS.highlights.get('reading') ?? [])].map(range => range.startContainer)[0]
  ?? document.querySelector('.reading-now'))?.id"""
PLAYING = f"!{AUDIO}.paused && {AUDIO}.currentTime > 0"
SEEK = f"""async ([times, wanted, patience]) => {{
  const audio = {AUDIO}, marks = [];
  const event = (name) => new Promise(go => audio.addEventListener(name, go, {{once: true}}));
  if (!audio.readyState) {{ audio.load(); await event("loadedmetadata"); }}
  const pause = (time) => new Promise(go => setTimeout(go, time));
  for (const [number, time] of times.entries()) {{
    const sought = event("seeked");
    audio.currentTime = time;
    await sought;
    await pause(30);
    for (const late = Date.now() + patience; {MARKED} != wanted[number] && Date.now() < late;) await pause(20);
    marks.push({MARKED});
  }}
  return marks;
}}"""


def marks_at(visit: Visit, times: list[float], wanted: list[str | None], patience: float = 3) -> list[str | None]:
    """The marked sentence for each of `times` in the recording. The browser reports the time to the page when it
    gets round to it, so a mark that is not as `wanted` has `patience` seconds to become so."""
    marks: list[str | None] = visit.page.evaluate(SEEK, [times, wanted, patience * 1000])
    return marks


@pytest.fixture
def reading(visiting: Visiting) -> Iterator[Visit]:
    """The seed page, ready for listening."""
    with visiting("seed", height=600) as visit:
        yield visit


@pytest.mark.parametrize("name", GOOD)
def test_at_every_sentence_the_mark_is_on_that_sentence(visiting: Visiting, name: str) -> None:
    """Checked a tenth of a second after the sentence begins, and a tenth before it ends."""
    clips = clips_of(document(name))
    ends = (0.1, SPOKEN - 0.1) if name == "seed" else (0.1,)
    times = [clip.begin + after for clip in clips for after in ends]
    wanted = [clip.id for clip in clips for _ in ends]
    with visiting(name) as visit:
        assert marks_at(visit, times, [*wanted]) == wanted


def test_a_wrong_track_is_noticed(visiting: Visiting, server: str) -> None:
    """The test above fails if the cues are late."""
    with visiting("seed-alone") as visit:
        visit.page.route(
            "**/read-along.*.vtt", lambda route: route.fulfill(body=late(route.fetch().text()), content_type="text/vtt")
        )
        visit.page.goto(f"{server}/seed/index.html")
        clips = clips_of(document("seed"))
        wanted = [clip.id for clip in clips[1:5]]
        marks = marks_at(visit, [clip.begin + 0.1 for clip in clips[1:5]], [*wanted], patience=0.5)
    assert marks != wanted


def late(cues: str) -> str:
    """The cues, each one second later."""
    return re.sub(r"00:(\d\d)\.", lambda match: f"00:{int(match[1]) + 1:02}.", cues)


def test_a_click_on_a_sentence_plays_from_there_and_another_pauses(reading: Visit) -> None:
    """Clicked with the pointer."""
    clips = {clip.id: clip for clip in clips_of(document("seed"))}
    sentence = reading.page.locator("#drug-interventions-programme p .s").first
    id = sentence.get_attribute("id") or ""
    sentence.click()
    reading.page.wait_for_timeout(200)
    assert reading.page.evaluate(f"{AUDIO}.paused"), "a stray click, before the visitor listens, does not speak"
    reading.page.locator("#listen > summary").click()
    slow_down(reading)
    sentence.click()
    until(reading, PLAYING)
    now = reading.page.evaluate(f"{AUDIO}.currentTime")
    assert clips[id].begin <= now < clips[id].begin + SPOKEN + PAUSE
    until(reading, MARKED)
    marked = reading.page.evaluate(MARKED)
    reading.page.locator(f"#{marked}").click()
    until(reading, f"{AUDIO}.paused")


def test_a_click_on_a_link_follows_the_link(reading: Visit) -> None:
    """It does not start to speak."""
    reading.page.locator(".contents a").first.click()
    assert reading.page.evaluate(f"{AUDIO}.paused")
    assert reading.page.url.endswith("#tackling-drug-related-crime")


def test_a_sentence_is_chosen_by_keyboard(reading: Visit) -> None:
    """Arrows move, Enter plays from there and pauses again, Escape pauses and leads back, as the help says. Before
    and after that, no sentence is a stop of Tab, so screen readers leave them alone, too."""
    clips = clips_of(document("seed"))
    slow_down(reading)
    reading.page.locator("#listen > summary").click()
    assert reading.page.locator("main .s[tabindex]").count() == 0
    reading.page.locator("#listen-choose").focus()
    reading.page.keyboard.press("Enter")
    assert reading.page.locator("#listen-choose").get_attribute("aria-pressed") == "true"
    for key in ("ArrowDown", "Tab", "ArrowUp", "ArrowDown", "ArrowDown", "Tab"):
        reading.page.keyboard.press(key)
    assert reading.page.evaluate("document.activeElement.id") == clips[4].id
    assert reading.measure("focus") == []
    reading.page.keyboard.press("Enter")
    until(reading, PLAYING)
    assert reading.page.evaluate(f"{AUDIO}.currentTime") >= clips[4].begin
    until(reading, f"{MARKED} === '{clips[4].id}'")
    reading.page.keyboard.press("Enter")
    until(reading, f"{AUDIO}.paused")
    reading.page.keyboard.press("Enter")
    until(reading, PLAYING)
    reading.page.keyboard.press("Escape")
    until(reading, f"{AUDIO}.paused")
    assert reading.page.evaluate("document.activeElement.id") == "listen-choose"
    assert reading.page.locator("main .s[tabindex]").count() == 0


def test_nothing_is_announced_while_it_is_read(looking: Visiting) -> None:
    """The recording and a screen reader do not speak at the same time: there is no live region, and the help is only
    on its button."""
    with looking("seed") as visit:
        assert visit.page.locator("[aria-live], [role=status], [role=alert]").count() == 0
        assert visit.page.locator("[aria-describedby=listen-help]").count() == 1


def test_the_sentence_being_read_is_kept_in_view(reading: Visit) -> None:
    """It is kept in view unless the visitor says no."""
    clips = clips_of(document("seed"))
    far = clips[len(clips) - 8]
    for wanted in (False, True):
        reading.page.evaluate(f"document.getElementById('listen-follow').checked = {str(wanted).lower()}")
        reading.page.evaluate(f"const a = document.querySelector('audio'); a.currentTime = {far.begin}; a.play()")
        if wanted:
            until(reading, "scrollY > 200")
        else:
            until(reading, f"{AUDIO}.currentTime > {far.begin + SPOKEN}")
            assert reading.page.evaluate("scrollY") == 0
        reading.page.evaluate(f"{AUDIO}.pause()")


def test_following_waits_when_the_reader_goes_elsewhere_and_offers_to_go_back(reading: Visit) -> None:
    """After a turn of the wheel the page stays where it was put, and a button brings the sentence back."""
    reading.page.evaluate(f"{AUDIO}.playbackRate = 0.5")
    reading.page.evaluate(
        f"const a = document.querySelector('audio'); a.currentTime = {clips_of(document('seed'))[20].begin}; a.play()"
    )
    until(reading, "scrollY > 200")
    assert reading.page.locator(".rejoin").is_hidden()
    reading.page.wait_for_timeout(600)
    reading.page.mouse.wheel(0, -5000)
    until(reading, "scrollY === 0")
    now = reading.page.evaluate(MARKED)
    until(reading, f"({MARKED} ?? '{now}') !== '{now}'")
    reading.page.wait_for_timeout(300)
    assert reading.page.evaluate("scrollY") == 0
    reading.page.locator(".rejoin").click()
    until(reading, "scrollY > 200")
    assert reading.page.locator(".rejoin").is_hidden()


def test_a_double_click_selects_a_word_and_does_not_jump(reading: Visit) -> None:
    """This is the usual effect of a double click."""
    reading.page.locator("#listen > summary").click()
    reading.page.clock.install()
    reading.page.clock.pause_at(reading.page.evaluate("Date.now()") + 1000)  # a busy machine clicks slowly
    reading.page.locator("#drug-interventions-programme p .s").first.dblclick(position={"x": 20, "y": 10})
    reading.page.clock.run_for(500)
    assert reading.page.evaluate(f"{AUDIO}.paused")
    assert reading.page.evaluate("getSelection().toString().trim()")


def test_speed_and_the_sentences_before_and_after_are_in_sight(reading: Visit) -> None:
    """The speed ranges from 0.75 to 3, and buttons lead to the next sentence and back."""
    clips = clips_of(document("seed"))
    reading.page.locator("#listen > summary").click()
    speeds = reading.page.locator("#listen-speed option").evaluate_all("all => all.map(o => Number(o.value))")
    assert (min(speeds), max(speeds)) == (0.75, 3)
    reading.page.locator("#listen-speed").select_option("3")
    assert reading.page.evaluate(f"{AUDIO}.playbackRate") == 3
    reading.page.locator("#listen-speed").select_option("0.75")
    marks_at(reading, [clips[5].begin + 0.1], [clips[5].id])
    slow_down(reading)
    step = f"""async (id) => {{
      const audio = {AUDIO};
      const sought = new Promise(go => audio.addEventListener("seeked", go, {{once: true}}));
      document.getElementById(id).click();
      await sought;
      audio.pause();
      return audio.currentTime;
    }}"""
    assert reading.page.evaluate(step, "listen-next") == pytest.approx(clips[6].begin, abs=0.2)
    marks_at(reading, [clips[6].begin + 0.1], [clips[6].id])
    assert reading.page.evaluate(step, "listen-previous") == pytest.approx(clips[5].begin, abs=0.2)


SPEEDS = f"[document.getElementById('listen-speed').value, {AUDIO}.playbackRate, {AUDIO}.defaultPlaybackRate]"
REFUSED = "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"


def choose_speed(visit: Visit, speed: str) -> None:
    """Opens the player and chooses a speed."""
    visit.page.locator("#listen").evaluate("details => details.open = true")
    visit.page.locator("#listen-speed").select_option(speed)


def test_a_chosen_speed_is_kept_within_the_visit(visiting: Visiting, server: str) -> None:
    """It is kept on this page and on others, also when going back, but not in another tab. The sound really has it.
    Nothing is sent to the server, and nothing else is stored."""
    with visiting("seed") as visit:
        choose_speed(visit, "1.5")
        visit.page.goto(f"{server}/everything/index.html")
        assert visit.page.evaluate(SPEEDS) == ["1.5", 1.5, 1.5]
        choose_speed(visit, "0.75")
        visit.page.go_back()
        until(visit, f"{SPEEDS}.join() === '0.75,0.75,0.75'")
        visit.page.reload()
        assert visit.page.evaluate(f"{AUDIO}.load(), {SPEEDS}") == ["0.75", 0.75, 0.75]
        assert visit.page.evaluate("JSON.stringify({...sessionStorage})") == '{"listen-speed":"0.75"}'
        assert visit.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
        assert [url for url in visit.requests if "0.75" in url or "speed" in url] == []
        assert visit.complaints == []
        other = visit.page.context.new_page()
        other.goto(f"{server}/seed/index.html")
        assert other.evaluate(SPEEDS) == ["1", 1, 1]


def test_a_speed_that_is_not_offered_is_not_taken(visiting: Visiting) -> None:
    """The store of a tab belongs to the whole site, so another program may have written there."""
    with visiting("seed") as visit:
        for strange in ("17", "", "fast", "1e1"):
            visit.page.evaluate("kept => sessionStorage.setItem('listen-speed', kept)", strange)
            visit.page.reload()
            assert visit.page.evaluate(SPEEDS) == ["1", 1, 1]


def test_a_speed_is_chosen_where_nothing_may_be_stored(visiting: Visiting) -> None:
    """Then it is the speed of this page. The player works, and the console stays silent."""
    with visiting("seed") as visit:
        visit.page.add_init_script(REFUSED)
        visit.page.reload()
        choose_speed(visit, "2")
        assert visit.page.evaluate(SPEEDS) == ["2", 2, 2]
        visit.page.locator("#listen-next").click()
        until(visit, PLAYING)
        visit.page.reload()
        assert visit.page.evaluate(SPEEDS) == ["1", 1, 1]
        assert visit.complaints == []


def test_a_chosen_speed_is_kept_from_a_folder(visiting: Visiting, site: Path) -> None:
    """It is kept on a page that is opened from a USB stick, too."""
    with visiting("seed", base=site.as_uri()) as visit:
        choose_speed(visit, "3")
        visit.page.reload()
        assert visit.page.evaluate(SPEEDS) == ["3", 3, 3]
        assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_in_the_marked_sentence_can_be_read_without_highlights(looking: Visiting, scheme: str) -> None:
    """A browser without Custom Highlight marks the element itself. A telephone number in it keeps its contrast."""
    with looking("everything", color_scheme=scheme) as visit:
        visit.page.locator(".contact .phone").first.evaluate("e => e.closest('.s').classList.add('reading-now')")
        faults = visit.measure("contrast", 7)
        visit.page.locator(".reading-now").evaluate("e => e.classList.remove('reading-now')")
    assert faults == []


def test_less_motion_means_no_following(visiting: Visiting) -> None:
    """Under reduced motion the page stays where it is until the visitor asks for it."""
    with visiting("seed", reduced_motion="reduce") as visit:
        assert not visit.page.locator("#listen-follow").is_checked()


def test_nothing_is_marked_while_nothing_of_the_page_is_read(reading: Visit) -> None:
    """Nothing is marked between two sentences, and during words that only the recording says."""
    clips = clips_of(document("seed"))
    times = [clips[3].begin + 0.1, clips[3].end + PAUSE / 2, clips[4].begin + 0.1, clips[-1].end + 2]
    wanted = [clips[3].id, None, clips[4].id, None]
    assert marks_at(reading, times, wanted) == wanted


def test_marking_can_be_turned_off(reading: Visit) -> None:
    """It can also be turned on again, at once."""
    third = clips_of(document("seed"))[2]
    assert marks_at(reading, [third.begin + 0.2], [third.id]) == [third.id]
    reading.page.locator("#listen > summary").click()
    reading.page.locator("#listen-mark").uncheck()
    assert not reading.page.evaluate(MARKED)
    reading.page.locator("#listen-mark").check()
    assert reading.page.evaluate(MARKED)


@pytest.mark.parametrize("name", GOOD)
def test_the_parts_are_the_tracks_of_the_recording(looking: Visiting, name: str) -> None:
    """All parts have their titles and lengths, also the last, which has no sentence on the page."""
    tracks = [file for file in recording_of(document(name)).files if file.media_type == "audio/mpeg"][1:]
    with looking(name) as visit:
        shown = visit.page.locator(".parts a").all_text_contents()
        begins = visit.page.locator(".parts a").evaluate_all("all => all.map(link => Number(link.dataset.begin))")
    words = document(name).words
    assert shown == [f"{file.title} ({length_in_words(file.seconds or 0, words)})" for file in tracks]
    lengths = [file.seconds or 0 for file in tracks]
    assert begins == pytest.approx([sum(lengths[:number]) for number in range(len(lengths))])


def test_a_sentence_that_a_screen_reader_activates_is_played(reading: Visit) -> None:
    """A screen reader clicks without a pointer and keeps Enter for itself. That plays the sentence, too."""
    reading.page.locator("#listen > summary").click()
    reading.page.locator("#listen-choose").click()
    sentence = reading.page.locator("main p .s").nth(3)
    sentence.evaluate("e => e.click()")
    until(reading, PLAYING)
    until(reading, f"({MARKED}) === '{sentence.get_attribute('id')}'")


def test_parts_jump_to_their_place(reading: Visit) -> None:
    """They jump within the player above, not to a file of their own."""
    reading.page.locator("#listen > summary").click()
    reading.page.locator(".parts summary").click()
    part = reading.page.locator(".parts a").nth(2)
    part.click()
    until(reading, PLAYING)
    begin = float(part.get_attribute("data-begin") or 0)
    assert begin > 0
    assert reading.page.evaluate(f"{AUDIO}.currentTime") >= begin
