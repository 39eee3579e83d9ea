// Debian's own crontab, with tables in a folder of a test: nobody's real table is touched.
import Foundation
import TestFiles

/// The program crontab, in a copy that looks for its tables elsewhere.
struct MovedCrontab {
    /// The folder that is to be the person's home.
    private let folder: TemporaryFolder

    /// Makes `bin/crontab` in a folder.
    /// - Throws: where there is no crontab as Debian has it.
    init(in folder: TemporaryFolder) throws {
        self.folder = folder
        let found = try Sluice.run("sh", ["-c", "command -v crontab"]).output.dropLast()
        var bytes = try Data(contentsOf: URL(filePath: String(found)))
        let name = Data("\0/var/spool/cron\0".utf8)
        guard let place = bytes.range(of: name) else {
            throw Sluice.Failure(text: "\(found) does not keep its tables in /var/spool/cron")
        }
        let other = Data("\0spool\0".utf8)
        bytes.replaceSubrange(place, with: other + Data(count: name.count - other.count))
        try folder.write(bytes, to: "crontab.moved")
        try FileManager.default.createDirectory(
            atPath: folder.file("spool/crontabs"), withIntermediateDirectories: true)
        try folder.write(
            "#!/bin/sh\ncd '\(folder.path)' && exec ./crontab.moved \"$@\"\n", to: "bin/crontab")
        for program in ["crontab.moved", "bin/crontab"] { chmod(folder.file(program), 0o755) }
    }

    /// The variables with which it is the crontab, and there is no user manager of systemd.
    var environment: [String: String] {
        [
            "PATH": folder.file("bin") + ":/usr/bin:/bin", "HOME": folder.path, "XDG_CONFIG_HOME": "",
            "XDG_RUNTIME_DIR": folder.path, "DBUS_SESSION_BUS_ADDRESS": "",
        ]
    }

    /// Makes a table of bytes the person's.
    func set(_ table: some Sequence<UInt8>) throws {
        let ran = try Sluice.run(folder.file("bin/crontab"), [try folder.write(table, to: "table")])
        guard ran.status == 0 else { throw Sluice.Failure(text: ran.errors) }
    }

    /// The person's table as cron reads it, without the three lines that crontab puts before it; nil where there is
    /// none.
    func table() throws -> [UInt8]? {
        let user = try Sluice.run("id", ["-un"]).output.dropLast()
        return FileManager.default.contents(atPath: folder.file("spool/crontabs/\(user)")).map { bytes in
            Array(
                bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)[3])
        }
    }

    /// The lines of the table.
    func lines() throws -> [String] {
        String(decoding: try table() ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
