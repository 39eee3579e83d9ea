// The tree of the verification pane: the flow, its exports by their times, of each the runs of its datasets, of each
// its folder, and there its files.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// What the verification pane shows, as a tree.
struct RunTree: Equatable, Sendable {
    /// What a node of the tree is.
    enum Node: Hashable, Sendable {
        case flow
        /// The runs of one scheduled time; of a run without one, its own.
        case export(String)
        case run(Identifier<FlowRun>)
        case folder(Identifier<FlowRun>)
        /// That there may be runs which are not shown.
        case older
    }

    /// An item of the tree.
    enum Row: Equatable, Sendable {
        case flow
        case export(Export)
        case run(RunReport)
        case error(FlowRunError, in: RunReport)
        case unseen(RunReport, problem: Text)
        case folder(RunReport)
        case file(FileVerification, in: RunReport)
        case finding(VerificationFinding, in: RunReport)
        case older
    }

    /// The runs of one scheduled time.
    struct Export: Equatable, Sendable {
        var id: String
        var time: Date?
        var reports: [RunReport]
    }

    /// What a row is known by, whatever comes before it.
    enum RowID: Hashable, Sendable {
        case node(Node)
        case error(Identifier<FlowRun>, Int)
        case file(Identifier<FlowRun>, path: String)
        case finding(Identifier<FlowRun>, VerificationFinding)
    }

    /// Of exports of several datasets, a folder is open from the start where it has so many files.
    private static let mostFilesAtFirst = 20

    private(set) var tree = Tree<Node>()
    /// The reports, newest first.
    private(set) var reports: [RunReport] = []
    /// What is counted of their files.
    private(set) var tallies: [FileTally] = []
    /// The exports, newest first.
    private(set) var exports: [Export] = []
    private var places: [Identifier<FlowRun>: Int] = [:]

    /// Takes other reports; what has not changed is not looked at again.
    ///
    /// - Parameters:
    ///   - new: of a run that is among them twice, as may be where one begins between two pages, the first counts.
    ///   - isCut: whether there may be older ones.
    mutating func take(_ new: [RunReport], isCut: Bool) {
        var taken: Set<Identifier<FlowRun>> = []
        let new = new.filter { taken.insert($0.id).inserted }
        tallies = new.map { report in
            if let place = places[report.id], reports[place].verification.files == report.verification.files {
                return tallies[place]
            }
            return FileTally(of: report.verification.files)
        }
        reports = new
        places = Dictionary(zip(new.map(\.id), new.indices)) { first, _ in first }
        exports = Self.exports(of: new)
        tree.show(nodes(isCut: isCut))
    }

    private static func exports(of reports: [RunReport]) -> [Export] {
        var exports: [Export] = []
        var places: [String: Int] = [:]
        for report in reports {
            let id = report.run.scheduledTime?.rfc3339 ?? report.id.rawValue
            if let place = places[id] {
                exports[place].reports.append(report)
            } else {
                places[id] = exports.count
                exports.append(Export(id: id, time: report.run.scheduledTime, reports: [report]))
            }
        }
        return exports
    }

    private func nodes(isCut: Bool) -> [TreeNode<Node>] {
        if reports.isEmpty { return [] }
        var nodes = [TreeNode(Node.flow, level: 0)]
        for (place, export) in exports.enumerated() {
            let isOpen = place == 0 || export.reports.contains(where: \.needsLook)
            nodes.append(TreeNode(.export(export.id), level: 1, isFoldedAtFirst: !isOpen))
            for report in export.reports { nodes += self.nodes(of: report, in: export) }
        }
        if isCut { nodes.append(TreeNode(.older, level: 1)) }
        return nodes
    }

    private func nodes(of report: RunReport, in export: Export) -> [TreeNode<Node>] {
        let errors = report.run.metrics.errors.count
        if report.problem != nil {
            return [TreeNode(.run(report.id), level: 2, leaves: errors + 1)]
        }
        let run = TreeNode(Node.run(report.id), level: 2, leaves: errors)
        if report.run.status == .waiting { return [run] }
        let (files, findings) = (report.verification.files.count, report.verification.findings.count)
        let expected = max(files, report.run.metrics.inputFiles ?? 0)
        let isLarge = export.reports.count > 1 && expected > Self.mostFilesAtFirst && findings == 0
        return [
            run,
            TreeNode(.folder(report.id), level: 3, leaves: files + findings, isFoldedAtFirst: isLarge),
        ]
    }

    // MARK: Rows

    /// The report of a run; nil where it is not shown.
    func report(_ id: Identifier<FlowRun>) -> RunReport? { places[id].map { reports[$0] } }

    /// What is counted of the files of a run.
    func tally(_ id: Identifier<FlowRun>) -> FileTally { places[id].map { tallies[$0] } ?? FileTally(of: []) }

