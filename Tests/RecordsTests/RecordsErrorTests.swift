// The sentences in which errors are told.

import Records
import Testing

@Suite struct RecordsErrorTests {
    private static func malformed(_ rule: JSONLineFault.Rule, _ offset: Int = 6) -> MalformedLine {
        MalformedLine(file: "/lake/a.json", line: 7, fault: JSONLineFault(rule: rule, offset: offset))
    }

    @Test(
        "An error says what failed, on what, why, and what to do",
        arguments: [
            (
                RecordsError.unreadable(file: "/a", code: 13),
                "Cannot read /a: Permission denied. Grant this user the right to read it."
            ),
            (.unreadable(file: "/a", code: 5), "Cannot read /a: Input/output error."),
            (
                .notAFile(file: "/a"),
                "Cannot read /a: it is not a file. Give the path of an NDJSON file, plain or gzip."
            ),
            (
                .damagedGzip(file: "/a", .truncated),
                "Cannot read /a: the gzip stream ends too early, so the file is incomplete. Copy the file again from where it came."
            ),
            (
                .damagedGzip(file: "/a", .wrongChecksum),
                "Cannot read /a: the gzip stream is damaged (its checksum is wrong). Copy the file again from where it came."
            ),
            (
                .compressionFailed,
                "The records could not be compressed: libdeflate gave what is not a deflate stream. Install its current version."
            ),
            (.noFields, "The records have no fields, so no Parquet file can hold them. Export them as JSON."),
            (
                .tooManyFields(maximum: 9, object: "a.b"),
                "The records have more than 9 fields: the object “a.b” has names that look like data. Export them as JSON, or turn these names into values."
            ),
            (
                .misfit(RecordMisfit(file: "/a", line: 7, path: ["b", "[]"], reason: .unfit("DATE"))),
                "Line 7 of /a has in “b.[]” what is no DATE. Correct it, or choose another schema."
            ),
            (
                .misfit(RecordMisfit(file: "/a", line: 7, path: ["b"], reason: .unknownField)),
                "Line 7 of /a has the field “b”, which the schema has not. Correct it, or choose another schema."
            ),
            (
                .malformedLine(malformed(.invalidNumber), malformedLines: 1),
                "Line 7 of /lake/a.json is not a JSON object: a number is not written as JSON wants it (at byte 7). Correct it, or choose to skip such lines."
            ),
            (
                .malformedLine(malformed(.tooLong(maximum: 99)), malformedLines: 3),
                "Line 7 of /lake/a.json is not a JSON object: it is longer than 99 bytes, the first of at least 3 such lines. Correct them, or choose to skip them."
            ),
        ])
    func sentences(error: RecordsError, sentence: String) {
        #expect("\(error)" == sentence)
    }

    @Test("Every fault of a line is told in its own words")
    func faults() {
        let rules: [JSONLineFault.Rule] = [
            .notAnObject, .unfinished, .unexpectedByte, .textAfterObject, .controlCharacter, .invalidEscape,
            .invalidUTF8, .invalidNumber, .invalidLiteral, .tooDeep, .tooLong(maximum: 5),
        ]
        #expect(Set(rules.map { "\(Self.malformed($0))" }).count == rules.count)
    }
}
