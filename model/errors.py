"""Faults of a run, as one tree of exceptions. Faults of content are Diagnostics (diagnostics.py), not exceptions.

PipelineError               exit 3    the run failed
├── ToolMissing             exit 3    a program or library is not installed
├── VoiceError              exit 3    a voice could not speak
│   ├── VoiceUnreachable    exit 3    the network voice does not answer
│   └── VoiceLacksLanguage  exit 3    no such language in this voice
├── OutputError             exit 3    the output cannot be written: disk full, read-only, no permission
│   └── NotOurs             exit 3    something that no build has made stands in the way
├── RenderError             exit 3    an engine warned or failed: nothing is published from it
├── ClusterError            exit 3    no scheduler answers, no worker is like this machine, or the scheduler is gone
├── RegistryError           exit 3    channels that cannot be put in order: a need that is not there, a circle
├── Interrupted             exit 130  Ctrl-C
└── UsageError              exit 2    the command line makes no sense
"""


class PipelineError(Exception):
    """A fault of the run. `str()` is one clear line. `hint` says what to do about it. `exit_code` is that of the
    process."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[type["PipelineError"], tuple[str, str]]:
        """Keeps the hint when the error crosses from a worker process."""
        return type(self), (str(self), self.hint)


class ToolMissing(PipelineError):
    pass


class VoiceError(PipelineError):
    pass


class VoiceUnreachable(VoiceError):
    pass


class VoiceLacksLanguage(VoiceError):
    pass


class OutputError(PipelineError):
    pass


class NotOurs(OutputError):
    pass


class RenderError(PipelineError):
    pass


class ClusterError(PipelineError):
    pass


class RegistryError(PipelineError):
    pass


class Interrupted(PipelineError):
    exit_code = 130


class UsageError(PipelineError):
    exit_code = 2
