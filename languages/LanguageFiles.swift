// The languages that come with the program: one file each, embedded in the binary. A file is not looked at until its
// language is asked for.
import CLanguageFiles

/// A language that has a file.
public enum LanguageFile: String, Sendable, CaseIterable {
    case simplifiedChinese = "zh_CN"

    /// The language that a code asks for, such as `zh_CN`, `zh-Hans` or `zh`; nil where none of these does.
    ///
    /// Chinese is meant as it is written with simplified signs, unless the code says otherwise by a script or a place.
    public init?(code: String) {
        let parts = code.lowercased().split { $0 == "_" || $0 == "-" }
        let isTraditional =
            !parts.contains("hans") && parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
        guard parts.first == "zh", !isTraditional else { return nil }
        self = .simplifiedChinese
    }

    /// What those who read it call it.
    public var name: String {
        switch self {
        case .simplifiedChinese: "简体中文"
        }
    }

    /// Its words, as a file of GNU gettext (PO) in UTF-8.
    public var bytes: [UInt8] {
        var count = 0
        let bytes =
            switch self {
            case .simplifiedChinese: language_file_zh_CN(&count)
            }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
