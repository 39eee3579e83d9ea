// `sluice schedule`: what it gives to systemd and to cron, taken by their own programs.
import Foundation
import TestFiles
import Testing

@Suite("sluice schedule")
struct ScheduleCommandTests {
    private let program: Sluice
    private let folder: TemporaryFolder
    private let cron: MovedCrontab

    init() throws {
        program = try Sluice()
        folder = try TemporaryFolder()
        cron = try MovedCrontab(in: folder)
    }

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// A home folder whose name has all that systemd, cron and a shell could take for something else.
    private func hostileHome() throws -> String {
        let home = folder.file("h o'm\"e $HOME %n `id` \\ ü")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        return home
    }

    /// What is not UTF-8, what looks like our line, and what has been taken out by hand.
    private static let others =
        Array("# mine\nMAILTO=me\n5 4 * * * date +\\%F # sluice schedule of my own\n6 4 * * * caf".utf8) + [
            0xE9
        ]
        + Array("\r\n#*/5 * * * * old # sluice schedule\n".utf8)

    @Test("With cron a line is added, stays one, and is taken away; all other bytes of the table stay")
    func cronTable() throws {
        let shown = try program("schedule", environment: cron.environment)
        #expect(shown.status == 0 && shown.errors.contains("Nothing is installed"))
        try cron.set(Self.others)
        var tables: [[UInt8]] = []
        for _ in 0..<2 {
            let installed = try program("schedule", "install", environment: cron.environment)
            #expect(installed.status == 0, Comment(rawValue: installed.errors))
            #expect(installed.errors.contains("a line of your table of cron"))
            #expect(installed.errors.contains(program.home.path + "/schedule.log"))
            tables.append(try #require(try cron.table()))
        }
        #expect(tables[0].starts(with: Self.others) && tables[0] == tables[1])
        let line = String(decoding: tables[0].dropFirst(Self.others.count), as: UTF8.self)
        #expect(line.hasPrefix("*/5 * * * * ") && line.contains(" runs start --due "))
        #expect(line.contains(" --home \(program.home.path) ") && line.hasSuffix(" # sluice schedule\n"))
        #expect(
            try program("schedule", "show", environment: cron.environment).output == "With cron:\n\(line)")
        #expect(try program("schedule", "remove", environment: cron.environment).status == 0)
        #expect(try cron.table() == Self.others)
        let again = try program("schedule", "remove", environment: cron.environment)
        #expect(again.status == 0 && again.errors.contains("Nothing was installed"))
        #expect(try cron.table() == Self.others)
    }

    @Test("A table that was made for the schedule alone goes with it")
    func ownTable() throws {
        #expect(try program("schedule", "install", environment: cron.environment).status == 0)
        #expect(try cron.lines().count == 1)
        #expect(try program("schedule", "remove", environment: cron.environment).status == 0)
        #expect(try cron.table() == nil)
    }

    @Test("The line of cron works on the home that was meant, whatever its name")
    func cronLine() throws {
        let home = try hostileHome()
        let installed = try program(
            "schedule", "install", "--with", "cron", "--home", home, environment: cron.environment)
        #expect(installed.status == 0, Comment(rawValue: installed.errors))
        let line = try #require(try cron.lines().last)
        // As cron gives it to a shell: without the five fields, and with percent signs that had a backslash.
        let command = String(line.split(separator: " ", maxSplits: 5)[5]).replacing("\\%", with: "%")
        #expect(!line.replacing("\\%", with: "").contains("%"))
        let ran = try Sluice.run("/bin/sh", ["-c", command], environment: ["PATH": "/usr/bin:/bin"])
        #expect(ran.status == 0 && ran.output.isEmpty && ran.errors.isEmpty, Comment(rawValue: ran.errors))
        #expect(FileManager.default.fileExists(atPath: home + "/schedule.log"))
    }

    @Test("A schedule for another home folder is not replaced, and what it cannot do is said")
    func limits() throws {
        let passphrase = try folder.write("horse", to: "passphrase")
        #expect(try program("vault", "passphrase", "--new-passphrase-file", passphrase).status == 0)
        let environment = cron.environment.merging(["HTTPS_PROXY": "http://me:hunter2@proxy:1"]) { $1 }
        let installed = try program("schedule", "install", environment: environment)
        #expect(installed.status == 0)
        #expect(installed.errors.contains("The vault has a passphrase, and nobody is asked for it there"))
        #expect(installed.errors.contains("HTTPS_PROXY will not be set there"))
        #expect(!(try cron.lines().joined() + installed.errors).contains("hunter2"))
        let mended = try program(
            "schedule", "install", "--passphrase-file", passphrase, environment: cron.environment)
        #expect(mended.status == 0 && !mended.errors.contains("passphrase"), Comment(rawValue: mended.errors))
        let lines = try cron.lines()
        #expect(lines.count == 1 && lines[0].contains(" --passphrase-file \(passphrase) "))
        let other = try program(
            "schedule", "install", "--home", try hostileHome(), environment: cron.environment)
        #expect(other.status == 1 && other.errors.contains("There is a schedule for another home folder"))
        #expect(try cron.lines() == lines)
    }

