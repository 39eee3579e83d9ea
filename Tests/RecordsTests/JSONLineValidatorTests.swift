// Which lines are records.

import Foundation
import TestFiles
import Testing

@testable import Records

@Suite struct JSONLineValidatorTests {
    @Test(
        "A JSON object is accepted, however it is written",
        arguments: [
            "{}", " { } ", "\t{\r}\r", #"{"a":1}"#, #"{"a":1,"a":2}"#, #"{"":""}"#, #"{"a":[]}"#,
            #"{"a":[ ]}"#,
            #"{"a":{}}"#, #"{"a":[1,2,[3,[4]],{"b":[{}]}]}"#, #"{"a":true,"b":false,"c":null}"#,
            #"{"a":-0,"b":0.0,"c":-1.5e-10,"d":1E+5,"e":123456789012345678901234567890,"f":1e999999}"#,
            #"{"a":"\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00"}"#, #"{"a":"\ud800"}"#, #"{"a":"\uDC00\uD800"}"#,
            #"{"ключ":"значение","鍵":"値","🔑":"👨‍👩‍👧‍👦"}"#,
            "{\"a\":\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"}",
            #"{"a":"01234567"}"#, #"{"a":"0123456"}"#, #"{"a":"012345678"}"#,
            #"{"a" : 1 , "b" : [ 1 , 2 ] }"#,
        ])
    func accepted(line: String) {
        #expect(JSONLineValidator.fault(in: Array(line.utf8)) == nil)
    }

    @Test(
        "Anything else is refused, with the rule and the place",
        arguments: [
            ("", JSONLineFault.Rule.notAnObject, 0), ("   ", .notAnObject, 0), ("[]", .notAnObject, 0),
            ("1", .notAnObject, 0), (#"  "a""#, .notAnObject, 2), ("null", .notAnObject, 0),
            ("\u{FEFF}{}", .notAnObject, 0), ("{", .unfinished, 1), (#"{"a"#, .unfinished, 3),
            (#"{"a""#, .unfinished, 4), (#"{"a":"#, .unfinished, 5), (#"{"a":1"#, .unfinished, 6),
            (#"{"a":1,"#, .unfinished, 7), (#"{"a":[1,"#, .unfinished, 8), (#"{"a":tru"#, .unfinished, 5),
            (#"{"a":"\"#, .unfinished, 6), (#"{"a":"\u00"#, .unfinished, 6), (#"{"a":-"#, .unfinished, 5),
            (#"{"a":1."#, .unfinished, 5), (#"{"a":1,}"#, .unexpectedByte, 7),
            (#"{,"a":1}"#, .unexpectedByte, 1),
            (#"{"a" 1}"#, .unexpectedByte, 5), (#"{"a":1 "b":2}"#, .unexpectedByte, 7),
            (#"{"a":[1,]}"#, .unexpectedByte, 8), (#"{"a":[,1]}"#, .unexpectedByte, 6),
            (#"{"a":[1}"#, .unexpectedByte, 7), (#"{"a":{]}"#, .unexpectedByte, 6),
            ("{a:1}", .unexpectedByte, 1),
            ("{'a':1}", .unexpectedByte, 1), (#"{"a":+1}"#, .unexpectedByte, 5),
            (#"{"a":.5}"#, .unexpectedByte, 5),
            (#"{"a":1}//"#, .textAfterObject, 7), ("{}{}", .textAfterObject, 2),
            ("{} x", .textAfterObject, 3),
            ("{},", .textAfterObject, 2), ("{\"a\":\"\t\"}", .controlCharacter, 6),
            ("{\"a\":\"0123456789\u{1F}\"}", .controlCharacter, 16), ("{\"a\u{0}\":1}", .controlCharacter, 3),
            (#"{"a":"\x"}"#, .invalidEscape, 6), (#"{"a":"\u12G4"}"#, .invalidEscape, 6),
            (#"{"a":"\u+123"}"#, .invalidEscape, 6), (#"{"a":01}"#, .invalidNumber, 5),
            (#"{"a":-01}"#, .invalidNumber, 5), (#"{"a":1.}"#, .invalidNumber, 5),
            (#"{"a":1e}"#, .invalidNumber, 5),
            (#"{"a":1e+}"#, .invalidNumber, 5), (#"{"a":1.2.3}"#, .invalidNumber, 5),
            (#"{"a":--1}"#, .invalidNumber, 5),
            (#"{"a":0x10}"#, .unexpectedByte, 6), (#"{"a":NaN}"#, .invalidLiteral, 5),
            (#"{"a":Infinity}"#, .invalidLiteral, 5), (#"{"a":-Infinity}"#, .invalidNumber, 5),
            (#"{"a":True}"#, .unexpectedByte, 5), (#"{"a":nul}"#, .invalidLiteral, 5),
            (#"{"a":truE}"#, .invalidLiteral, 5), (#"{"a":truex}"#, .unexpectedByte, 9),
            ("{\"a\":1\u{A0}}", .unexpectedByte, 6), ("{\"a\":\n1}", .unfinished, 5),
            ("{}\n", .textAfterObject, 2),
        ])
    func refused(line: String, rule: JSONLineFault.Rule, offset: Int) {
        #expect(JSONLineValidator.fault(in: Array(line.utf8)) == JSONLineFault(rule: rule, offset: offset))
    }

    @Test(
        "Bytes that are not UTF-8 are refused (RFC 3629)",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x82, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE6, 0x97, 0xA5, 0xE6],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        for padding in 0..<9 {
            let line =
                Array(#"{"a":""#.utf8) + [UInt8](repeating: 0x78, count: padding) + bytes + Array(#""}"#.utf8)
            #expect(JSONLineValidator.fault(in: line)?.rule == .invalidUTF8, "\(bytes) after \(padding)")
        }
    }

    @Test("Nesting is accepted to the limit, and refused beyond it without exhausting the stack")
    func depth() {
        func nested(_ depth: Int, closed: Bool) -> [UInt8] {
            let open = #"{"a":"# + String(repeating: "[", count: depth - 1)
            return Array((closed ? open + String(repeating: "]", count: depth - 1) + "}" : open).utf8)
        }
        let limit = JSONLineValidator.maximumDepth
        #expect(JSONLineValidator.fault(in: nested(limit, closed: true)) == nil)
        #expect(JSONLineValidator.fault(in: nested(limit + 1, closed: true))?.rule == .tooDeep)
        #expect(JSONLineValidator.fault(in: nested(5_000_000, closed: false))?.rule == .tooDeep)
        let objects = String(repeating: #"{"a":"#, count: limit) + "1" + String(repeating: "}", count: limit)
        #expect(JSONLineValidator.fault(in: Array(objects.utf8)) == nil)
        #expect(JSONLineValidator.fault(in: Array((#"{"a":"# + objects + "}").utf8))?.rule == .tooDeep)
    }

    @Test("Python's json accepts and refuses the same of 40,000 generated and damaged lines")
    func python() throws {
        let folder = try TemporaryFolder()
        let run = try Program.python(Self.generator, [folder.file("lines"), "40000"])
        try #require(run.status == 0, "\(run.errors)")
        var counts = [0, 0]
        for entry in try folder.bytes(of: "lines").split(separator: 0x0A) {
            let line = entry.dropFirst()
            let expected = entry.first == UInt8(ascii: "+")
            counts[expected ? 1 : 0] += 1
            let fault = JSONLineValidator.fault(in: Array(line))
            #expect(
                (fault == nil) == expected,
                "\(String(decoding: line, as: UTF8.self)): \(String(describing: fault))")
        }
        // Both kinds must have been seen, or nothing was compared.
        #expect(counts[0] > 5_000 && counts[1] > 5_000, "\(counts)")
    }

    private static let generator = #"""
        import json, random, sys
        sys.set_int_max_str_digits(0)
        dice = random.Random(20260115)

        def text():
            pieces = ['a', 'Z', ' ', '/', '\\"', '\\\\', '\\n', '\\u0000', '\\ud83d', '\\uDE00', 'é', '日', '😀',
                      '\u2028', '\x7f', 'abcdefgh', '\\/', '{', ']', ',']
            return '"' + ''.join(dice.choice(pieces) for _ in range(dice.choice([0, 1, 2, 5, 9, 30]))) + '"'

        def number():
            return dice.choice(['0', '-0', '1', '-17', '3.25', '1e5', '1E-7', '0.0e+0', '9' * 400, '-1.5e300', '1e400'])

        def space():
            return dice.choice(['', '', '', ' ', '\t', '\r', '  '])

        def value(depth):
            kind = dice.randrange(9 if depth < 6 else 5)
            if kind < 2: return text()
            if kind < 4: return number()
            if kind == 4: return dice.choice(['true', 'false', 'null'])
            items = [value(depth + 1) for _ in range(dice.randrange(4))]
            if kind < 7: return '[' + space() + (space() + ',' + space()).join(items) + space() + ']'
            return record(depth + 1)

        def record(depth):
            members = [text() + space() + ':' + space() + value(depth) for _ in range(dice.randrange(4))]
            return '{' + space() + (space() + ',' + space()).join(members) + space() + '}'

        snippets = [b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b'0', b'-', b'.', b'e', b'NaN', b'Infinity',
                    b'\x00', b'\x1f', b'\x80', b'\xc0\xaf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'\xff', b'\xe2\x82',
                    b'\\u12', b'\\x', b'tru', b' ', b'\t', b'\r', b'\x0c', b'\xc2\xa0', b'\xef\xbb\xbf', b'//', b'01']

        def damage(line):
            for _ in range(dice.choice([1, 1, 1, 2, 3])):
                at = dice.randrange(len(line) + 1)
                kind = dice.randrange(5)
                if kind == 0: line = line[:at] + dice.choice(snippets) + line[at:]
                elif kind == 1: line = line[:at] + line[at + dice.randrange(4):]
                elif kind == 2: line = line[:at]
                elif kind == 3 and at < len(line):
                    line = line[:at] + bytes([line[at] ^ (1 << dice.randrange(8))]) + line[at + 1:]
                else: line = line[:at] + line[at - dice.randrange(1, 9):]
            return line.replace(b'\n', b'')

        def refuse(constant): raise ValueError(constant)

        def verdict(line):
            try: return isinstance(json.loads(line.decode('utf-8'), parse_constant=refuse), dict)
            except ValueError: return False

        with open(sys.argv[1], 'wb') as out:
            for number_of_line in range(int(sys.argv[2])):
                line = (space() + record(0) + space()).encode()
                if number_of_line % 3: line = damage(line)
                if number_of_line % 1000 == 0:
                    depth = dice.randrange(1, 500)
                    line = b'{"a":' + b'[' * depth + b']' * depth + b'}'
                out.write((b'+' if verdict(line) else b'-') + line + b'\n')
        """#
}
