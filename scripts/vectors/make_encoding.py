"""Writes fixtures/vectors/encoding.json: base64, strict JSON, time and names (spec/02)."""

import base64
import datetime
import json
import pathlib

OUT = pathlib.Path(__file__).resolve().parents[2] / "fixtures/vectors/encoding.json"


def base64s():
    cases = []

    def case(alphabet, text):
        alternative = b"+/" if alphabet == "standard" else b"-_"
        padded = text if alphabet == "standard" else text + "=" * (-len(text) % 4)
        try:
            data = base64.b64decode(padded.encode(), alternative, validate=True)
            again = base64.b64encode(data, alternative).decode()
            again = again if alphabet == "standard" else again.rstrip("=")
            data = data if again == text else None
        except ValueError:
            data = None
        cases.append({"alphabet": alphabet, "text": text, "hex": None if data is None else data.hex()})

    for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "+/+/", "AAAA", "////",
                 "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Z", "=", "==", "====", "Z===", "Zg==Zg==", "Zm9v\n",
                 " Zm9v", "Zm 9v", "-_-_", "Zm9v=", "Zm9v====", "Z=g=", "Zm\u00f6v", "Zm9\x00"]:
        case("standard", text)
    for text in ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "-_-_", "____", "AA", "AAA", "Zg==", "Zm8=", "Zh", "Zm9", "Z",
                 "Zm9vY", "+/+/", "Zm9v\n", "\tZm9v", "Zm9v.", "_w", "_x", "__8", "__9", "A" * 43, "A" * 42 + "B",
                 "A" * 42 + "E", "\u00c5AAA"]:
        case("url", text)
    data = bytes(range(256))
    for count in range(0, 40):
        case("url", base64.urlsafe_b64encode(data[255 - count:255]).rstrip(b"=").decode())
        case("standard", base64.b64encode(data[200 - count:200]).decode())
    return cases


