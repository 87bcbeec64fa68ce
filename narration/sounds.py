"""Turns a Document and its script into the sounds of its words: IPA by the words as they are spoken."""

from __future__ import annotations

from languages.base import Speech
from model.document import Document
from model.inlines import Abbreviation, Foreign, Term
from model.traverse import sentences_of, walk
from narration.utterance import Utterance
from narration.voices.phonemes import heard_in


def sounds_of(document: Document, speech: Speech, utterances: tuple[Utterance, ...]) -> dict[str, str]:
    """The pronunciations that the author or the language gives, for words of the script. The author's override those
    of the language."""
    known = dict(speech.sounds)
    for sentence in sentences_of(document):
        for inline in walk(sentence.inlines):
            if isinstance(inline, Abbreviation | Term | Foreign) and inline.say and inline.ipa:
                known[speech.words((inline,)).rstrip(".?!:")] = inline.ipa
    found: dict[str, str] = {}
    for utterance in utterances:
        found |= heard_in(utterance.words, known)
    return found
