// Where a webhook is. Whoever knows the address of some may write to them, so it may be a secret.
import ExportDomain
import FoundationEssentials
import HTTPTypes
import Languages
import Secrets
import Transfer

/// How the address of a webhook is said.
enum WebhookAddress: Equatable {
    /// As it is.
    case url(String)
    /// By where the secret is read from when something is sent.
    case secret(SecretSource)

    /// Reads `https://…`, and the ways in which a secret is named.
    /// - Throws: `Failure` for anything else.
    init(_ text: String) throws {
        if let source = SecretSource(text) {
            guard source != .standardInput else {
                throw Failure(
                    Text("Nothing can be read from standard input when something is sent: \(Self.ways)."),
                    status: ExitStatus.usage)
            }
            self = .secret(source)
        } else {
            _ = try Self.request(to: text)
            self = .url(text)
        }
    }

    /// The same as it means wherever it is read.
    var text: String {
        switch self {
        case .url(let text): text
        case .secret(.file(let path)): "@\(path.hasPrefix("~/") ? path : path.absolutePath)"
        case .secret(.environment(let name)): "env:\(name)"
        case .secret(.command(let command)): "command:\(command)"
        case .secret(.standardInput): "-"
        }
    }

    private static var ways: Text {
        Text("give the address as https://…, or @FILE, env:VARIABLE or command:COMMAND for what holds it")
    }

    /// The request that sends something there, without its body.
    /// - Throws: `Failure` where the address cannot be read, or is none; nothing of a secret is in it.
    func request() async throws -> HTTPRequest {
        switch self {
        case .url(let text): return try Self.request(to: text)
        case .secret(let source): return try Self.request(to: try await source.read(mayAsk: false).reveal())
        }
    }

    private static func request(to text: String) throws -> HTTPRequest {
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            let host = components.percentEncodedHost, !host.isEmpty, components.user == nil,
            let origin = HTTPOrigin(
                scheme: scheme, authority: components.port.map { "\(host):\($0)" } ?? host)
        else {
            throw Failure(Text("That is no address of a webhook: \(ways)."), status: ExitStatus.usage)
        }
        let path = components.percentEncodedPath
        return HTTPRequest(
            method: .post, scheme: origin.scheme, authority: origin.authority,
            path: (path.isEmpty ? "/" : path) + (components.percentEncodedQuery.map { "?\($0)" } ?? ""),
            headerFields: [.contentType: "application/json"])
    }
}
