// Members that are added to records that are passed on as they stand.

import Glibc
import Parquet

/// Members that every record gets at its end.
struct AddedMembers: Sendable {
    /// The members, each followed by a comma but the last; empty if there are none.
    private let text: [UInt8]

    /// The members of those of `constants` that have a value.
    init(_ constants: [ConstantColumn]) {
        text = Array(constants.compactMap(\.jsonMember).joined(separator: [UInt8(ascii: ",")]))
    }

    /// Whether there is nothing to add.
    var isEmpty: Bool { text.isEmpty }

    /// `records` with the members.
    ///
    /// - Parameter records: JSON objects, each ended by a line feed.
    func added(to records: UnsafeRawBufferPointer) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(records.count + records.count / 8 + text.count + 1)
        var rest = records[...]
        while let lineFeed = rest.firstIndex(of: UInt8(ascii: "\n")) {
            // A checked record ends with its brace, but for white space.
            let line = rest[..<lineFeed]
            if let brace = line.lastIndex(of: UInt8(ascii: "}")) {
                let members = line[..<brace]
                output += members
                if !Self.isEmptyObject(members) { output.append(UInt8(ascii: ",")) }
                output += text
                output.append(UInt8(ascii: "}"))
            }
            output.append(UInt8(ascii: "\n"))
            rest = rest[(lineFeed + 1)...]
        }
        return output
    }

    /// Whether an object has no members: only white space stands behind the brace that opens it.
    private static func isEmptyObject(_ members: Slice<UnsafeRawBufferPointer>) -> Bool {
        members.last { ![0x20, 0x09, 0x0D].contains($0) } == UInt8(ascii: "{")
    }
}

extension ConstantColumn {
    /// The column as a member of a JSON object, without a comma; nil where it has no value.
    var jsonMember: [UInt8]? {
        let value: [UInt8]? =
            switch value {
            case .string(let text): text.map(JSONText.string)
            case .integer(let number): number.map { Array(String($0).utf8) }
            }
        return value.map { JSONText.member(name) + $0 }
    }
}
