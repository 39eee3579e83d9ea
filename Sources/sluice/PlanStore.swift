// Plan files on disk: read whole, written whole or not at all.
import ExportDomain
import ExportWizard
import FoundationEssentials
import Glibc
import Languages
import PlanFile

enum PlanStore {
    /// Far more than any plan; a larger file is something else.
    private static let largestPlan = 1 << 20

    /// Reads a plan file, for a platform that has these kinds of destination.
    /// - Throws: `Failure` for a file that cannot be read, `PlanFileError` for one that is no plan.
    static func read(path: String, specs: [ConnectionSpec], now: Date) throws -> ExportPlan {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw Failure(Text("There is no plan file \(path).")) }
        guard facts.st_size <= largestPlan else {
            throw Failure(Text("\(path) is too large to be a plan file."))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(Text("Cannot read \(path): is it a file, and are you allowed to?"))
        }
        return try PlanFile.read(
            text: String(decoding: data, as: UTF8.self), name: path, specs: specs, now: now)
    }

    /// Writes a plan file beside its place and renames it, so that a plan is never half there.
    /// - Throws: `FlowServiceError.invalid` naming `Wizard.existingPlanField` where there is a file that may not
    ///   be replaced.
    static func write(_ plan: ExportPlan, path: String, replacing: Bool) throws {
        if !replacing, access(path, F_OK) == 0 {
            throw FlowServiceError.invalid(
                field: Wizard.existingPlanField, reason: Text("There is already a file \(path)"))
        }
        do {
            try Data(PlanFile.write(plan, in: .ofProcess).utf8).write(
                to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure(
                Text("Cannot write \(path): check that its folder exists and can be written to."))
        }
    }
}
