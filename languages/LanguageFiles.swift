// The languages that come with the program: one file each, embedded in the binary. A file is not looked at until its
// language is asked for.

/// A language that has a file.
public enum LanguageFile: String, Sendable, CaseIterable {
    case simplifiedChinese = "zh_CN"

    /// What those who read it call it.
    public var name: String {
        switch self {
        case .simplifiedChinese: "简体中文"
        }
    }

    /// Its words, as a file of GNU gettext (PO).
    public var text: String {
        let bytes: [UInt8] =
            switch self {
            case .simplifiedChinese: PackageResources.zh_CN_po
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
