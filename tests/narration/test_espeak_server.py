"""The process for espeak-ng's library gives the program's own samples or an error, never leaves the other end
waiting, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from channels.base import Settings
from model.errors import PipelineError, ToolMissing, VoiceError
from narration.script import script
from narration.voices import espeak as espeak_voice
from narration.voices import espeak_server, program
from narration.voices.base import Sound, longest
from narration.voices.espeak import RATE, Espeak
from narration.voices.speaking_process import SpeakingProcess
from tests.conftest import ROOT

SPEAKER = Path(espeak_server.__file__)


@pytest.mark.parametrize("publication", ["seed", "everything"])
def test_the_library_gives_the_very_samples_of_the_program(
    publication: str, espeak: str, request: pytest.FixtureRequest
) -> None:
    said = [utterance.words for utterance in script(request.getfixturevalue(publication), Settings())]

    def by_program(words: str) -> Sound:
        for pattern, respelt in espeak_voice.RESPELT:
            words = pattern.sub(respelt, words)
        command = [espeak, "-v", "gmw/en", "-s", str(RATE), "-b", "1", "--stdin", "--stdout"]
        return program.wave(program.run(command, f"{words}\n".encode(), 10 + longest(words)), words)

    with ThreadPoolExecutor(Espeak.at_once) as pool:
        heard = list(pool.map(lambda words: Espeak().speak(words, "en"), said))
        assert heard == list(pool.map(by_program, said))


def test_one_process_speaks_for_all_that_follows(espeak: str) -> None:
    assert {_pid_after("One."), _pid_after("Two."), _pid_after("Three.")} == {_pid_after("Four.")}


def test_another_language_has_a_voice_and_a_process_of_its_own(espeak: str) -> None:
    english, welsh = Espeak().speak("Mae hi yn braf.", "en"), Espeak().speak("Mae hi yn braf.", "cy")
    assert english.pcm != welsh.pcm and welsh.seconds > 0.5
    assert _spoken("cel/cy").process.pid != _spoken("gmw/en").process.pid


def test_a_voice_that_is_not_there_is_an_error_and_not_another_voice(espeak: str) -> None:
    with pytest.raises(VoiceError, match="cannot read its voice xx"):
        Espeak().speak("words", "xx")


# ---------------------------------------------------------------------------------------------------- what goes wrong


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return StandIn(tmp_path, monkeypatch)


class StandIn:
    """Another program in place of the speaker, which may begin with the speaker's own parts."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch

    def does(self, body: str) -> None:
        own = self.folder / "stand_in.py"
        begin = f"import os, sys, time; sys.path.insert(0, {str(SPEAKER.parent)!r}); import espeak_server\n"
        own.write_text(f"{begin}{body}\n", encoding="utf-8")
        self.monkeypatch.setattr(espeak_voice, "SPEAKER", own)
        self.monkeypatch.setattr(espeak_voice._speakers, "by_voice", {})

    def has_library(self, synth: str) -> None:
        """Gives it a library whose voice is `synth`, the body of a function in which `hear` is the callback."""
        self.does(
            "silence = espeak_server.ctypes.create_string_buffer(2000)\n"
            "class Library:\n"
            "    def __init__(self, name): pass\n"
            "    def espeak_Initialize(self, *_): return 8000\n"
            "    def espeak_SetVoiceByName(self, name): return 0\n"
            "    def espeak_SetParameter(self, *_): return 0\n"
            "    def espeak_SetSynthCallback(self, hear): self.hear = hear\n"
            "    def espeak_Synth(self, words, *_):\n"
            f"        hear = self.hear; {synth}\n"
            "espeak_server.ctypes.CDLL = Library\n"
            "sys.exit(espeak_server.main(*sys.argv[1:]))"
        )


SAMPLES = "espeak_server.ctypes.addressof(silence)"


def test_what_is_heard_comes_back(stand_in: StandIn) -> None:
    stand_in.has_library(f"[hear({SAMPLES}, 1000, None) for _ in range(8)]; hear(None, 0, None); return 0")
    assert Espeak().speak("some words", "en") == Sound(pcm=bytes(16000), rate=8000)


@pytest.mark.parametrize(
    ("synth", "says"),
    [
        ("os.abort()", "failed at “some words”"),
        ("return 1", "failed at “some words”"),
        ("raise MemoryError", "failed at “some words”"),
        (f"hear({SAMPLES}, 1000, None); os._exit(0)", "failed at “some words”"),
        ("return 0", "no sound came back for “some words”"),
        (f"while not hear({SAMPLES}, 1000, None): pass\n        return 0", "1. seconds of sound came back"),
    ],
)
def test_an_utterance_that_fails_is_an_error_which_the_next_does_not_feel(
    synth: str, says: str, stand_in: StandIn, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    stand_in.has_library(
        f"seen = os.path.exists({str(once)!r}); open({str(once)!r}, 'w').close()\n"
        f"        if seen: [hear({SAMPLES}, 1000, None) for _ in range(8)]; return 0\n"
        f"        {synth}"
    )
    with pytest.raises(VoiceError, match=says):
        Espeak().speak("some words", "en")
    before = _spoken("gmw/en").process.pid
    assert Espeak().speak("some words", "en").seconds == 1.0
    assert _spoken("gmw/en").process.pid == before


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("sys.exit(7)", r"ended \(7\) before it could say “some words”"),
        ("os.abort()", r"ended \(-6\)"),
        ("time.sleep(0.2); os.kill(os.getpid(), 9)", r"ended \(-9\)"),
        ("espeak_server.LIBRARY = 'libnone.so.9'; sys.exit(espeak_server.main('gmw/en', '148'))", "is not installed"),
        ("espeak_server.os.fork = lambda: 1 / 0; sys.exit(espeak_server.main('gmw/en', '148'))", r"ended \(1\)"),
    ],
)
def test_a_process_that_ends_is_an_error_each_time(body: str, says: str, stand_in: StandIn) -> None:
    stand_in.does(body)
    for _ in range(2):
        with pytest.raises(PipelineError, match=says):
            Espeak().speak("some words", "en")


