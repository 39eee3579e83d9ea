// Plan files: an export as TOML, for people to keep, edit and run. What a plan may say is decided by
// ExportDomain; what is here only turns text into a plan and back. Knows no file system.
import ExportDomain
import FoundationEssentials
import TOMLText

/// The plan file: what the Review step shows, as TOML.
public enum PlanFile {
    /// Longest text that is read as a plan, in bytes; a plan of a thousand datasets has a tenth of it.
    public static let largestText = 1 << 20

    /// Reads a plan.
    ///
    /// What is left out becomes what the wizard would propose: incremental files, the mode's first frequency,
    /// the standard folder template; a full export without a start is due now.
    /// - Parameters:
    ///   - text: the contents of the file.
    ///   - name: the name of the file, for the sentences of errors.
    ///   - specs: the kinds of destination that there are; nil for those that come with the program, without
    ///     what a platform adds to them.
    ///   - now: the instant that an end must not be before.
    /// - Throws: `PlanFileError` for the first thing that keeps the text from being a plan.
    public static func read(
        text: String, name: String, specs: [ConnectionSpec]? = nil, now: Date
    ) throws(PlanFileError) -> ExportPlan {
        let document = try document(text, file: name)
        let known = if let specs { specs } else { try destinations(file: name) }
        return try PlanReader(document: document, file: name, specs: known, now: now).plan()
    }

    private static func document(_ text: String, file: String) throws(PlanFileError) -> TOMLDocument {
        do {
            return try TOMLDocument(text, largest: largestText)
        } catch {
            throw PlanFileError(file: file, line: error.line, problem: .text(error.problem))
        }
    }

    private static func destinations(file: String) throws(PlanFileError) -> [ConnectionSpec] {
        do {
            return try ConnectionSpecCatalog.embedded().destinations
        } catch {
            throw PlanFileError(file: file, line: nil, problem: .noCatalogue("\(error)"))
        }
    }
}
