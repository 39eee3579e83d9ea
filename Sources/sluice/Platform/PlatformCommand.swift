// The commands that work on a platform, and how they open it.
import EmbeddedPlatform
import Profiles

/// A command that works on a platform.
///
/// Its options are groups beside each other and none within another: the parser goes through a group several times for
/// each time that it goes through what the group is in.
protocol PlatformCommand: MachineCommand {
    /// Which platform.
    var profile: ProfileOption { get }
}

extension PlatformCommand {
    /// The options, as what platforms are opened with.
    var opener: PlatformOpener {
        var opener = machine.opener
        opener.profile = profile.name
        return opener
    }

    /// Opens the platform that is meant.
    ///
    /// - Parameter log: is told what happens on the embedded one.
    func openPlatform(loggingTo log: Log? = nil) async throws -> Platform {
        var opener = opener
        if let log { opener.observe = log.observer() }
        return try await opener.open(opener.selection())
    }

    /// Opens the embedded platform, for a command that works on no other.
    ///
    /// - Parameters:
    ///   - what: what can be done there only.
    ///   - ignoringDefault: whether the command is about this machine alone, so that nobody takes the default
    ///     profile to be meant.
    ///   - log: is told what happens.
    func openEmbedded(
        for what: EmbeddedOnly, home: String? = nil, sandboxName: String? = nil,
        ignoringDefault: Bool = false,
        loggingTo log: Log? = nil
    ) throws -> EmbeddedPlatform {
        var opener = opener
        if let log { opener.observe = log.observer(sandbox: sandboxName) }
        let selection = try ignoringDefault ? opener.named() ?? .embedded : opener.selection()
        try opener.requireEmbedded(selection, for: what)
        return try opener.embedded(home: home, sandboxName: sandboxName)
    }
}
