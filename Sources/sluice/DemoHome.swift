// The home folder of `sluice demo`: its own, or one that is gone with the demo where nothing may be changed.
import EmbeddedPlatform
import FoundationEssentials
import Glibc
import Languages

/// Where a demo lives.
struct DemoHome {
    /// The folder.
    let folder: Home
    /// Whether it goes with the demo: then its lake may be made, although nothing else may be changed.
    let isTemporary: Bool

    /// Takes the folder that was named, else the usual one; where nothing may be changed and no demo has been there yet,
    /// a new one for temporary files.
    init(path: String?, isReadOnly: Bool) throws {
        let path = path ?? DemoLake.home
        let location = Home.location(path: path, environment: ProcessInfo.processInfo.environment)
        isTemporary = isReadOnly && location.map(Home.isInUse) != true
        folder = try Home(path: isTemporary ? Self.temporaryFolder() : path)
    }

    /// Removes what is not to stay.
    func leave() {
        if isTemporary { try? FileManager.default.removeItem(atPath: folder.path) }
    }

    private static func temporaryFolder() throws -> String {
        let named = ProcessInfo.processInfo.environment["TMPDIR"] ?? ""
        let parent = named.hasPrefix("/") ? named : "/tmp"
        var path = Array("\(parent)/sluice-demo-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else {
            throw Failure(
                Text(
                    "Cannot make a folder for the sample lake in \(parent): \(String(cString: strerror(errno))). Let TMPDIR name a folder that can be written to."
                ))
        }
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
