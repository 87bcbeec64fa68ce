"""A Document as what machines read of it: title, description, addresses in other languages, JSON-LD."""

from __future__ import annotations

from datetime import date

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from channels.html.editions import Recording
from model.document import Contact, Document, Phone, WebAddress, Words
from model.traverse import blocks_of, text_of

LONGEST_TITLE = 70
LONGEST_DESCRIPTION = 160
SHORTEST_DESCRIPTION = 50


def title(document: Document) -> str:
    """The title of the window: the heading, and the publisher where there is room."""
    heading = text_of(document.title.inlines)
    whole = f"{heading} – {text_of(document.publisher.name.inlines)}"
    return whole if len(whole) <= LONGEST_TITLE else heading


def description(document: Document) -> str:
    """The summary, cut at a word or led by the title where its length does not suit a list of results."""
    words = text_of(document.summary.inlines)
    if len(words) < SHORTEST_DESCRIPTION:
        words = f"{title(document)}: {words}"
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    return words[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def date_in_words(day: date, words: Words) -> str:
    """A day as the language writes it: "1 March 2024"."""
    month = words["months"].split(", ")[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year)


def contacts(document: Document) -> tuple[Contact, ...]:
    """Everyone to turn to, in the order of the text."""
    return tuple(block for block in blocks_of(document) if isinstance(block, Contact))


def phone_of(contact: Contact) -> Phone | None:
    """The telephone number of a contact, if it has one."""
    numbers = (contact.phone, *(one.number for one in contact.numbers if one.kind == "phone"))
    nodes = [node for number in numbers if number is not None for node in number.inlines]
    return next((node for node in nodes if isinstance(node, Phone)), None)


def main_contact(document: Document) -> Contact | None:
    """Whose number stands at the head of the page: the one that the author names, or the only one who has a number. To
    choose among several is not ours: a reader in Derry would be given a number in Belfast."""
    reachable = [contact for contact in contacts(document) if phone_of(contact) is not None]
    named = [contact for contact in reachable if contact.main]
    return named[0] if named else reachable[0] if len(reachable) == 1 else None


def linked_data(document: Document, recording: Recording | None) -> Markup:
    """JSON-LD (schema.org): WebPage with speakable, Organization, ContactPoint, AudioObject. Safe within `script`:
    no markup and nothing but ASCII stands in it."""
    return htmlsafe_json_dumps(_page(document, recording), separators=(",", ":"))


def _page(document: Document, recording: Recording | None) -> dict[str, object]:
    page: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": text_of(document.title.inlines),
        "description": description(document),
        "inLanguage": document.language,
        "isAccessibleForFree": True,
        "speakable": {"@type": "SpeakableSpecification", "cssSelector": ["h1", ".summary"]},
        "publisher": _publisher(document),
    }
    dates = document.dates
    known = {
        "url": document.url,
        "version": document.version,
        "datePublished": dates.published and dates.published.isoformat(),
        "lastReviewed": dates.reviewed and dates.reviewed.isoformat(),
    }
    page.update({key: value for key, value in known.items() if value})
    if recording is not None:
        page["audio"] = _audio(document, recording)
    return page


def _publisher(document: Document) -> dict[str, object]:
    publisher: dict[str, object] = {"@type": "Organization", "name": text_of(document.publisher.name.inlines)}
    if document.publisher.url:
        publisher["url"] = document.publisher.url
    points = [point for contact in contacts(document) if (point := _contact_point(contact))]
    if points:
        publisher["contactPoint"] = points
    return publisher


def _contact_point(contact: Contact) -> dict[str, object] | None:
    """Someone who can be reached; None where neither number nor e-mail address is given."""
    point: dict[str, object] = {"@type": "ContactPoint", "name": text_of(contact.name.inlines)}
    phone = phone_of(contact)
    if phone is not None:
        point["telephone"] = phone.number
    if contact.email is not None:
        point["email"] = text_of(contact.email.inlines)
    if "telephone" not in point and "email" not in point:
        return None
    if contact.about:
        point["contactType"] = text_of(contact.about[0].inlines)
    website = contact.website.inlines[0] if contact.website is not None else None
    if isinstance(website, WebAddress):
        point["url"] = website.target
    return point


def _audio(document: Document, recording: Recording) -> dict[str, object]:
    return {
        "@type": "AudioObject",
        "name": text_of(document.title.inlines),
        "contentUrl": recording.href,
        "encodingFormat": "audio/mpeg",
        "contentSize": str(recording.size),
        "duration": iso_duration(recording.seconds),
        "inLanguage": document.language,
    }


def iso_duration(seconds: float) -> str:
    """A length of time as ISO 8601 writes it: PT2M5S."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if number]
    return "PT" + ("".join(parts) or "0S")
