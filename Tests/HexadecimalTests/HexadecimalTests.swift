import Hexadecimal
import Testing

@Suite struct HexadecimalTests {
    @Test(
        "Bytes become two digits each, and digits in either case become the bytes",
        arguments: [([], ""), ([0], "00"), ([0x0F, 0xF0], "0ff0"), ([0xDE, 0xAD, 0xBE, 0xEF], "deadbeef")]
            as [([UInt8], String)])
    func bytes(bytes: [UInt8], digits: String) {
        #expect(bytes.hexadecimal == digits)
        #expect([UInt8](hexadecimal: digits) == bytes && [UInt8](hexadecimal: digits.uppercased()) == bytes)
    }

    @Test("What is no digits is nothing", arguments: ["0", "0g", "xx", "0x00", "é0", "０0", " 00", "00\n"])
    func others(text: String) {
        #expect([UInt8](hexadecimal: text) == nil)
    }

    @Test("A number has all the digits of its type")
    func numbers() {
        #expect(UInt8(0).hexadecimal == "00" && UInt8.max.hexadecimal == "ff")
        #expect(UInt32(0xABC).hexadecimal == "00000abc")
        #expect(UInt64.max.hexadecimal == String(repeating: "f", count: 16))
    }
}
