// What can be wrong with an account, and the sentence that a person is told.

import Foundation
import Languages
import ObjectStorage
import Secrets
import TestServers
import Testing
import Transfer

@Suite struct AzureFailureTests {
    @Test("An account key that is another's is told as such")
    func wrongKey() async throws {
        let key = Data("another key".utf8).base64EncodedString()
        let storage = try await AzureStores.blob(.key, key: key)
        for action in ["reach", "list"] {
            let error = await failure { try await Self.use(storage, action) }
            #expect(error?.failure.reason == .wrongSecret)
            #expect(
                sentence(error, storage)
                    == "Cannot \(action == "reach" ? "use" : "list in") HERE: the secret does not match the account (403 AuthenticationFailed, request …). Enter the secret again, or make a new one."
            )
        }
    }

    @Test("A shared access signature that has run out is told with its time")
    func expiredSignature() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let signature = try await server.signature(of: container, seconds: -3_600)
        let storage = try await AzureStores.landingZone(container: container, signature: signature)
        let error = await failure { _ = try await storage.list(prefix: "", after: nil, limit: 1) }
        guard case .denied(let failure) = error, case .expired(let what) = failure.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(what.english.hasPrefix("the shared access signature (it ran out 20"))
        #expect("\(try #require(error))".hasSuffix("Make a new one and enter it."))
    }

    @Test("A signature that is forged, raised by hand, or another container's is told as a wrong secret")
    func forgedSignatures() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let other = Data("another key".utf8).base64EncodedString()
        for signature in [
            try await server.signature(of: container, key: other),
            try await server.signature(of: container, permissions: "rl").replacing("sp=rl", with: "sp=rwl"),
            try await server.signature(of: "another-container"),
        ] {
            let storage = try await AzureStores.landingZone(container: container, signature: signature)
            let error = await failure { try await storage.put(bytes: [1], at: StorageKey("a")) }
            #expect(error?.failure.reason == .wrongSecret)
            let words = try #require(error.map { "\($0)" })
            #expect(!words.contains("sig"), "\(words)")
            // Signing in fails too: it is no missing right.
            #expect(await failure { try await storage.reach(.authenticate) }?.failure.reason == .wrongSecret)
        }
    }

    @Test("A signature without a right names it before anything is sent")
    func missingRight() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let key = try StorageKey("a")
        for (permissions, action, right) in [
            ("rl", "put", "Write (w)"), ("w", "list", "List (l)"), ("wl", "read", "Read (r)"),
            ("wl", "stat", "Read (r)"), ("rwl", "delete", "Delete (d)"),
        ] {
            let signature = try await server.signature(of: container, permissions: permissions)
            let storage = try await AzureStores.landingZone(container: container, signature: signature)
            let error = await failure { try await Self.use(storage, action, key) }
            #expect(error?.failure.reason == .signatureWithout(right))
            #expect(error.map { "\($0)" }?.hasSuffix(". Make a new one with \(right), and enter it.") == true)
            try await storage.reach(.authenticate)
        }
        #expect(try await server.state(of: container).blobs == [])
    }

    @Test("A service principal that Entra ID does not take is told by what is wrong with it")
    func signIn() async throws {
        for (change, reason, answer) in [
            (
                ("contributor", "wrong", AzureServer.tenant), StorageFailure.Reason.wrongSecret,
                "401 AADSTS7000215"
            ),
            (("nobody-knows", "x", AzureServer.tenant), .unknownAccount("nobody-knows"), "400 AADSTS700016"),
            (("contributor", "x", "no-such-tenant"), .unknownAccount("no-such-tenant"), "400 AADSTS90002"),
            (
                ("contributor", "expired", AzureServer.tenant),
                .expired(Text("the client secret of \("contributor")")),
                "401 AADSTS7000222"
            ),
        ] {
            let storage = try await AzureStores.dataLake(
                clientID: change.0, clientSecret: change.1, tenant: change.2)
            for action in ["reach", "list", "put"] {
                let error = await failure { try await Self.use(storage, action) }
                #expect(error?.failure.reason == reason)
                #expect(error?.failure.answer == answer)
                #expect(error?.isRetryable == false)
            }
        }
    }

    @Test("A service principal without rights is told which role it lacks")
    func roles() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let reader = try await AzureStores.dataLake(container: container, clientID: "reader")
        #expect(try await reader.list(prefix: "", after: nil, limit: 1).objects.isEmpty)
        let error = await failure { try await Self.use(reader, "put") }
        #expect(
            sentence(error, reader)
                == "Cannot write “a” to HERE: the right Storage Blob Data Contributor is missing (403 AuthorizationPermissionMismatch, request …). Have it granted for this folder, or choose another."
        )
        let nobody = try await AzureStores.dataLake(container: container, clientID: "nobody")
        try await nobody.reach(.authenticate)
        #expect(
            await failure { try await Self.use(nobody, "list") }?.failure.reason
                == .missingPermission("Storage Blob Data Reader"))
    }

    @Test("A container that is not there is told as a missing location, and not as missing objects")
    func missingContainer() async throws {
        let storages: [any Storage] = [
            try await AzureStores.blob(.key, container: "no-such-container"),
            try await AzureStores.landingZone(container: "no-such-container"),
            try await AzureStores.dataLake(container: "no-such-container"),
        ]
        for storage in storages {
            try await storage.reach(.authenticate)
            for action in ["list", "put", "stat", "read", "delete"] {
                let error = await failure { try await Self.use(storage, action) }
                #expect(error?.failure.reason == .noSuchLocation, "\(action) in \(storage.location)")
            }
        }
    }

    @Test("A clock that is off is told with its difference")
    func clock() async throws {
        let server = try AzureServer()
        let storage = try await AzureStores.blob(.key, on: server)
        for seconds in [-7_200.0, 7_200] {
            try await server.set(.init(clock: seconds))
            let error = await failure { try await storage.reach(.authenticate) }
            guard case .clockOff(let difference?) = error?.failure.reason else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(abs(difference.components.seconds - 7_200) < 300)
            #expect("\(try #require(error))".hasSuffix("Set the clock of this machine, by NTP."))
        }
    }

    @Test("A server that cannot be reached is told by what fails: its name, its port, its certificate")
    func unreachable() async throws {
        let server = try AzureServer.shared()
        let key = "AccountKey=\(AzureServer.key)"
        let client = try HTTPClient()
        let unknown = try AzureBlobStorage(
            connectionString: Secret("AccountName=acme;EndpointSuffix=storage.invalid;\(key)"),
            container: "abc",
            client: client)
        let error = await failure { try await unknown.reach(.resolve) }
        #expect(
            sentence(error, unknown)
                == "Cannot use HERE: “acme” is not known there (acme.blob.storage.invalid has no address). Check the account or access key for typing errors and for the right service."
        )
        let closed = try AzureBlobStorage(
            connectionString: Secret("BlobEndpoint=http://127.0.0.1:1/acme;\(key)"), container: "abc",
            client: client, retrying: .none)
        try await closed.reach(.resolve)
        for call in ["connect", "list"] {
            let error = await failure {
                if call == "connect" {
                    try await closed.reach(.connect)
                } else {
                    try await Self.use(closed, call)
                }
            }
            guard case .unreachable(let host, _) = error?.failure.reason else {
                Issue.record("\(call): \(String(describing: error))")
                continue
            }
            #expect(host == "127.0.0.1:1")
            #expect(error?.isRetryable == true)
        }
        let address = AzureStores.address(of: server, service: "blob", isSecure: true, byHost: true)
        let untrusted = try AzureBlobStorage(
            connectionString: Secret("BlobEndpoint=\(address);\(key)"), container: "abc", client: client)
        try await untrusted.reach(.connect)
        for call in ["identify", "list"] {
            let error = await failure {
                if call == "identify" {
                    try await untrusted.reach(.identify)
                } else {
                    try await Self.use(untrusted, call)
                }
            }
            guard case .notTrusted = error?.failure.reason else {
                Issue.record("\(call): \(String(describing: error))")
                continue
            }
            #expect(error?.isRetryable == false)
        }
    }

    @Test("An authority that cannot be reached is named, and not the account")
    func authority() async throws {
        let server = try AzureServer.shared()
        let storage = try ADLSStorage(
            url: AzureStores.address(of: server, service: "dfs", isSecure: true, byHost: true) + "/lake",
            tenant: "t", clientID: "c", clientSecret: Secret("s"), authority: "https://login.invalid",
            client: try AzureStores.client(for: server), retrying: .none)
        let error = await failure { try await storage.reach(.authenticate) }
        #expect(error?.failure.reason == .nameNotResolved(host: "login.invalid"))
    }

    @Test("All steps towards an account that is right are taken")
    func reached() async throws {
        let storages: [any Storage] = [
            try await AzureStores.blob(.key), try await AzureStores.blob(.signature, isSecure: true),
            try await AzureStores.landingZone(), try await AzureStores.dataLake(),
        ]
        for storage in storages {
            for step in ReachStep.allCases { try await storage.reach(step) }
        }
    }

    @Test("A service that stays busy is told so, with the time that it asks for")
    func busy() async throws {
        let server = try AzureServer.shared()
        let container = try await server.makeContainer()
        let storage = try AzureBlobStorage(
            containerURL: AzureStores.url(
                of: container, signature: try await server.signature(of: container), on: server),
            client: try AzureStores.client(for: server), retrying: .none)
        try await server.fail(
            .init(.status) {
                $0.contains = container; $0.retryAfter = "7"
            })
        let error = await failure { try await Self.use(storage, "list") }
        guard case .throttled(_, after: .seconds(7)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    // MARK: -

    private static func use(
        _ storage: any Storage, _ action: String, _ key: StorageKey? = nil
    ) async throws {
        let key = try key ?? StorageKey("a")
        switch action {
        case "reach": try await storage.reach(.authenticate)
        case "list": _ = try await storage.list(prefix: "", after: nil, limit: 10)
        case "put": try await storage.put(bytes: [1, 2, 3], at: key)
        case "read": _ = try await storage.read(key, range: nil)
        case "stat": _ = try await storage.stat(key)
        default: try await storage.delete(key)
        }
    }
}

/// The error of a storage that `call` throws.
private func failure(
    sourceLocation: SourceLocation = #_sourceLocation, _ call: () async throws -> Void
) async -> StorageError? {
    await #expect(throws: StorageError.self, sourceLocation: sourceLocation) { try await call() }
}

/// What is told, without what differs from run to run.
private func sentence(_ error: StorageError?, _ storage: any Storage) -> String {
    let text = error.map { "\($0)" } ?? "no error"
    return text.replacing(storage.location, with: "HERE").replacing(/request [0-9a-f-]+/, with: "request …")
}