    @Test(
        "Where there is neither systemd nor cron, or cron refuses, a sentence says so and nothing is written")
    func refusals() throws {
        let neither = cron.environment.merging(["PATH": folder.path + "/nothing"]) { $1 }
        let nobody = try program("schedule", "install", environment: neither)
        #expect(
            nobody.status == 1 && nobody.errors.contains("Neither a user manager of systemd nor a program"))
        let alone = try program("schedule", "install", "--with", "systemd", environment: cron.environment)
        #expect(
            alone.status == 1 && alone.errors.contains("--with cron does it"), Comment(rawValue: alone.errors)
        )
        #expect(!FileManager.default.fileExists(atPath: folder.file(".config/systemd/user/sluice-due.timer")))
        let line = try program("schedule", "install", "--home", program.home.path + "/a\nb")
        #expect(line.status == 2 && line.errors.contains("control character"), Comment(rawValue: line.errors))
        // A folder in the place of the table is one that crontab can neither read nor replace.
        let user = try Sluice.run("id", ["-un"]).output.dropLast()
        let table = folder.file("spool/crontabs/\(user)")
        try FileManager.default.createDirectory(atPath: table, withIntermediateDirectories: true)
        let refused = try program("schedule", "install", environment: cron.environment)
        #expect(
            refused.status == 1 && refused.errors.contains("crontab says: "),
            Comment(rawValue: refused.errors))
    }

    @Test(
        "systemd finds nothing wrong with the units, and those of the repository are the ones that are installed"
    )
    func units() throws {
        let shipped = Self.repository + "/systemd"
        let printed = { (what: String, options: [String]) in
            try Sluice.run(
                try Sluice.path, ["schedule", "install", "--with", "systemd", "--print", what] + options
            ).output
        }
        let home = try hostileHome()
        for options in [["--home", home], ["--home", "/srv/sluice", "--limit", "20M", "--transfers", "2"]] {
            let due = try printed("due", options).split(separator: "# sluice-due.timer\n")
            let texts = [
                "sluice-due.service": due[0].dropFirst("# sluice-due.service\n".count),
                "sluice-due.timer": due[1],
                "sluice-serve.service": try printed("serve", options)[...],
            ]
            for (name, text) in texts {
                try folder.write(text.utf8, to: "units/\(name)")
                let lines = { (text: Substring) in
                    text.split(separator: "\n").filter { !$0.hasPrefix("ExecStart=") }
                }
                let ours = try String(contentsOfFile: "\(shipped)/\(name)", encoding: .utf8)
                #expect(lines(ours[...]) == lines(text))
            }
            let files = texts.keys.map { folder.file("units/\($0)") }
            try expectVerified(files)
        }
        // As they are, but for the program, which is elsewhere here.
        let files = try FileManager.default.contentsOfDirectory(atPath: shipped).map { name in
            let text = try String(contentsOfFile: "\(shipped)/\(name)", encoding: .utf8)
            #expect(!name.hasSuffix(".service") || text.contains("ExecStart=/usr/local/bin/sluice "))
            return try folder.write(
                text.replacing("/usr/local/bin/sluice", with: try Sluice.path), to: "shipped/\(name)")
        }
        #expect(files.count == 3)
        try expectVerified(files)
    }

    private func expectVerified(_ files: [String]) throws {
        let check = try Sluice.run(
            "systemd-analyze", ["--user", "verify"] + files,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "XDG_RUNTIME_DIR": folder.path])
        #expect(check.status == 0, Comment(rawValue: check.errors))
        #expect(!check.errors.contains("sluice"), Comment(rawValue: check.errors))
    }

    private static let managed = repository + "/Tests/Support/Schedules/with-user-manager"

    /// Whether a user manager can be had.
    private static let isManaged: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        return (try? Sluice.run(managed, [folder.path, "true"]).status) == 0
    }()

    @Test(
        "systemd's user manager gets a timer, which exports what is due from the home that was meant, and loses it again",
        .enabled(if: isManaged, "Only root can have a user manager of a test's own."))
    func systemd() throws {
        let home = try hostileHome()
        let plan = try folder.wholePlan(named: "Nightly")
        let orders = try folder.write("{\"n\":1}\n{\"n\":2}\n", to: "orders.json")
        // A table of cron that has a line of ours is left without it.
        try cron.set(Self.others)
        #expect(try program("schedule", "install", "--home", home, environment: cron.environment).status == 0)
        let script = try folder.write(
            """
            set -e
            export SLUICE_HOME="$1"
            "$2" datasets add Orders "$4" >/dev/null
            "$2" export "$3" --no-wait
            "$2" schedule install; "$2" schedule install 2>/dev/null
            echo installed; systemctl --user is-enabled sluice-due.timer; systemctl --user is-active sluice-due.timer
            systemctl --user show -P NextElapseUSecRealtime sluice-due.timer | grep -c :
            systemctl --user start sluice-due.service
            "$2" schedule show
            "$2" runs list --json
            "$2" schedule remove
            systemctl --user is-active sluice-due.timer || :
            """, to: "script")
        let ran = try Sluice.run(
            Self.managed, [folder.path, "sh", script, home, try Sluice.path, plan, orders],
            environment: cron.environment)
        #expect(ran.status == 0, Comment(rawValue: ran.output + ran.errors))
        #expect(ran.output.contains("installed\nenabled\nactive\n1\n"), Comment(rawValue: ran.output))
        #expect(ran.output.contains("With systemd:\n") && !ran.output.contains("With cron:"))
        #expect(ran.output.contains("\"status\" : \"success\""), Comment(rawValue: ran.output))
        #expect(ran.output.hasSuffix("inactive\n") && ran.errors.contains("loginctl enable-linger"))
        let log = try String(contentsOfFile: home + "/schedule.log", encoding: .utf8)
        #expect(log.contains("Nightly / Orders: 2 records"), Comment(rawValue: log))
        #expect(tree(folder.file(".config/systemd/user")).filter { !$0.hasSuffix("/") }.isEmpty)
        #expect(try cron.table() == Self.others)
    }
}
