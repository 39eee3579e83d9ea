// Which buckets and containers there are beside a storage's own, and why that is not told.
import ObjectStorage
import Secrets
import TestServers
import Testing

@Suite("The containers beside a storage")
struct ContainerListingTests {
    private func sentence(_ account: any ContainerListing) async -> String {
        do {
            return "\(try await account.containers())"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "are a user's buckets, whatever the storage's own is called",
        arguments: [S3Door.front, .frontTLS, .google])
    func buckets(door: S3Door) async throws {
        let server = try await SeaweedFS.shared()
        let buckets = try await [server.makeBucket(), server.makeBucket()]
        let page = try await server.storage(door, bucket: "no-such-bucket").containers()
        #expect(Set(buckets).isSubset(of: page.names))
        #expect(page.names == page.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(page.isWhole)
    }

    @Test("are found in another region too")
    func region() async throws {
        let server = try await SeaweedFS.shared()
        let bucket = try await server.makeBucket()
        let storage = try server.storage(bucket: bucket) { $0.region = "us-east-1" }
        #expect(try await storage.containers().names.contains(bucket))
    }

    @Test("are not told to who may not list them: the right is named, and that exports do without it")
    func missingRight() async throws {
        let server = try await SeaweedFS.shared()
        let storage = try server.storage(bucket: try await server.makeBucket(), user: server.tenant)
        let sentence = await sentence(storage)
        #expect(sentence.contains("the right s3:ListAllMyBuckets is missing"))
        #expect(sentence.contains("Have it granted, or type the name: exports do without it."))
    }

    @Test("are not told to who is not let in")
    func wrongSecret() async throws {
        let server = try await SeaweedFS.shared()
        let user = SeaweedFS.User(id: server.admin.id, secret: String(repeating: "x", count: 40))
        let sentence = await sentence(try server.storage(bucket: "bucket", user: user))
        #expect(sentence.contains("the secret does not match the account"))
    }

    @Test("are the containers of an account, by its key")
    func containers() async throws {
        let server = try AzureServer.shared()
        let made = try await [server.makeContainer(), server.makeContainer()]
        let storage = try await AzureStores.blob(.key, container: "no-such-container")
        #expect(Set(made).isSubset(of: try await storage.containers().names))
    }

    @Test("are not told by the signature of one container")
    func signature() async throws {
        let sentence = await sentence(try await AzureStores.blob(.signature))
        #expect(sentence.contains("does not have List (l) for the whole account (srt=s)"))
        #expect(sentence.contains("type the name"))
    }

    @Test("are the file systems of a data lake, each by its URL")
    func fileSystems() async throws {
        let container = try await AzureServer.shared().makeContainer()
        let storage = try await AzureStores.dataLake(container: container)
        let page = try await storage.containers()
        #expect(page.names.contains(container))
        let address = storage.address(of: container)
        #expect(address == storage.location)
        #expect(address.hasPrefix("abfss://\(container)@"))
    }

    @Test("are not told to a principal without a role")
    func role() async throws {
        let sentence = await sentence(try await AzureStores.dataLake(clientID: "nobody"))
        #expect(sentence.contains("the right Storage Blob Data Reader is missing"))
    }

    @Test(
        "are asked for by a URL that may lack its container",
        arguments: [
            ("https://acme.dfs.core.windows.net", "https://acme.dfs.core.windows.net/container"),
            ("https://acme.dfs.core.windows.net/", "https://acme.dfs.core.windows.net/container"),
            ("abfss://acme.dfs.core.windows.net", "abfss://container@acme.dfs.core.windows.net"),
            ("abfss://@acme.dfs.core.windows.net", "abfss://container@acme.dfs.core.windows.net"),
            ("https://127.0.0.1:10000/acme", "https://127.0.0.1:10000/acme/container"),
            ("abfss://own@acme.dfs.core.windows.net/a", "abfss://own@acme.dfs.core.windows.net/a"),
            ("acme", "acme"),
        ])
    func url(text: String, completed: String) {
        #expect(ADLSStorage.urlWithContainer(text) == completed)
    }
}
