// The pages that come with the program: one file a topic and language, embedded in the binary. A page is not looked at
// until it is asked for.
import ChineseHelpTopics
import Languages

/// A page of help, by what it is about.
public enum HelpTopic: String, Sendable, CaseIterable {
    case keys, plain, appearance, commands, plan, lake, files, storages, verification, scheduling, platforms,
        server
    case troubleshooting

    /// Its text in a language, or in English where that has none: the part of Markdown that `HelpPage` reads.
    public func markdown(in language: Language) -> String {
        let translation = language.code == ChinesePages.language ? ChinesePages.page(rawValue) : nil
        return String(decoding: translation ?? english, as: UTF8.self)
    }

    private var english: [UInt8] {
        switch self {
        case .keys: PackageResources.keys_md
        case .plain: PackageResources.plain_md
        case .appearance: PackageResources.appearance_md
        case .commands: PackageResources.commands_md
        case .plan: PackageResources.plan_md
        case .lake: PackageResources.lake_md
        case .files: PackageResources.files_md
        case .storages: PackageResources.storages_md
        case .verification: PackageResources.verification_md
        case .scheduling: PackageResources.scheduling_md
        case .platforms: PackageResources.platforms_md
        case .server: PackageResources.server_md
        case .troubleshooting: PackageResources.troubleshooting_md
        }
    }
}
