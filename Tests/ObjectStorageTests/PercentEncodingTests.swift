// Names as URLs write them.

import Testing
import Transfer

@testable import ObjectStorage

@Suite struct PercentEncodingTests {
    @Test(
        "Names are encoded once, by their bytes, and decoded again",
        arguments: [
            ("a b+c%20", "a%20b%2Bc%2520"), ("é/日", "%C3%A9/%E6%97%A5"), ("~-._AZaz09", "~-._AZaz09"),
            ("a&b=c?d#e", "a%26b%3Dc%3Fd%23e"), ("\u{301}x", "%CC%81x"),
        ])
    func percentEncoding(name: String, encoded: String) {
        #expect(PercentEncoding.path(name) == encoded)
        #expect(PercentEncoding.decode(encoded) == name)
    }

    @Test("Broken codes are not decoded", arguments: ["%", "%4", "%zz", "%+1", "%FF"])
    func brokenEncoding(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
