"""Canonical JSON against the examples of RFC 8785, and strict reading."""

import struct
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from lianze.tlog import CanonicalError, JsonInput, load_canonical, load_json, render_canonical

# RFC 8785 appendix B: IEEE 754 bits and the text they must have.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_spelled_as_appendix_b_says(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert render_canonical(number) == text.encode()


def test_the_sample_of_section_3_2_2_has_the_bytes_of_section_3_2_4() -> None:
    sample: JsonInput = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    assert render_canonical(sample) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_names_are_sorted_by_utf_16_as_section_3_2_3_says() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = load_json(render_canonical(dict.fromkeys(names, 0)))
    assert isinstance(written, dict)
    assert list(written) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(JSON)
def test_the_fast_way_and_the_library_write_the_same_bytes(value: JsonInput) -> None:
    text = render_canonical(value)
    assert text == rfc8785.dumps(value)
    assert load_canonical(text, 64) == value


def test_a_text_enum_is_written_by_its_value() -> None:
    assert render_canonical({"c": Colour.RED}) == b'{"c":"red"}'


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), -float("inf"), 2**53, -(2**53), "\ud800", {1: 2}, {"a": {2, 3}}, b"x", {"\ud800": 1}],
)
def test_values_json_has_not_are_refused(value: JsonInput) -> None:
    with pytest.raises(CanonicalError):
        render_canonical(value)
    with pytest.raises(CanonicalError):
        render_canonical({"within": [value]})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a":1,"a":1}', "json.duplicate"),
        (b'{"x":{"a":1,"b":2,"a":3}}', "json.duplicate"),
        (b"NaN", "json.number"),
        (b"[-Infinity]", "json.number"),
        (b"1e999", "json.number"),
        (b"9007199254740992", "json.number"),
        (b"1" * 5000, "json.number"),
        (b"[" * 33 + b"]" * 33, "json.depth"),
        (b"[" * 100_000, "json.depth"),
        (b'{"a":' * 100_000, "json.depth"),
        (b"\xff", "json.encoding"),
        (b"\xef\xbb\xbf{}", "json.syntax"),
        (b"{} {}", "json.syntax"),
        (b"{'a':1}", "json.syntax"),
        (b'"\\ud800"', "json.value"),
        (b"", "json.syntax"),
    ],
)
def test_texts_two_readers_could_understand_differently_are_refused(text: bytes, code: str) -> None:
    with pytest.raises(CanonicalError) as refused:
        load_canonical(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", [b'{"b":1,"a":2}', b"[1, 2]", b"1.0", b'"\\u0041"', b"-0", b"[]\n"])
def test_another_spelling_of_the_same_value_is_refused(text: bytes) -> None:
    load_json(text)
    with pytest.raises(CanonicalError) as refused:
        load_canonical(text)
    assert refused.value.code == "json.spelling"


def test_brackets_inside_text_are_not_depth() -> None:
    assert load_json(b'"' + b"[" * 500 + b'\\"{"') == "[" * 500 + '"{'