def test_a_missing_library_is_named_with_how_to_install_it(stand_in: StandIn) -> None:
    stand_in.does("sys.exit(espeak_server.NO_LIBRARY)")
    with pytest.raises(ToolMissing, match="espeak-ng") as fault:
        Espeak().speak("words", "en")
    assert "apt-get install espeak-ng" in fault.value.hint


def test_python_that_cannot_be_started_is_an_error(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in.does("")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(VoiceError, match="espeak-ng cannot be asked"):
        Espeak().speak("words", "en")


@pytest.mark.parametrize("body", ["time.sleep(60)", "import signal; os.kill(os.getpid(), signal.SIGSTOP)"])
def test_a_process_that_hangs_is_given_up_and_another_speaks(
    body: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, espeak: str
) -> None:
    stand_in.does(body)
    monkeypatch.setattr(espeak_voice, "PATIENCE", 0.1)
    monkeypatch.setattr(espeak_voice, "longest", lambda _: 0.2)
    with pytest.raises(VoiceError, match="took more than 0 seconds to say “some words”"):
        Espeak().speak("some words", "en")
    hung = _spoken("gmw/en").process
    monkeypatch.undo()
    assert Espeak().speak("some words", "en").seconds > 0.5
    assert hung.wait(5) == -signal.SIGKILL


def test_an_utterance_that_hangs_ends_by_itself(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "pid"
    stand_in.has_library(f"open({str(own)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    monkeypatch.setattr(espeak_voice, "PATIENCE", 0.5)
    monkeypatch.setattr(espeak_voice, "longest", lambda _: 0.5)
    with pytest.raises(VoiceError, match="took more than 1 seconds"):
        Espeak().speak("some words", "en")
    _ends(int(own.read_text()))


# ---------------------------------------------------------------------------------------------------- beginning and end


@pytest.mark.parametrize("end", ["pass", "os._exit(1)", "os.kill(os.getpid(), 9)", "raise SystemExit(3)"])
def test_it_ends_with_whoever_started_it_in_whatever_way(end: str, espeak: str) -> None:
    (pid,) = _told(f"say(); tell(); {end}")
    _ends(pid)


def test_it_ends_with_its_parent_while_a_fork_of_that_lives_on(espeak: str) -> None:
    pid, fork = _told(
        "say(); tell(); pid = os.fork()\nif pid: print(pid, flush=True)\nelse: os.close(1); time.sleep(60)"
    )
    _ends(pid)
    os.kill(fork, signal.SIGKILL)


def test_a_fork_asks_a_process_of_its_own(espeak: str) -> None:
    parents, forks, again = _told(
        "first = say(); tell(); pid = os.fork()\n"
        "if pid == 0: assert say() == first; tell(); os._exit(0)\n"
        "os.waitpid(pid, 0); assert say() == first; tell()"
    )
    assert parents == again != forks
    _ends(parents)
    _ends(forks)


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_it_speaks_in_workers_however_they_were_begun(method: str, espeak: str) -> None:
    program = (
        "import multiprocessing\n"
        "from narration.voices.espeak import Espeak\n"
        "if __name__ == '__main__':\n"
        "    before = Espeak().speak('Some words.', 'en')\n"
        f"    pool = multiprocessing.get_context({method!r}).Pool(2)\n"
        "    found = [pool.apply_async(Espeak().speak, (f'Some words.', 'en')) for _ in range(4)]\n"
        "    print([one.get(30) == before for one in found])\n"
        "    pool.terminate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == str([True] * 4), done.stderr


def test_ctrl_c_in_the_terminal_is_left_to_whoever_asks(espeak: str) -> None:
    before = _pid_after("Before.")
    os.kill(before, signal.SIGINT)
    assert _pid_after("After.") == before


def test_it_has_none_of_the_project_or_its_packages_in_it() -> None:
    own = SPEAKER.read_text(encoding="utf-8")
    assert "from channels" not in own and "from document" not in own


def _spoken(voice: str) -> SpeakingProcess:
    return espeak_voice._speakers.by_voice[f"{voice} {espeak_voice.RATE}"]


def _pid_after(words: str) -> int:
    Espeak().speak(words, "en")
    pid: int = _spoken("gmw/en").process.pid
    return pid


def _told(body: str) -> list[int]:
    """The numbers that a separate process prints: `say` speaks, `tell` prints who speaks."""
    begin = (
        "import os, time\n"
        "from narration.voices import espeak\n"
        "def say(): return espeak.Espeak().speak('Some words.', 'en')\n"
        "def tell(): print(espeak._speakers.by_voice['gmw/en 148'].process.pid, flush=True)\n"
    )
    command = [sys.executable, "-c", f"{begin}{body}"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    return [int(line) for line in done.stdout.split()]


def _ends(pid: int) -> None:
    """Waits until process `pid` no longer runs. A process that has ended but was not waited for does not count as
    running."""
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} still runs")