def jsons():
    cases = []

    def good(name, text, value):
        raw = text if isinstance(text, bytes) else text.encode()
        assert json.loads(raw) == json.loads(value), name
        cases.append({"name": name, "hex": raw.hex(), "value": value, "code": None, "offset": None})

    def bad(name, text, code, offset):
        raw = text if isinstance(text, bytes) else text.encode()
        cases.append({"name": name, "hex": raw.hex(), "value": None, "code": code, "offset": offset})

    good("empty object", "{}", "{}")
    good("white space", " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \n", '{"a":[1,2],"b":{}}')
    good("words", "[true,false,null]", "[true,false,null]")
    good("escapes", r'"\"\\\/\b\f\n\r\t\u0041"', '"\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009A"')
    good("slash", r'"nordwind\/miles"', '"nordwind/miles"')
    good("pair of surrogates", r'"\uD83D\uDE00"', '"\U0001f600"')
    good("pair, lower case", r'"\ud83d\ude00x"', '"\U0001f600x"')
    good("U+0000 escaped", r'"\u0000"', '"\\u0000"')
    good("U+FFFF and U+FEFF", '"\uffff\ufeff"', '"\uffff\ufeff"')
    good("no normalisation of names", '{"\u00e9":1,"e\u0301":2}', '{"\u00e9":1,"e\u0301":2}')
    good("Kelvin sign and K", '{"\u212a":1,"K":2}', '{"\u212a":1,"K":2}')
    good("names differ in case", '{"a":1,"A":2}', '{"a":1,"A":2}')
    good("empty name", '{"":1}', '{"":1}')
    good("same name at two levels", '{"a":{"a":1}}', '{"a":{"a":1}}')
    good("0", "0", "0")
    good("2^53 - 1", "9007199254740991", "9007199254740991")
    good("-(2^53 - 1)", "-9007199254740991", "-9007199254740991")
    good("depth 8", "[" * 8 + "]" * 8, "[" * 8 + "]" * 8)
    good("depth 8, mixed", '{"a":' * 4 + "[" * 4 + "]" * 4 + "}" * 4, '{"a":' * 4 + "[" * 4 + "]" * 4 + "}" * 4)
    good("wide", "[" + "[]," * 20 + "[]]", "[" + "[]," * 20 + "[]]")
    good("string of 200", '"' + "abcdefgh" * 25 + '"', '"' + "abcdefgh" * 25 + '"')

    bad("empty", "", "syntax", 0)
    bad("white space alone", "  ", "syntax", 2)
    bad("duplicate", '{"a":1,"a":1}', "duplicateMember", 7)
    bad("duplicate after unescaping", r'{"id":1,"\u0069d":2}', "duplicateMember", 8)
    bad("duplicate, deep", '[{"x":{"a":1,"b":2,"a":3}}]', "duplicateMember", 19)
    bad("high surrogate alone", r'"\uD83D"', "surrogate", 1)
    bad("low surrogate alone", r'"a\uDE00"', "surrogate", 2)
    bad("two high surrogates", r'"\uD83D\uD83D"', "surrogate", 1)
    bad("high surrogate and letter", r'"\uD83D\u0041"', "surrogate", 1)
    bad("high surrogate and newline", r'"\uD83D\n"', "surrogate", 1)
    bad("surrogate in a name", r'{"\uDC00":1}', "surrogate", 2)
    bad("-0", "-0", "negativeZero", 0)
    bad("-0 in an array", "[1,-0]", "negativeZero", 3)
    bad("1.0", "1.0", "fraction", 0)
    bad("0.5", "[0.5]", "fraction", 1)
    bad("-0.0", "-0.0", "fraction", 0)
    bad("1e3", "1e3", "exponent", 0)
    bad("1E3", "1E3", "exponent", 0)
    bad("0e0", "0e0", "exponent", 0)
    bad("01", "01", "leadingZero", 0)
    bad("00", "00", "leadingZero", 0)
    bad("-01", "-01", "leadingZero", 0)
    bad("2^53", "9007199254740992", "numberRange", 0)
    bad("-2^53", "-9007199254740992", "numberRange", 0)
    bad("2^63", "9223372036854775808", "numberRange", 0)
    bad("2^64 + 1", "18446744073709551617", "numberRange", 0)
    bad("thirty digits", "1" * 30, "numberRange", 0)
    bad("thirty digits and a fraction", "1" * 30 + ".5", "fraction", 0)
    bad("+1", "+1", "syntax", 0)
    bad("-", "-", "syntax", 0)
    bad("-a", "[-a]", "syntax", 1)
    bad(".5", ".5", "syntax", 0)
    bad("0x10", "0x10", "trailingBytes", 1)
    bad("NaN", "NaN", "syntax", 0)
    bad("Infinity", "-Infinity", "syntax", 0)
    bad("depth 9", "[" * 9 + "]" * 9, "depth", 8)
    bad("depth 9, objects", '{"a":' * 9 + "1" + "}" * 9, "depth", 40)
    bad("second value", "{} {}", "trailingBytes", 3)
    bad("NUL at the end", "{}\0", "trailingBytes", 2)
    bad("comma at the end of an array", "[1,]", "syntax", 3)
    bad("comma at the end of an object", '{"a":1,}', "syntax", 7)
    bad("comma at the start", "[,1]", "syntax", 1)
    bad("no comma", "[1 2]", "syntax", 3)
    bad("no colon", '{"a" 1}', "syntax", 5)
    bad("no value", '{"a":}', "syntax", 5)
    bad("name without quotes", "{a:1}", "syntax", 1)
    bad("single quotes", "'a'", "syntax", 0)
    bad("comment", "/**/1", "syntax", 0)
    bad("array not closed", "[1", "syntax", 2)
    bad("object not closed", '{"a":1', "syntax", 6)
    bad("object closed as array", '{"a":1]', "syntax", 6)
    bad("string not closed", '"abc', "syntax", 4)
    bad("string ends in a backslash", '"abc\\', "syntax", 5)
    bad("unknown escape", r'"ab\x"', "syntax", 3)
    bad("upper-case escape", r'"\N"', "syntax", 1)
    bad("short hex", r'"\u12"', "syntax", 1)
    bad("hex with a sign", r'"\u+123"', "syntax", 1)
    bad("wrong word", "[True]", "syntax", 1)
    bad("cut word", "tru", "syntax", 0)
    bad("word and more", "truex", "trailingBytes", 4)
    bad("vertical tab", "\v1", "syntax", 0)
    bad("no-break space", "\u00a01", "syntax", 0)
    bad("byte order mark", "\ufeff{}", "syntax", 0)
    bad("tab in a string", '"a\tb"', "controlCharacter", 2)
    bad("line feed in a string", '"0123456789\n"', "controlCharacter", 11)
    bad("NUL in a string", '"\0"', "controlCharacter", 1)
    bad("U+001F in a name", '{"\x1f":1}', "controlCharacter", 2)
    bad("U+001F after an escape", '"\\n\x1f"', "controlCharacter", 3)
    for name, data, offset in [
        ("lone continuation", b'"\x80"', 1),
        ("FF", b'"ab\xff"', 3),
        ("cut sequence", b'"\xe2\x82"', 1),
        ("overlong slash", b'"\xc0\xaf"', 1),
        ("overlong of three", b'"\xe0\x80\xaf"', 1),
        ("surrogate in UTF-8", b'"\xed\xa0\x80"', 1),
        ("beyond U+10FFFF", b'"\xf4\x90\x80\x80"', 1),
        ("five bytes", b'"\xf8\x88\x80\x80\x80"', 1),
        ("after good ones", '"\u00e9\u20ac\U0001f600'.encode() + b'\xe9"', 10),
        ("at the end", b'"a"\xc3', 3),
        ("before a syntax fault", b'{a:\xff}', 3),
        ("UTF-16", '{"a":1}'.encode("utf-16"), 0),
    ]:
        try:
            data.decode()
            raise AssertionError(name)
        except UnicodeDecodeError as error:
            assert error.start == offset, name
        bad("not UTF-8: " + name, data, "encoding", offset)
    return cases


