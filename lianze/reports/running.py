"""The outline of a year that is not over: a title that names the day, and no word of a whole year."""

import re
from dataclasses import replace

from lianze.pack.definitions import Outline, Paragraph, Section, Sentence

UP_TO = "（截至{until}）"


def running_outline(outline: Outline) -> Outline:
    """The same outline as it is told while its year runs."""
    running = outline.running
    instead = {word.term: word.instead for word in running.words}
    longest_first = sorted(map(re.escape, instead), key=len, reverse=True)
    terms = re.compile("|".join(longest_first) or r"(?!)")

    def told(text: str) -> str:
        return terms.sub(lambda match: instead[match[0]], text)

    def sentence_of(sentence: Sentence) -> Sentence:
        opening = running.none if sentence.when_none else ""
        return replace(sentence, text=opening + told(sentence.text))

    def paragraph_of(paragraph: Paragraph) -> Paragraph:
        return replace(paragraph, lead=told(paragraph.lead), sentence=tuple(map(sentence_of, paragraph.sentence)))

    def section_of(section: Section) -> Section:
        return replace(section, title=told(section.title), paragraph=tuple(map(paragraph_of, section.paragraph)))

    title = running.title or outline.title + UP_TO
    return replace(outline, title=title, section=tuple(map(section_of, outline.section)))
