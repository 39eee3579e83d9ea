// A tree as the items of a list: numbered as they stand when nothing is folded, so that searching, marking and moving
// are the list's own. Of what there are many below a node only the number is kept: ten thousand files cost nothing
// until they are drawn.

/// A node of a tree.
public struct TreeNode<ID: Hashable & Sendable>: Sendable, Equatable {
    /// What it is known by, whatever comes before it.
    public var id: ID
    /// How deep it lies, from 0.
    public var level: Int
    /// How many leaves lie right below it, before the nodes below it.
    public var leaves: Int
    /// Whether what lies below it is folded away when it is first seen.
    public var isFoldedAtFirst: Bool

    /// A node.
    public init(_ id: ID, level: Int, leaves: Int = 0, isFoldedAtFirst: Bool = false) {
        self.id = id
        self.level = level
        self.leaves = leaves
        self.isFoldedAtFirst = isFoldedAtFirst
    }
}

/// A tree, and what of it is folded.
public struct Tree<ID: Hashable & Sendable>: Sendable, Equatable {
    /// Where an item is: a node, or a leaf right below it.
    public struct Place: Sendable, Hashable {
        /// The node, by its number.
        public var node: Int
        /// The leaf, counted from 0; nil for the node itself.
        public var leaf: Int?

        /// A place.
        public init(node: Int, leaf: Int? = nil) {
            self.node = node
            self.leaf = leaf
        }
    }

    /// The nodes, each before what lies below it.
    public private(set) var nodes: [TreeNode<ID>] = []
    /// How many items there are: nodes and leaves, folded or not.
    public private(set) var count = 0
    /// The items that the nodes are.
    private var items: [Int] = []
    private var parents: [Int?] = []
    private var folds: [ID: Bool] = [:]

    /// An empty tree.
    public init() {}

    /// Takes other nodes; what was folded stays so, and what is new is as it says itself.
    ///
    /// - Parameter nodes: each before what lies below it.
    public mutating func show(_ nodes: [TreeNode<ID>]) {
        let before = folds
        (self.nodes, items, parents, folds, count) = (nodes, [], [], [:], 0)
        var path: [Int] = []
        for (index, node) in nodes.enumerated() {
            path.removeAll { nodes[$0].level >= node.level }
            parents.append(path.last)
            path.append(index)
            items.append(count)
            count += 1 + node.leaves
            folds[node.id] = before[node.id] ?? node.isFoldedAtFirst
        }
    }

    // MARK: Places

    /// Where an item is.
    public func place(of item: Int) -> Place {
        var (low, high) = (0, items.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if items[middle] <= item { low = middle } else { high = middle - 1 }
        }
        let leaf = item - items[low]
        return Place(node: low, leaf: leaf == 0 ? nil : leaf - 1)
    }

    /// The item in a place.
    public func item(at place: Place) -> Int { items[place.node] + (place.leaf.map { $0 + 1 } ?? 0) }

    /// The node of an id; nil where there is none.
    public func node(_ id: ID) -> Int? { nodes.firstIndex { $0.id == id } }

    /// The node that an item lies right below; nil at the top.
    public func parent(of place: Place) -> Int? { place.leaf == nil ? parents[place.node] : place.node }

    /// How deep an item lies, from 0.
    public func level(of place: Place) -> Int { nodes[place.node].level + (place.leaf == nil ? 0 : 1) }

    /// Items with all that they lie below, in the order of the tree.
    ///
    /// - Parameter items: in the order of the tree.
    public func withAncestors(of items: [UInt32]) -> [UInt32] {
        var isTaken = [Bool](repeating: false, count: nodes.count)
        var all: [UInt32] = []
        for item in items {
            let place = place(of: Int(item))
            var path: [Int] = []
            var next = parent(of: place)
            while let node = next, !isTaken[node] {
                isTaken[node] = true
                path.append(node)
                next = parents[node]
            }
            all += path.reversed().map { UInt32(self.items[$0]) }
            if place.leaf == nil {
                if isTaken[place.node] { continue }
                isTaken[place.node] = true
            }
            all.append(item)
        }
        return all
    }

    // MARK: Folding

    /// Whether something lies below a node.
    public func canFold(_ node: Int) -> Bool {
        nodes[node].leaves > 0 || node + 1 < nodes.count && nodes[node + 1].level > nodes[node].level
    }

    /// Whether what lies below a node is folded away.
    public func isFolded(_ node: Int) -> Bool { folds[nodes[node].id] == true && canFold(node) }

    /// Folds what lies below a node away, or back.
    public mutating func setFolded(_ isFolded: Bool, _ node: Int) { folds[nodes[node].id] = isFolded }

    /// Folds back whatever hides an item.
    public mutating func reveal(_ item: Int) {
        var next = parent(of: place(of: item))
        while let node = next {
            setFolded(false, node)
            next = parents[node]
        }
    }

    /// The items that are not folded away, in their order; nil where all are.
    ///
    /// - Parameter kept: nothing but these, in their order; nil for all.
    public func unfolded(of kept: [UInt32]? = nil) -> [UInt32]? {
        guard nodes.indices.contains(where: isFolded) else { return kept }
        var hidden: [Range<Int>] = []
        var index = 0
        while index < nodes.count {
            if isFolded(index) {
                let end = end(of: index)
                hidden.append(items[index] + 1..<(end < nodes.count ? items[end] : count))
                index = end
            } else {
                index += 1
            }
        }
        return Self.without(hidden, kept ?? (0..<UInt32(count)).map { $0 })
    }

    private static func without(_ hidden: [Range<Int>], _ items: [UInt32]) -> [UInt32] {
        var ranges = hidden[...]
        return items.filter { item in
            while let first = ranges.first, first.upperBound <= Int(item) { ranges.removeFirst() }
            return ranges.first.map { !$0.contains(Int(item)) } ?? true
        }
    }

    /// The first node that does not lie below another one.
    private func end(of node: Int) -> Int {
        let level = nodes[node].level
        return nodes[(node + 1)...].firstIndex { $0.level <= level } ?? nodes.count
    }
}

/// What a key does in a tree.
public enum TreeStep: Sendable, Hashable {
    /// Something was folded or unfolded.
    case changed
    /// The cursor goes to an item.
    case goes(to: Int)
}

extension Tree {
    /// Folds what is at a place; where there is nothing to fold, the way leads up.
    public mutating func stepOut(of place: Place) -> TreeStep? {
        if place.leaf == nil, canFold(place.node), !isFolded(place.node) {
            setFolded(true, place.node)
            return .changed
        }
        return parent(of: place).map { .goes(to: items[$0]) }
    }

    /// Unfolds what is at a place; where it is unfolded, the way leads to the first item below.
    public mutating func stepInto(_ place: Place) -> TreeStep? {
        guard place.leaf == nil, canFold(place.node) else { return nil }
        if isFolded(place.node) {
            setFolded(false, place.node)
            return .changed
        }
        return .goes(to: items[place.node] + 1)
    }
}