    /// What an item is; nil where there is no such item.
    func row(of item: Int) -> Row? {
        guard item >= 0, item < tree.count else { return nil }
        let place = tree.place(of: item)
        switch tree.nodes[place.node].id {
        case .flow: return .flow
        case .older: return .older
        case .export(let id): return exports.first { $0.id == id }.map { .export($0) }
        case .run(let id):
            guard let report = report(id) else { return nil }
            guard let leaf = place.leaf else { return .run(report) }
            let errors = report.run.metrics.errors
            if leaf < errors.count { return .error(errors[leaf], in: report) }
            return .unseen(report, problem: report.problem ?? .empty)
        case .folder(let id):
            guard let report = report(id) else { return nil }
            guard let leaf = place.leaf else { return .folder(report) }
            let (files, findings) = (report.verification.files, report.verification.findings)
            return leaf < files.count
                ? .file(files[leaf], in: report) : .finding(findings[leaf - files.count], in: report)
        }
    }

    /// The items that the files of each run are, in the order of the tree.
    var fileItems: [(run: Identifier<FlowRun>, items: Range<Int>)] {
        tree.nodes.enumerated().compactMap { index, node in
            guard case .folder(let id) = node.id, let report = report(id) else { return nil }
            let first = tree.item(at: Tree.Place(node: index)) + 1
            return (id, first..<(first + min(node.leaves, report.verification.files.count)))
        }
    }

    /// What an item is known by; nil where there is no such item.
    func id(of item: Int) -> RowID? {
        guard let row = row(of: item) else { return nil }
        switch row {
        case .error(_, let report): return .error(report.id, tree.place(of: item).leaf ?? 0)
        case .unseen(let report, _): return .error(report.id, report.run.metrics.errors.count)
        case .file(let file, let report): return .file(report.id, path: file.file.path)
        case .finding(let finding, let report): return .finding(report.id, finding)
        case .flow, .export, .run, .folder, .older:
            return .node(tree.nodes[tree.place(of: item).node].id)
        }
    }

    /// The item that is known so, or the one that it lay below where it is gone; nil where that is gone too.
    func item(of id: RowID) -> Int? {
        let (node, leaf): (Node, Int?) =
            switch id {
            case .node(let node): (node, nil)
            case .error(let run, let leaf): (.run(run), leaf)
            case .file(let run, let path):
                (.folder(run), report(run)?.verification.files.firstIndex { $0.file.path == path })
            case .finding(let run, let finding):
                (
                    .folder(run),
                    report(run).flatMap { report in
                        report.verification.findings.firstIndex(of: finding)
                            .map { report.verification.files.count + $0 }
                    }
                )
            }
        guard let place = tree.node(node) else { return nil }
        return tree.item(
            at: Tree.Place(node: place, leaf: leaf.flatMap { $0 < tree.nodes[place].leaves ? $0 : nil }))
    }

    // MARK: What needs a look

    /// The items that fail or differ, in their order.
    var failing: [UInt32] {
        var items: [UInt32] = []
        for (index, node) in tree.nodes.enumerated() {
            switch node.id {
            case .run(let id):
                guard let report = report(id), report.run.status == .failed || node.leaves > 0 else { break }
                items.append(item(index))
                items += (0..<node.leaves).map { item(index, $0) }
            case .folder(let id):
                let files = report(id)?.verification.files.count ?? 0
                items += tally(id).differing.map { item(index, $0) }
                items += (files..<max(files, node.leaves)).map { item(index, $0) }
            case .flow, .export, .older: break
            }
        }
        return items
    }

    /// The first item of the newest export that says what is wrong; nil where nothing is.
    var firstFault: Int? {
        guard let newest = exports.first else { return nil }
        let runs = Set(newest.reports.map(\.id))
        return failing.lazy.map { Int($0) }.first { item in
            switch row(of: item) {
            case .run(let report)?:
                runs.contains(report.id) && report.run.status == .failed && report.run.metrics.errors.isEmpty
            case .error(_, let report)?: runs.contains(report.id) && report.run.status == .failed
            case .file(_, let report)?, .finding(_, let report)?, .unseen(let report, _)?:
                runs.contains(report.id)
            case .flow?, .export?, .folder?, .older?, nil: false
            }
        }
    }

    private func item(_ node: Int, _ leaf: Int? = nil) -> UInt32 {
        UInt32(tree.item(at: Tree.Place(node: node, leaf: leaf)))
    }

    // MARK: Folding

    /// Folds or unfolds a node.
    mutating func setFolded(_ isFolded: Bool, _ node: Int) { tree.setFolded(isFolded, node) }

    /// Does what the key that leads out of a tree does at an item.
    mutating func stepOut(of item: Int) -> TreeStep? { tree.stepOut(of: tree.place(of: item)) }

    /// Does what the key that leads into a tree does at an item.
    mutating func stepInto(_ item: Int) -> TreeStep? { tree.stepInto(tree.place(of: item)) }

    /// Shows an item, whatever is folded.
    mutating func reveal(_ item: Int) { tree.reveal(item) }
}

/// What is counted of a run's files whenever they change, and not for each frame.
struct FileTally: Equatable, Sendable {
    /// The places of those that differ from what was promised.
    var differing: [Int]
    /// Bytes of all.
    var bytes: Int

    init(of files: [FileVerification]) {
        differing = files.indices.filter { files[$0].state == .differs }
        bytes = files.reduce(0) { $0 + $1.file.bytes }
    }
}

extension RunReport {
    /// Whether it has failed, or what is there differs from what was promised.
    var needsLook: Bool { run.status == .failed || !verification.findings.isEmpty }
}
