// The walk over the tree of a plan for one row after the other, with a cursor in each column.

import Glibc
import Languages
import Parquet

/// The unchecked inside of `RecordAssembler`.
///
/// Entries are taken in step: one from each column below a node that is there once, and one from each below one that
/// is not. That they do not end too soon follows from what `CheckedEntries` has looked at, and from the repetition
/// levels, which are compared after each element and each absent node.
struct RowWalk {
    let nodes: UnsafeBufferPointer<PlanNode>
    let cursors: UnsafeMutablePointer<LeafCursor>?
    let texts: UnsafePointer<UInt8>
    let constants: [UInt8]

    /// Writes the next row as a line.
    @inline(__always)
    func writeRow(to output: inout JSONOutput) throws {
        var place = output.end
        try output.reserve(64, at: &place)
        place = place.put(UInt8(ascii: "{"))
        var node = 0
        while node < nodes.count { place = try write(&node, to: &output, at: place) }
        try output.reserve(constants.count + 64, at: &place)
        constants.withUnsafeBufferPointer { constants in
            guard let source = constants.baseAddress, !constants.isEmpty else { return }
            memcpy(place, source, constants.count)
            place += constants.count
        }
        output.finishRecord(at: close(with: UInt8(ascii: "}"), at: place).put(UInt8(ascii: "\n")))
    }

    /// Writes what stands at `node`, which becomes the place of the node after it.
    @inline(__always)
    private func write(
        _ node: inout Int, to output: inout JSONOutput, at place: OutputPointer
    ) throws -> OutputPointer {
        guard let base = nodes.baseAddress else { return place }
        let current = base + node
        node = current.pointee.end
        if current.pointee.kind == .leaf { return try writeLeaf(current, to: &output, at: place) }
        return try writeInner(current, to: &output, at: place)
    }

    @inline(__always)
    private func writeLeaf(
        _ node: UnsafePointer<PlanNode>, to output: inout JSONOutput, at place: OutputPointer
    ) throws -> OutputPointer {
        guard let cursors else { return place }
        let cursor = cursors + node.pointee.leaves.lowerBound
        let isThere = cursor.pointee.nextDefinitionLevel == cursor.pointee.maximumDefinitionLevel
        cursor.pointee.entry &+= 1
        guard isThere else { return try writeAbsent(node, to: &output, at: place) }
        var index = cursor.pointee.value
        cursor.pointee.value = index &+ 1
        if let indices = cursor.pointee.indices { index = Int(indices[index]) }
        return try cursor.pointee.write(index, to: &output, at: place)
    }

    private func writeInner(
        _ node: UnsafePointer<PlanNode>, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        guard let cursors else { return start }
        let first = cursors + node.pointee.leaves.lowerBound
        let level = Int(first.pointee.nextDefinitionLevel)
        guard level >= node.pointee.definitionLevel else {
            try skip(node)
            return try writeAbsent(node, to: &output, at: start)
        }
        var place = start
        try output.reserve(node.pointee.prefix.count + 64, at: &place)
        place = place.putShort(texts + node.pointee.prefix.start, node.pointee.prefix.count)
        let isArray = node.pointee.kind == .list
        place = place.put(isArray ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        if node.pointee.kind == .group {
            place = try writeBelow(node, to: &output, at: place)
        } else if level < node.pointee.elementDefinitionLevel {
            try skip(node)
        } else {
            repeat {
                place = try writeBelow(node, to: &output, at: place)
            } while try isContinued(node)
        }
        try output.reserve(64, at: &place)
        return close(with: isArray ? UInt8(ascii: "]") : UInt8(ascii: "}"), at: place).put(UInt8(ascii: ","))
    }

    @inline(__always)
    private func writeBelow(
        _ node: UnsafePointer<PlanNode>, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        guard let base = nodes.baseAddress else { return start }
        var place = start
        var below = node - base + 1
        while below < node.pointee.end { place = try write(&below, to: &output, at: place) }
        return place
    }

    /// Whether another element of a list or map follows: on which all columns below it must agree.
    @inline(__always)
    private func isContinued(_ node: UnsafePointer<PlanNode>) throws -> Bool {
        guard let cursors else { return false }
        let leaves = node.pointee.leaves
        let next = cursors[leaves.lowerBound].nextRepetitionLevel
        for leaf in leaves.dropFirst() where cursors[leaf].nextRepetitionLevel != next {
            throw Self.outOfStep
        }
        guard next <= node.pointee.elementRepetitionLevel else { throw Self.outOfStep }
        return next == node.pointee.elementRepetitionLevel
    }

    /// Passes over the one entry that each column below a node has when the node has no elements or is not there.
    private func skip(_ node: UnsafePointer<PlanNode>) throws {
        guard let cursors else { return }
        for leaf in node.pointee.leaves {
            cursors[leaf].skip()
            guard cursors[leaf].nextRepetitionLevel <= node.pointee.repetitionLevel else {
                throw Self.outOfStep
            }
        }
    }

    @inline(__always)
    private func writeAbsent(
        _ node: UnsafePointer<PlanNode>, to output: inout JSONOutput, at start: OutputPointer
    ) throws -> OutputPointer {
        let text = node.pointee.absent
        guard text.count > 0 else { return start }
        var place = start
        try output.reserve(64, at: &place)
        return place.putShort(texts + text.start, text.count)
    }

    /// Ends an object or an array in the place of the comma after its last member or element.
    @inline(__always)
    private func close(with bracket: UInt8, at place: OutputPointer) -> OutputPointer {
        let end = place[-1] == UInt8(ascii: ",") ? place - 1 : place
        return end.put(bracket)
    }

    private static let outOfStep = ParquetError(
        .malformed(Text("columns of one list have different numbers of elements")))
}
