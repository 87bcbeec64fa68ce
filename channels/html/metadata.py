"""Turns a Document into what machines read: title, description, addresses in other languages, JSON-LD."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from channels.html.editions import Recording
from model.blocks import Contact
from model.calling import telephones
from model.document import Document
from model.inlines import Link, Phone, WebAddress
from model.traverse import blocks_of, text_of

LONGEST_TITLE = 70
LONGEST_DESCRIPTION = 160
SHORTEST_DESCRIPTION = 50


def title(document: Document) -> str:
    """The title of the window: the heading, followed by the publisher if there is room."""
    heading = text_of(document.title.inlines)
    whole = f"{heading} – {text_of(document.publisher.name.inlines)}"
    return whole if len(whole) <= LONGEST_TITLE else heading


def description(document: Document) -> str:
    """The summary, cut after a word if it is too long for a list of results, with the title before it if it is too
    short."""
    words = text_of(document.summary.inlines)
    if len(words) < SHORTEST_DESCRIPTION:
        words = f"{title(document)}: {words}"
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    return words[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def contacts(document: Document) -> tuple[Contact, ...]:
    """All contacts, in the order of the text."""
    return tuple(block for block in blocks_of(document) if isinstance(block, Contact))


def phone_of(contact: Contact) -> Phone | None:
    """The telephone number of a contact, None if it has none."""
    nodes = [node for _, number in telephones(contact) for node in number.inlines]
    return next((node for node in nodes if isinstance(node, Phone)), None)


def linked_data(document: Document, recording: Recording | None) -> Markup:
    """JSON-LD (schema.org): WebPage with speakable, Organization, ContactPoint, AudioObject. It is safe within
    `script`, since it has no markup and only ASCII."""
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
    last = document.updated or dates.reviewed or dates.published
    known = {
        "url": document.url,
        "version": document.version,
        "keywords": ", ".join(document.tags),
        "datePublished": dates.published and dates.published.isoformat(),
        "dateModified": last and last.isoformat(),
        "lastReviewed": dates.reviewed and dates.reviewed.isoformat(),
        "breadcrumb": _breadcrumb(document),
        "mentions": [body for contact in contacts(document) if (body := _body(contact))],
        "audio": recording and _audio(document, recording),
    }
    return page | {key: value for key, value in known.items() if value}


def _publisher(document: Document) -> dict[str, object]:
    publisher = document.publisher
    kind = "GovernmentOrganization" if publisher.government else "Organization"
    said: dict[str, object] = {"@type": kind, "name": text_of(publisher.name.inlines)}
    if publisher.address is not None:
        said["address"] = ", ".join(text_of(line.inlines) for line in publisher.address.lines)
    return said | ({"url": publisher.url} if publisher.url else {})


def _breadcrumb(document: Document) -> dict[str, object] | None:
    """The path to the page, None unless every place except the last has an address, as search engines demand."""
    places: list[dict[str, object]] = []
    for number, place in enumerate(document.breadcrumb, start=1):
        link = next((node.target for node in place.inlines if isinstance(node, Link) and node.target), None)
        if link is None and number < len(document.breadcrumb):
            return None
        item = {"@type": "ListItem", "position": number, "name": text_of(place.inlines)}
        places.append(item | ({"item": link} if link else {}))
    return {"@type": "BreadcrumbList", "itemListElement": places} if places else None


def _body(contact: Contact) -> dict[str, object] | None:
    """A contact as a body of its own, which need not be the publisher. None where it has neither number nor e-mail
    address."""
    phone = phone_of(contact)
    website = contact.website.inlines[0] if contact.website is not None else None
    known = {
        "telephone": phone and phone.number,
        "email": contact.email and text_of(contact.email.inlines),
    }
    if not any(known.values()):
        return None
    known["url"] = website.target if isinstance(website, WebAddress) else None
    known["description"] = text_of(contact.about[0].inlines) if contact.about else None
    body: dict[str, object] = {"@type": "Organization", "name": text_of(contact.name.inlines)}
    return body | {key: value for key, value in known.items() if value}


def _audio(document: Document, recording: Recording) -> dict[str, object]:
    return {
        "@type": "AudioObject",
        "name": text_of(document.title.inlines),
        "contentUrl": address_of(document, recording.href),
        "encodingFormat": "audio/mpeg",
        "contentSize": str(recording.size),
        "duration": iso_duration(recording.seconds),
        "inLanguage": document.language,
    }


def address_of(document: Document, href: str) -> str:
    """The whole address of a file beside the page, as far as the page's own address is known. An address that ends
    neither in a slash nor in the name of a file is that of the folder."""
    if document.url is None:
        return href
    page = document.url.partition("#")[0].partition("?")[0]
    is_folder = "." not in urlsplit(page).path.rpartition("/")[2]
    return urljoin(page if page.endswith("/") or not is_folder else f"{page}/", href)


def iso_duration(seconds: float) -> str:
    """A length of time in ISO 8601: PT2M5S."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if number]
    return "PT" + ("".join(parts) or "0S")
