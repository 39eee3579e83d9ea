// What is not an object, an array, or a value of the most frequent kinds; and what does not fit.

import Parquet

extension Shredding {
    /// A name as the key of a map, whose opening quote is before `place`: what the value would be stands in it,
    /// also where that is no string.
    mutating func takeKey(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        let buffer = buffers + node.pointee.firstLeaf
        buffer.pointee.appendEntry(node.pointee.level, repetition)
        if node.pointee.kind == .string {
            buffer.pointee.appendString(&place)
            return true
        }
        let name = AcceptedJSON.string(&place) + [UInt8](repeating: 0, count: JSONLineScanner.padding)
        let fits = name.withUnsafeBufferPointer {
            let text = UnsafeBufferPointer(rebasing: $0.dropLast(JSONLineScanner.padding))
            return buffer.pointee.append(key: text, as: plan.conversions[node.pointee.firstLeaf])
        }
        return fits ? true : refuseType(of: node)
    }

    /// A value for a column that is not of the most frequent kinds.
    @inline(never)
    mutating func takeConverted(
        _ node: UnsafePointer<Node>, _ place: inout JSONPlace, _ repetition: UInt8
    ) -> Bool {
        guard node.pointee.elements == nil, node.pointee.children == nil else { return refuseType(of: node) }
        let conversion = plan.conversions[node.pointee.firstLeaf]
        let buffer = buffers + node.pointee.firstLeaf
        buffer.pointee.appendEntry(node.pointee.level, repetition)
        let start = place
        if conversion.takesText {
            AcceptedJSON.skipValue(&place)
            buffer.pointee.append(bytes: UnsafeBufferPointer(start: start, count: place - start))
            return true
        }
        switch start.pointee {
        case UInt8(ascii: "\""):
            place += 1
            let fits: Bool
            if AcceptedJSON.skipToQuote(&place) {
                place = start + 1
                fits = AcceptedJSON.string(&place).withUnsafeBufferPointer {
                    buffer.pointee.append($0, as: conversion)
                }
            } else {
                let text = UnsafeBufferPointer(start: start + 1, count: place - start - 1)
                place += 1
                fits = buffer.pointee.append(text, as: conversion)
            }
            return fits ? true : refuseType(of: node)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let fits = buffer.pointee.append(JSONNumber(&place), as: conversion)
            return fits ? true : refuseType(of: node)
        default:
            return refuseType(of: node)
        }
    }

    @inline(never)
    mutating func takeNull(_ node: UnsafePointer<Node>, _ repetition: UInt8) -> Bool {
        node.pointee.isRequired ? refuse(node, .missing) : fill(node, node.pointee.nullLevel, repetition)
    }

    /// One entry in each column of `node`, none of them a value.
    @inline(__always)
    mutating func fill(_ node: UnsafePointer<Node>, _ level: UInt8, _ repetition: UInt8) -> Bool {
        let leaves = node.pointee.firstLeaf..<node.pointee.endLeaf
        nullsLeft -= leaves.count
        guard nullsLeft >= 0 else { return refuse(node, .tooLarge) }
        for leaf in leaves { buffers[leaf].appendEntry(level, repetition) }
        return true
    }

    @inline(never)
    mutating func refuseType(of node: UnsafePointer<Node>) -> Bool {
        switch node.pointee.kind {
        case .object: return refuse(node, .unfit("object"))
        case .list: return refuse(node, .unfit("array"))
        case .map: return refuse(node, .unfit("object or array of entries"))
        default:
            let leaf = plan.schema.leaves[node.pointee.firstLeaf]
            return refuse(node, .unfit(leaf.logicalType?.description ?? leaf.physicalType.description))
        }
    }

    @inline(never)
    mutating func refuse(_ node: UnsafePointer<Node>, _ reason: RecordMisfit.Reason) -> Bool {
        misfit = (node.pointee.number, nil, reason)
        return false
    }
}
