// Changing values in place.

/// Each function takes the array out, so that it is the only owner and changes without a copy; it returns false,
/// and does nothing, if the values are of another type.
extension PhysicalValues {
    mutating func updateBooleans(_ body: (inout [Bool]) throws -> Void) rethrows -> Bool {
        guard case .boolean(var values) = self else { return false }
        self = .int32([])
        defer { self = .boolean(values) }
        try body(&values)
        return true
    }

    mutating func updateInt32(_ body: (inout [Int32]) throws -> Void) rethrows -> Bool {
        guard case .int32(var values) = self else { return false }
        self = .boolean([])
        defer { self = .int32(values) }
        try body(&values)
        return true
    }

    mutating func updateInt64(_ body: (inout [Int64]) throws -> Void) rethrows -> Bool {
        guard case .int64(var values) = self else { return false }
        self = .boolean([])
        defer { self = .int64(values) }
        try body(&values)
        return true
    }

    mutating func updateFloats(_ body: (inout [Float]) throws -> Void) rethrows -> Bool {
        guard case .float(var values) = self else { return false }
        self = .boolean([])
        defer { self = .float(values) }
        try body(&values)
        return true
    }

    mutating func updateDoubles(_ body: (inout [Double]) throws -> Void) rethrows -> Bool {
        guard case .double(var values) = self else { return false }
        self = .boolean([])
        defer { self = .double(values) }
        try body(&values)
        return true
    }

    mutating func updateByteArrays(_ body: (inout ByteArrays) throws -> Void) rethrows -> Bool {
        guard case .byteArray(var values) = self else { return false }
        self = .boolean([])
        defer { self = .byteArray(values) }
        try body(&values)
        return true
    }

    mutating func updateFixed(_ body: (inout FixedByteArrays) throws -> Void) rethrows -> Bool {
        guard case .fixed(var values) = self else { return false }
        self = .boolean([])
        defer { self = .fixed(values) }
        try body(&values)
        return true
    }
}