def times():
    cases = []
    epoch = datetime.datetime(1970, 1, 1)

    def good(text):
        moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
        cases.append({"text": text, "milliseconds": (moment - epoch) // datetime.timedelta(milliseconds=1)})

    def bad(text):
        cases.append({"text": text, "milliseconds": None})

    for text in ["1970-01-01T00:00:00.000Z", "2026-11-22T10:15:30.123Z", "2024-02-29T23:59:59.999Z",
                 "2000-02-29T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "1900-03-01T00:00:00.000Z",
                 "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2038-01-19T03:14:08.000Z"]:
        good(text)
    cases.append({"text": "0000-01-01T00:00:00.000Z", "milliseconds": -62_167_219_200_000})
    cases.append({"text": "0000-02-29T12:00:00.000Z", "milliseconds": -62_167_219_200_000 + (59 * 24 + 12) * 3_600_000})
    for text in ["2016-12-31T23:59:60.000Z", "2023-02-29T00:00:00.000Z", "1900-02-29T00:00:00.000Z",
                 "2100-02-29T00:00:00.000Z", "2026-11-31T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
                 "2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z", "2026-01-32T00:00:00.000Z",
                 "2026-11-22T24:00:00.000Z", "2026-11-22T10:60:00.000Z", "2026-11-22T10:15:61.000Z",
                 "2026-11-22T10:15:30Z", "2026-11-22T10:15:30.12Z", "2026-11-22T10:15:30.1234Z",
                 "2026-11-22T10:15:30,123Z", "2026-11-22t10:15:30.123Z", "2026-11-22T10:15:30.123z",
                 "2026-11-22 10:15:30.123Z", "2026-11-22T10:15:30.123+00:00", "2026-11-22T10:15:30.123 ",
                 " 026-11-22T10:15:30.123Z", "-026-11-22T10:15:30.123Z", "2026-11-22T10:15:30.-12Z",
                 "2026-11-22T+1:15:30.123Z", "", "2026-11-22T10:15:30.12\u0663Z"]:
        bad(text)
    return cases


def dates():
    cases = []
    epoch = datetime.datetime(1970, 1, 1)
    for text, offset in [("2026-11-22T23:30:00.000", 60), ("2026-11-22T23:30:00.000", 0), ("2026-11-22T00:30:00.000", -60),
                         ("1970-01-01T00:00:00.000", -1), ("1970-01-01T00:00:00.000", 0), ("1969-12-31T23:59:59.999", 0),
                         ("1969-12-31T23:59:59.999", 1), ("2024-02-28T12:00:00.000", 840), ("2024-03-01T11:59:59.999", -720),
                         ("2000-01-01T00:00:00.000", -840)]:
        moment = datetime.datetime.fromisoformat(text)
        shown = moment + datetime.timedelta(minutes=offset)
        cases.append({"milliseconds": (moment - epoch) // datetime.timedelta(milliseconds=1),
                      "utcOffsetMinutes": offset, "date": shown.date().isoformat()})
    return cases


def names():
    uuids = [("019ab0c5-91ab-7000-8000-00000000002a", 0x019AB0C591AB), ("ffffffff-ffff-7fff-bfff-ffffffffffff", 2**48 - 1),
             ("00000000-0000-7000-8000-000000000000", 0), ("019ab0c5-91ab-7abc-9def-0123456789ab", 0x019AB0C591AB)]
    bad = ["019ab0c5-91ab-4000-8000-00000000002a", "019ab0c5-91ab-7000-0000-00000000002a",
           "019ab0c5-91ab-7000-c000-00000000002a", "019ab0c5-91ab-8000-8000-00000000002a",
           "019AB0C5-91AB-7000-8000-00000000002A", "019ab0c591ab7000800000000000002a",
           "{019ab0c5-91ab-7000-8000-00000000002a}", "019ab0c5-91ab-7000-8000-00000000002", "",
           "019ab0c5-91ab-7000-8000-00000000002g", "019ab0c59-1ab-7000-8000-00000000002a",
           "urn:uuid:019ab0c5-91ab-7000-8000-00000000002a", "019ab0c5-91ab-7000-8000-00000000002a\n"]
    slugs = {"nordwind": True, "n": True, "7": True, "a-b": True, "a--b": True, "a" * 64: True, "0-9": True, "": False,
             "a" * 65: False, "-a": False, "a-": False, "-": False, "A": False, "a_b": False, "a.b": False, "a b": False,
             "\u00e4": False, "a/b": False, "a\n": False}
    programs = {"nordwind/miles": True, "a/b": True, "a/b/c": False, "a/": False, "/b": False, "a": False, "": False,
                "a//b": False, "A/b": False, "a/b-": False, "a /b": False}
    numbers = [(0, "A" * 22), (2**128 - 1, "_" * 21 + "w"), (1, "A" * 21 + "Q"), (2**64, "A" * 10 + "B" + "A" * 11)]
    identifiers = []
    for number, text in numbers:
        spelled = base64.urlsafe_b64encode(number.to_bytes(16, "big")).rstrip(b"=").decode()
        if number == 2**64:
            text = spelled
        assert spelled == text, number
        identifiers.append({"text": text, "hex": number.to_bytes(16, "big").hex()})
    for index in range(128):
        data = (1 << index).to_bytes(16, "big")
        text = base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        identifiers.append({"text": text, "hex": data.hex()})
    for text in ["A" * 21, "A" * 23, "A" * 21 + "B", "A" * 21 + "I", "+" + "A" * 21, "A" * 20 + "=A", ""]:
        identifiers.append({"text": text, "hex": None})
    return {
        "uuids": [{"text": t, "milliseconds": m} for t, m in uuids] + [{"text": t, "milliseconds": None} for t in bad],
        "slugs": [{"text": t, "valid": v} for t, v in slugs.items()],
        "programs": [{"text": t, "valid": v} for t, v in programs.items()],
        "identifiers": identifiers,
    }


def main():
    value = {"base64": base64s(), "json": jsons(), "times": times(), "dates": dates(), **names()}
    OUT.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
