// Worker threads where the Swift libraries are part of the program, as in the one that people are given.

import Foundation
import TestFiles
import Testing

@Suite struct DispatchWatchTests {
    @Test("Blocked work gets more threads, and a program at rest is never woken")
    func rest() throws {
        let folder = try TemporaryFolder()
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let watch = tests.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/CDispatchWatch")
        let object = folder.file("dispatch_watch.o")
        let program = folder.file("resting")
        for (compiler, arguments) in [
            (
                "clang",
                [
                    "-c", "-fPIC", "-I", watch.appending(path: "include").path,
                    watch.appending(path: "dispatch_watch.c").path, "-o", object,
                ]
            ),
            (
                "swiftc",
                [
                    "-static-stdlib", tests.appending(path: "RestingProgram/main.swift").path, object, "-o",
                    program,
                ]
            ),
        ] {
            let built = try Program.run(compiler, arguments)
            try #require(built.status == 0, "\(built.errors)")
        }
        #expect(try Program.run(program, []).text == "begun: all\nwoken: 0\n")
    }
}
