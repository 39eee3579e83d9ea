// Programs that are run without a shell: what they get, and how they end.
import ChildPrograms
import Foundation
import TestFiles
import Testing

@Suite("A program that is run for a flow")
struct ChildProgramTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func shell(
        _ script: String, _ arguments: String..., environment: [String: String] = [:],
        timeLimit: Duration = .seconds(300), outputLimit: Int = 64 << 10
    ) -> ChildProgram {
        ChildProgram(
            ["/bin/sh", "-c", script, "sh"] + arguments, environment: environment, timeLimit: timeLimit,
            outputLimit: outputLimit)
    }

    @Test("Arguments arrive as they are: nothing splits, expands or carries them out")
    func arguments() async throws {
        let hostile = ["a b", "$HOME", "`id`", "; touch /tmp/x", "*", "", "\"'\\", "-n", "日本\n🎉"]
        let ran = try await ChildProgram(
            ["/usr/bin/env", "printf", "[%s]"] + hostile, environment: ["PATH": "/usr/bin:/bin"],
            timeLimit: .seconds(300)
        ).run()
        #expect(ran.ending == .exited(0))
        #expect(ran.output == hostile.map { "[\($0)]" }.joined())
    }

    @Test("The environment is the one that is given, and nothing else")
    func environment() async throws {
        let ran = try await ChildProgram(
            ["/usr/bin/env"], environment: ["A": "1 2", "B": "日本"], timeLimit: .seconds(300)
        ).run()
        #expect(Set(ran.output.split(separator: "\n")) == ["A=1 2", "B=日本"])
    }

    @Test(
        "It reads nothing, has nothing of ours open, no terminal, blocks and ignores no signal, and has a group of its own"
    )
    func inheritance() async throws {
        // A file that others would inherit.
        let leaked = open(try folder.write("secret", to: "leak"), O_RDONLY)
        defer { close(leaked) }
        signal(SIGUSR1, SIG_IGN)
        defer { signal(SIGUSR1, SIG_DFL) }
        let ran = try await shell(
            """
            for fd in /proc/$$/fd/*; do readlink "$fd"; done
            grep -E '^Sig(Blk|Ign)' /proc/self/status | cut -f 2
            (: < /dev/tty) 2> /dev/null && echo a terminal
            echo $(cut -d ' ' -f 6 /proc/$$/stat) = $$
            echo $(cut -d ' ' -f 5 /proc/$$/stat) = $$
            """
        ).run()
        let lines = ran.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "/dev/null", Comment(rawValue: ran.output))
        #expect(
            !ran.output.contains("leak") && lines.prefix(3).dropFirst().allSatisfy { $0.hasPrefix("pipe:") })
        // The signals of the standard; two others belong to the C library, and are not ours to set.
        let signals = lines.compactMap { $0.count == 16 ? UInt64($0, radix: 16) : nil }
        #expect(signals.map { $0 & 0x7FFF_FFFF } == [0, 0], Comment(rawValue: ran.output))
        #expect(!lines.contains("a terminal"))
        for line in lines.suffix(2) {
            let numbers = line.split(separator: "=").map { $0.filter(\.isNumber) }
            #expect(numbers.count == 2 && numbers[0] == numbers[1], "\(line)")
        }
    }

    @Test("How it ends is told: by a status, by a signal, by not being there")
    func endings() async throws {
        #expect(try await shell("exit 7").run().ending == .exited(7))
        #expect(try await shell("kill -9 $$").run().ending == .killed(signal: 9))
        let missing = ChildProgram(
            [folder.file("nothing")], environment: [:], timeLimit: .seconds(300))
        await #expect(throws: ChildProgramError.cannotStart(path: folder.file("nothing"), code: ENOENT)) {
            try await missing.run()
        }
    }

    @Test("What it writes without end is read, and not more of it kept than is wanted")
    func output() async throws {
        let ran = try await shell("head -c 5000000 /dev/zero | tr '\\0' x; echo no >&2", outputLimit: 100)
            .run()
        #expect(ran.output == String(repeating: "x", count: 100) && ran.errors == "no\n")
    }

    @Test("When its time is over it is killed, with what it has started")
    func timeLimit() async throws {
        let file = folder.file("children")
        let ran = try await shell(
            "sleep 1000 & echo $! > \"$1\"; trap '' TERM; sleep 1000", file,
            environment: ["PATH": "/usr/bin:/bin"],
            timeLimit: .seconds(2)
        ).run()
        #expect(ran.ending == .timedOut)
        let child = try #require(
            Int32(String(decoding: folder.bytes(of: "children"), as: UTF8.self).dropLast()))
        #expect(await isGone(child))
    }

    @Test("Whoever is cancelled kills it, with what it has started")
    func cancellation() async throws {
        let file = folder.file("children")
        let program = shell(
            "sleep 1000 & echo $! > \"$1\"; sleep 1000", file, environment: ["PATH": "/usr/bin:/bin"])
        let task = Task { try await program.run() }
        var child: Int32?
        while child == nil {
            let text = String(decoding: (try? folder.bytes(of: "children")) ?? [], as: UTF8.self)
            child = text.hasSuffix("\n") ? Int32(text.dropLast()) : nil
            try await Task.sleep(for: .milliseconds(10))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await isGone(try #require(child)))
    }

    @Test("Programs are found as a shell finds them, and only such as may be run")
    func search() throws {
        let program = try folder.write("#!/bin/sh\n", to: "tell")
        #expect(ProgramSearch.path(of: program) == nil)
        #expect(chmod(program, 0o755) == 0)
        #expect(ProgramSearch.path(of: program) == program)
        let path = ["PATH": "relative:/nowhere:\(folder.path):/bin"]
        #expect(ProgramSearch.path(of: "tell", environment: path) == program)
        #expect(ProgramSearch.path(of: "tell", environment: ["PATH": "/bin"]) == nil)
        #expect(ProgramSearch.path(of: folder.path) == nil && ProgramSearch.path(of: "") == nil)
    }

    /// Whether a process ends, or is waited for by nobody but the system.
    private func isGone(_ id: Int32) async -> Bool {
        for _ in 0..<6_000 {
            let status = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
            if status.isEmpty || status.contains(") Z ") { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test(
        "says what was wrong in its last line of errors that is not blank",
        arguments: [
            ("", nil), ("\n \n", nil), ("gone", "gone"),
            ("slow\ngone: no such file\n\n  \n", "gone: no such file"),
            ("one\r\ntwo\r\n", "two"),
        ] as [(String, String?)])
    func lastError(errors: String, line: String?) {
        let outcome = ChildProgram.Outcome(ending: .exited(1), errors: errors)
        #expect(outcome.lastError.map(String.init) == line)
    }
}
