// Where the programs of this package are while its tests run.

import Foundation

/// A program that was built together with the tests.
public enum BuiltProgram {
    /// The path of the program called `name`, on which the test target has to depend.
    public static func path(_ name: String) throws -> String {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let file = tests.deletingLastPathComponent().appendingPathComponent(name)
        guard FileManager.default.isExecutableFile(atPath: file.path) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: file.path])
        }
        return file.path
    }
}
