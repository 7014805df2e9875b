"""The punctuation frame of a paragraph: sentences, segments (`；`), clauses, quotations and document titles."""

import re
from bisect import bisect_right

WINDOW = 90  # characters looked at on either side of a number; keeps a text without punctuation linear

# 办理（31）件, 参会（460余）人次: brackets around nothing but a number part no clause.
WRAPPED = re.compile(r"(?<=[\u4e00-\u9fff])[（(][0-9０-９]{1,8}(?:[.．][0-9]{1,3})?(余|多)?[)）](?=[\u4e00-\u9fff])")
_STOP = re.compile(rf"(?P<wrapped>{WRAPPED.pattern})|[。！？!?；;，：:（）()\n\t]|,(?![0-9])|——")
_SENTENCE = frozenset("。！？!?\n")
_SEGMENT = _SENTENCE | frozenset("；;")
_SPAN = re.compile(
    r"《[^《》]{0,80}(?:《[^《》]{0,60}》[^《》]{0,60})*+》|〈[^〈〉]{1,40}〉|“[^“”]{1,60}”|‘[^‘’]{1,40}’|「[^「」]{1,60}」|\"[^\"\n]{1,40}\"|＂[^＂]{1,40}＂"
)


class Frame:
    """Answers where the clause, segment and sentence around an offset begin and end."""

    __slots__ = ("_clauses", "_segments", "_sentences", "_span_starts", "_spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._clauses = [-1]
        self._segments = [-1]
        self._sentences = [-1]
        for match in _STOP.finditer(text):
            if match["wrapped"]:
                continue
            at, sign = match.end() - 1, match.group()
            self._clauses.append(at)
            if sign in _SEGMENT:
                self._segments.append(at)
                if sign in _SENTENCE:
                    self._sentences.append(at)
        self._spans = [(m.start(), m.end()) for m in _SPAN.finditer(text)]
        self._span_starts = [start for start, _ in self._spans]

    def clause_start(self, at: int) -> int:
        """First character of the clause that holds `at`."""
        return self._clauses[bisect_right(self._clauses, at - 1) - 1] + 1

    def clause_end(self, at: int) -> int:
        """One past the last character of the clause that holds `at`."""
        return self._end(self._clauses, at)

    def segment_start(self, at: int) -> int:
        """Begin of the stretch between `；` or sentence ends."""
        return self._segments[bisect_right(self._segments, at - 1) - 1] + 1

    def sentence_start(self, at: int) -> int:
        """Begin of the sentence."""
        return self._sentences[bisect_right(self._sentences, at - 1) - 1] + 1

    def sentence_end(self, at: int) -> int:
        """One past the sentence's last character, its full stop left out."""
        return self._end(self._sentences, at)

    def _end(self, stops: list[int], at: int) -> int:
        place = bisect_right(stops, at - 1)
        return stops[place] if place < len(stops) else len(self.text)

    def span(self, at: int) -> tuple[int, int] | None:
        """The quotation or document title that holds `at`, marks included."""
        place = bisect_right(self._span_starts, at) - 1
        if place >= 0 and self._spans[place][1] > at:
            return self._spans[place]
        return None

    def is_title(self, span: tuple[int, int]) -> bool:
        """《…》 names a document; the other marks quote."""
        return self.text[span[0]] in "《〈"

    def before(self, at: int) -> str:
        """The clause up to `at`, at most WINDOW characters of it."""
        return self.text[max(self.clause_start(at), at - WINDOW) : at]

    def after(self, at: int) -> str:
        """The clause from `at` on, at most WINDOW characters of it."""
        return self.text[at : min(self.clause_end(at), at + WINDOW)]

    def sentence_before(self, at: int) -> str:
        """The sentence up to `at`, at most three windows of it."""
        return self.text[max(self.sentence_start(at), at - 3 * WINDOW) : at]
