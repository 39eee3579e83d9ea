// The wire format of SFTP version 3, byte by byte as the draft has it.

import Testing

@testable import SecureShell

@Suite struct PacketTests {
    @Test(
        "Each request has the bytes of the draft",
        arguments: [
            (
                .open(path: "a", [.write, .create, .truncate], permissions: nil),
                "03 00000007 00000001 61 0000001a 00000000"
            ),
            (
                .open(path: "a", .read, permissions: 0o600),
                "03 00000007 00000001 61 00000001 00000004 00000180"
            ),
            (.close(handle: [0xAB]), "04 00000007 00000001 ab"),
            (
                .read(handle: [0xAB], offset: 1 << 32, count: 9),
                "05 00000007 00000001 ab 0000000100000000 00000009"
            ),
            (
                .write(handle: [0xAB], offset: 2, bytes: [1, 2]),
                "06 00000007 00000001 ab 0000000000000002 00000002 0102"
            ),
            (.lstat(path: "é"), "07 00000007 00000002 c3a9"),
            (.fstat(handle: [0xAB]), "08 00000007 00000001 ab"),
            (.openFolder(path: "."), "0b 00000007 00000001 2e"),
            (.readFolder(handle: [0xAB]), "0c 00000007 00000001 ab"),
            (.remove(path: "a"), "0d 00000007 00000001 61"),
            (.makeFolder(path: "a"), "0e 00000007 00000001 61 00000000"),
            (.removeFolder(path: "a"), "0f 00000007 00000001 61"),
            (.realPath(path: "a"), "10 00000007 00000001 61"),
            (.stat(path: "a"), "11 00000007 00000001 61"),
            (.rename(from: "a", to: "b"), "12 00000007 00000001 61 00000001 62"),
            (.limits, "c8 00000007 00000012 6c696d697473406f70656e7373682e636f6d"),
        ] as [(SFTPRequest, String)])
    func requests(request: SFTPRequest, bytes: String) {
        let packet = Array(request.pieces(id: 7).joined())
        #expect(Array(packet.dropFirst(4)) == hex(bytes))
        #expect(Array(packet.prefix(4)) == [0, 0, 0, UInt8(packet.count - 4)])
    }

    @Test("A large write is one packet, whatever pieces it is sent in", arguments: [32_000, 32_768, 261_120])
    func largeWrite(count: Int) {
        let bytes = (0..<count + 10).map { UInt8(truncatingIfNeeded: $0 / 3) }
        let request = SFTPRequest.write(handle: [0xAB], offset: 2, bytes: bytes[5..<count + 5])
        let packet = Array(request.pieces(id: 7).joined())
        let length = UInt32(packet.count - 4)
        let size = UInt32(count)
        let head = hex("06 00000007 00000001 ab 0000000000000002")
        let numbers = [length, size].map { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } }
        #expect(packet == numbers[0] + head + numbers[1] + bytes[5..<count + 5])
    }

    @Test(
        "Each answer is read",
        arguments: [
            ("65 00000007 00000000 00000002 4f4b 00000000", .status(SFTPStatus(code: .ok, message: "OK"))),
            ("65 00000007 00000003", .status(SFTPStatus(code: .permissionDenied, message: ""))),
            ("65 00000007 0000000e 00000000 00000000", .status(SFTPStatus(code: .noSpace, message: ""))),
            ("65 00000007 000000ff 00000000 00000000", .status(SFTPStatus(code: .other(255), message: ""))),
            ("66 00000007 00000002 abcd", .handle([0xAB, 0xCD])),
            ("67 00000007 00000003 010203", .data([1, 2, 3])),
            (
                "69 00000007 0000000f 0000000000000005 00000001 00000002 000081a4 00000009 0000000a",
                .attributes(SFTPAttributes(size: 5, permissions: 0o100644, modified: 10))
            ),
            (
                "69 00000007 80000001 0000000000000005 00000001 00000001 61 00000001 62",
                .attributes(SFTPAttributes(size: 5))
            ),
            (
                "68 00000007 00000002 00000001 61 00000000 00000000 00000001 ff 00000000 00000000",
                .names([
                    SFTPName(name: "a", attributes: SFTPAttributes()),
                    SFTPName(name: nil, attributes: SFTPAttributes()),
                ])
            ),
            ("c9 00000007 0102", .extended([1, 2])),
        ] as [(String, SFTPReply)])
    func answers(bytes: String, reply: SFTPReply) throws {
        #expect(try SFTPPacket(hex(bytes)[...]) == .reply(id: 7, reply))
    }

    @Test("The server's version comes with its extensions")
    func version() throws {
        let packet = try SFTPPacket(hex("02 00000003 00000001 61 00000001 31")[...])
        #expect(packet == .version(3, extensions: ["a": "1"]))
    }

    @Test("An answer that ends too early, at whatever byte, is refused")
    func truncated() throws {
        let whole = hex("69 00000007 0000000f 0000000000000005 00000001 00000002 000081a4 00000009 0000000a")
        for count in 0..<whole.count {
            #expect(throws: SSHError.self) { try SFTPPacket(whole.prefix(count)) }
        }
    }

    @Test("Packets are cut out of the stream, however it comes")
    func stream() throws {
        let packets: [[UInt8]] = [[1], [], [2, 3, 4], Array(repeating: 5, count: 300)]
        let bytes = packets.flatMap { packet -> [UInt8] in
            [0, 0, UInt8(packet.count >> 8), UInt8(packet.count & 0xFF)] + packet
        }
        for size in [1, 2, 3, 5, 7, 100, bytes.count] {
            var stream = PacketStream()
            var found: [[UInt8]] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { stream.append($0) }
                while let packet = try stream.next() { found.append(Array(packet)) }
            }
            #expect(found == packets, "in pieces of \(size)")
        }
    }

    @Test("A greeting in place of SFTP is told as one")
    func greeting() throws {
        var stream = PacketStream()
        Array("Welcome to this server\n".utf8).withUnsafeBytes { stream.append($0) }
        #expect(throws: SSHError.self) { _ = try stream.next() }
    }

    @Test("Kinds of files are told by the mode's type bits")
    func kinds() {
        let kinds = [0o100644, 0o040755, 0o120777, 0o010644, 0o644].map {
            SFTPAttributes(permissions: $0).kind
        }
        #expect(kinds == [.file, .folder, .link, .other, .unknown])
        #expect(SFTPAttributes().kind == .unknown)
    }

    private func hex(_ text: String) -> [UInt8] {
        let digits = text.filter { $0 != " " }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
