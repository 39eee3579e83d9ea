// The way past a recorder (Tests/Support/Servers/recorder.py), where somebody wants to see what the tests of client and
// server send each other.

import Foundation

/// A recorder of requests and answers.
public enum TestRecorder {
    /// Whose requests are recorded.
    public enum Side: String, Sendable {
        /// Those of the program's own client.
        case client
        /// Those of tests, which may be as wrong as they like.
        case tests
    }

    /// The recorder that the environment names; mostly none.
    public static let url = ProcessInfo.processInfo.environment["SLUICE_TEST_RECORDER"]

    /// The URL by which a server of this machine is reached: past the recorder where there is one.
    ///
    /// What goes over TLS is not recorded.
    public static func url(of server: String, for side: Side, past recorder: String? = url) -> String {
        guard let recorder, let url = URL(string: server), url.scheme == "http", let port = url.port else {
            return server
        }
        return "\(recorder)/\(side.rawValue)/\(port)"
    }
}
