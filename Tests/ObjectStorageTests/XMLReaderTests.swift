// The answers of services in XML: what is read, and what is refused.

import Testing

@testable import ObjectStorage

@Suite struct XMLReaderTests {
    private static let listing = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <Name>acme &amp; sons</Name><IsTruncated>true</IsTruncated>
          <Contents><Key>a/&lt;1&gt; 名前 &#x1F4E6;</Key><Size>12</Size>
            <Owner><ID kind="x">me</ID></Owner></Contents>
          <Contents><Key><![CDATA[a&b]]></Key><Size></Size></Contents>
        </ListBucketResult>
        """

    @Test("Elements, texts and attributes are read, however the bytes are cut", arguments: [1, 2, 7, 4_096])
    func pieces(size: Int) throws {
        let bytes = Array(Self.listing.utf8)
        let reader = XMLReader(delivering: ["Contents"])
        var objects: [XMLElement] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            objects += try reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        let root = try reader.finish()
        #expect(objects.map { $0.text("Key") } == ["a/<1> 名前 📦", "a&b"])
        #expect(objects.map { $0.integer("Size") } == [12, nil])
        #expect(objects.first?["Owner"]?["ID"]?.attributes == [.init(name: "kind", value: "x")])
        #expect(objects.first?.text("Owner", "ID") == "me")
        #expect(root.name == "ListBucketResult")
        #expect(root.text("Name") == "acme & sons")
        #expect(root.isTrue("IsTruncated"))
        #expect(root.all("Contents").isEmpty)
    }

    @Test("Blanks before the document, and a byte order mark, are taken")
    func beginnings() throws {
        #expect(try XMLReader.root(of: Array(" \n\n<?xml version=\"1.0\"?><a/>".utf8)).name == "a")
        #expect(try XMLReader.root(of: Array("\u{FEFF}<?xml version=\"1.0\"?><a>b</a>".utf8)).text == "b")
        let reader = XMLReader()
        for piece in ["  ", "\n", "<a>", "b</a>", "\n"] { _ = try reader.read(Array(piece.utf8)) }
        #expect(try reader.finish().text == "b")
    }

    @Test(
        "A document type is refused, with all that it could define",
        arguments: [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY b \"cc\">]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        ])
    func documentTypes(text: String) {
        #expect(throws: XMLError.documentType) { try XMLReader.root(of: Array(text.utf8)) }
    }

    @Test("What is larger or deeper than the limits is refused")
    func limits() {
        let limits = XMLLimits(bytes: 1_000, depth: 4, text: 100)
        func error(_ text: String) -> XMLError? {
            #expect(throws: XMLError.self) { try XMLReader.root(of: Array(text.utf8), limits: limits) }
        }
        let long = String(repeating: "x", count: 101)
        #expect(error("<a>" + String(repeating: "<b/>", count: 300) + "</a>") == .tooLong(limit: 1_000))
        #expect(error("<a><a><a><a><a/></a></a></a></a>") == .tooDeep(limit: 4))
        #expect(error("<a>\(long)</a>") == .textTooLong(limit: 100))
        #expect(error("<a b=\"\(long)\"/>") == .textTooLong(limit: 100))
        #expect(error("<a>\(long.dropLast())<b/>\(long.dropLast())</a>") == .textTooLong(limit: 100))
    }

    @Test(
        "What is no XML, or half of it, is refused",
        arguments: [
            "", " ", "<a>", "<a><b></a>", "<a>&b;</a>", "<a/><b/>", "{}", "<html><p>x<br></html>", "<a",
        ])
    func malformed(text: String) {
        #expect(throws: XMLError.self) { try XMLReader.root(of: Array(text.utf8)) }
    }
}
