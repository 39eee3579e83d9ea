// Of many arrays that never grow again, the room that they keep for growing is up to half.

extension Array {
    /// The same elements in exactly as much memory as they take.
    var withoutSpareRoom: [Element] { withUnsafeBufferPointer { Array($0) } }
}
