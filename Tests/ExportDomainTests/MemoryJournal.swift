// Notes of work that is being done, in memory.
import ExportDomain
import Foundation
import Languages

/// Keeps notes as a file would: as JSON.
actor MemoryJournal: WorkJournal {
    private var notes: [UnfinishedWork.ID: Data] = [:]
    private(set) var held: Set<UnfinishedWork.ID> = []
    private var isFull = false

    func fill() { isFull = true }

    var text: String { notes.values.map { String(decoding: $0, as: UTF8.self) }.joined() }

    func unfinished() throws(FlowServiceError) -> [UnfinishedWork] {
        do {
            return try notes.filter { !held.contains($0.key) }.map {
                try JSONDecoder().decode(UnfinishedWork.self, from: $0.value)
            }
        } catch {
            throw .unavailable(doing: Text("read notes"), reason: .of(error))
        }
    }

    func hold(_ id: UnfinishedWork.ID) throws(FlowServiceError) {
        if notes[id] == nil { throw .notFound(what: "half made export", id: id) }
        held.insert(id)
    }

    func write(_ export: UnfinishedWork) throws(FlowServiceError) {
        if isFull {
            throw .unavailable(doing: Text("note what is being made"), reason: Text("the disk is full"))
        }
        do {
            notes[export.id] = try JSONEncoder().encode(export)
        } catch {
            throw .unavailable(doing: Text("write notes"), reason: .of(error))
        }
        held.insert(export.id)
    }

    func release(_ id: UnfinishedWork.ID) { held.remove(id) }

    func remove(_ id: UnfinishedWork.ID) {
        notes[id] = nil
        held.remove(id)
    }
}
