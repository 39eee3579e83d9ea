// Changes of entities.
import ExportDomain
import FlowServiceAPI
import Testing

@Suite("Changes of entities")
struct JSONPatchTests {
    static func apply(_ patch: String, to entity: String) throws -> JSONValue {
        try JSONPatch(reading: utf8(patch)).applied(to: JSONValue(reading: utf8(entity), as: "entity"))
    }

    @Test(
        "Values are added, replaced and removed, whatever the case of the operation",
        arguments: [
            (#"{"op":"replace","path":"/name","value":"b"}"#, #"{"name":"a"}"#, #"{"name":"b"}"#),
            (#"{"op":"REPLACE","path":"/name","value":"b"}"#, #"{"name":"a"}"#, #"{"name":"b"}"#),
            (#"{"op":"replace","path":"/description","value":"b"}"#, #"{}"#, #"{"description":"b"}"#),
            (#"{"op":"Add","path":"/params/x","value":true}"#, #"{"params":{}}"#, #"{"params":{"x":true}}"#),
            (#"{"op":"add","path":"/x","value":null}"#, #"{}"#, #"{"x":null}"#),
            (#"{"op":"remove","path":"/params/x"}"#, #"{"params":{"x":1,"y":2}}"#, #"{"params":{"y":2}}"#),
            (#"{"op":"add","path":"/list/1","value":9}"#, #"{"list":[1,2]}"#, #"{"list":[1,9,2]}"#),
            (#"{"op":"add","path":"/list/-","value":9}"#, #"{"list":[1,2]}"#, #"{"list":[1,2,9]}"#),
            (#"{"op":"add","path":"/list/2","value":9}"#, #"{"list":[1,2]}"#, #"{"list":[1,2,9]}"#),
            (#"{"op":"replace","path":"/list/1","value":9}"#, #"{"list":[1,2]}"#, #"{"list":[1,9]}"#),
            (#"{"op":"remove","path":"/list/0"}"#, #"{"list":[1,2]}"#, #"{"list":[2]}"#),
            (
                #"{"op":"replace","path":"/list/0/a","value":9}"#, #"{"list":[{"a":1}]}"#,
                #"{"list":[{"a":9}]}"#
            ),
            (#"{"op":"add","path":"/a~1b~0c","value":1}"#, #"{}"#, #"{"a/b~c":1}"#),
            (#"{"op":"replace","path":"","value":{"a":1}}"#, #"{"b":1}"#, #"{"a":1}"#),
        ])
    func operations(operation: String, before: String, after: String) throws {
        #expect(try Self.apply("[\(operation)]", to: before) == JSONValue(reading: utf8(after), as: "entity"))
    }

    @Test(
        "What cannot be done is refused",
        arguments: [
            (#"{"op":"remove","path":"/x"}"#, JSONPatchError.nothingThere("/x")),
            (#"{"op":"remove","path":""}"#, .nothingThere("")),
            (#"{"op":"add","path":"/x/y","value":1}"#, .nothingThere("/x/y")),
            (#"{"op":"add","path":"/name/y","value":1}"#, .nothingThere("/name/y")),
            (#"{"op":"replace","path":"/list/2","value":1}"#, .nothingThere("/list/2")),
            (#"{"op":"add","path":"/list/9","value":1}"#, .nothingThere("/list/9")),
            (#"{"op":"add","path":"/list/01","value":1}"#, .nothingThere("/list/01")),
            (#"{"op":"add","path":"/list/-1","value":1}"#, .nothingThere("/list/-1")),
            (
                #"{"op":"add","path":"/list/99999999999999999999","value":1}"#,
                .nothingThere("/list/99999999999999999999")
            ),
            (#"{"op":"move","from":"/a","path":"/b"}"#, .unsupportedOperation("move")),
            (#"{"op":"test","path":"/a","value":1}"#, .unsupportedOperation("test")),
            (#"{"op":"copy","from":"/a","path":"/b"}"#, .unsupportedOperation("copy")),
            (#"{"op":"add","value":1}"#, .pathMissing),
            (#"{"op":"add","path":"x","value":1}"#, .badPath("x")),
            (#"{"op":"add","path":"/~2","value":1}"#, .badPath("/~2")),
            (#"{"op":"add","path":"/~","value":1}"#, .badPath("/~")),
            (#"{"op":"add","path":"/x"}"#, .valueMissing("/x")),
        ])
    func refused(operation: String, error: JSONPatchError) {
        #expect(throws: error) {
            try Self.apply("[\(operation)]", to: #"{"name":"a","list":[1,2]}"#)
        }
    }

    @Test("Codes of the catalogue go with what it names")
    func codes() {
        #expect(JSONPatchError.unsupportedOperation("move").code?.rawValue == "1434-400")
        #expect(JSONPatchError.pathMissing.code?.rawValue == "1455-400")
        #expect(JSONPatchError.nothingThere("/x").code == nil)
    }

    @Test("Of several changes none is made where one cannot be")
    func together() throws {
        let entity = try JSONValue(reading: utf8(#"{"a":1}"#), as: "entity")
        let patch = try JSONPatch(
            reading: utf8(#"[{"op":"replace","path":"/a","value":2},{"op":"remove","path":"/b"}]"#))
        #expect(throws: JSONPatchError.nothingThere("/b")) { try patch.applied(to: entity) }
    }

    @Test("Too many changes, and paths without end, are refused")
    func bounds() {
        let one = #"{"op":"add","path":"/x","value":1}"#
        let many = Array(repeating: one, count: 1_001).joined(separator: ",")
        #expect(throws: JSONPatchError.tooLong(1_001)) { try JSONPatch(reading: utf8("[\(many)]")) }
        let path = String(repeating: "/a", count: 10_000)
        #expect(throws: JSONPatchError.badPath(path)) {
            try JSONPatch(reading: utf8(#"[{"op":"add","path":"\#(path)","value":1}]"#))
        }
    }
}
