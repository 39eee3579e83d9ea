// Many answers from a platform that may be far away, several at a time.

extension Array where Element: Sendable {
    /// What comes of each element, in their order; several are asked for at a time, as each waits for its own answer.
    public func mapConcurrently<Value: Sendable>(
        atATime width: Int = 8, _ transform: @escaping @Sendable (Element) async -> Value
    ) async -> [Value] {
        await withTaskGroup(of: (index: Int, value: Value).self) { group in
            var values: [Int: Value] = [:]
            for (index, element) in enumerated() {
                if index >= width, let next = await group.next() { values[next.index] = next.value }
                group.addTask { (index, await transform(element)) }
            }
            for await next in group { values[next.index] = next.value }
            return indices.compactMap { values[$0] }
        }
    }
}
