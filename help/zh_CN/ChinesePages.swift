// The pages in Simplified Chinese, with the same blocks, code and keys as the English ones beside this folder.

/// The pages of help in Simplified Chinese.
public enum ChinesePages {
    /// The code of their language.
    public static let language = "zh_CN"

    /// The page about a topic, in UTF-8; nil where there is none.
    public static func page(_ topic: String) -> [UInt8]? {
        switch topic {
        case "keys": PackageResources.keys_md
        case "plain": PackageResources.plain_md
        case "appearance": PackageResources.appearance_md
        case "commands": PackageResources.commands_md
        case "plan": PackageResources.plan_md
        case "lake": PackageResources.lake_md
        case "files": PackageResources.files_md
        case "storages": PackageResources.storages_md
        case "verification": PackageResources.verification_md
        case "scheduling": PackageResources.scheduling_md
        case "platforms": PackageResources.platforms_md
        case "server": PackageResources.server_md
        case "troubleshooting": PackageResources.troubleshooting_md
        default: nil
        }
    }
}
