// Connection strings: what they say, and what is said of wrong ones.

import Foundation
import Secrets
import Testing

@testable import ObjectStorage

@Suite struct AzureConnectionStringTests {
    private static let key = Data("a key".utf8).base64EncodedString()

    @Test(
        "The account's address is found in every form",
        arguments: [
            (
                "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=KEY;EndpointSuffix=core.windows.net",
                "https://acme.blob.core.windows.net", "acme"
            ),
            (
                "EndpointSuffix=core.chinacloudapi.cn;AccountKey=KEY;AccountName=acme;;",
                "https://acme.blob.core.chinacloudapi.cn", "acme"
            ),
            (
                " accountname = acme ; accountkey = KEY ; DEFAULTENDPOINTSPROTOCOL=http\n",
                "http://acme.blob.core.windows.net", "acme"
            ),
            (
                "BlobEndpoint=http://127.0.0.1:10000/acme;AccountName=acme;AccountKey=KEY",
                "http://127.0.0.1:10000/acme", "acme"
            ),
            (
                "BlobEndpoint=https://data.example.com/;AccountName=acme;AccountKey=KEY",
                "https://data.example.com", "acme"
            ),
            (
                "BlobEndpoint=https://acme.blob.core.windows.net/;QueueEndpoint=https://acme.queue.core.windows.net/;SharedAccessSignature=sv=2024-05-04&sp=rl&sig=a%2Bb%3D",
                "https://acme.blob.core.windows.net", "acme"
            ),
        ])
    func addresses(text: String, address: String, account: String) throws {
        let settings = try AzureConnectionString(Secret(text.replacing("KEY", with: Self.key)))
        #expect(settings.endpoint.description == address)
        #expect(settings.endpoint.account == account)
    }

    @Test("A signature in a connection string is kept as it is, with its end and its rights")
    func signature() throws {
        let query = "sv=2024-05-04&ss=b&srt=co&sp=rwl&se=2026-12-01T06:00:00Z&sig=a%2Bb%3D"
        let settings = try AzureConnectionString(
            Secret("BlobEndpoint=https://acme.blob.core.windows.net/;SharedAccessSignature=\(query)"))
        guard case .signature(let signature) = settings.access else {
            Issue.record("no signature")
            return
        }
        #expect(signature.query.reveal() == query)
        #expect(signature.permissions == "rwl")
        #expect(signature.expiry == Date(timeIntervalSince1970: 1_796_104_800))
    }

    @Test(
        "A wrong connection string says which part is missing or wrong",
        arguments: [
            ("", InvalidAzureSetting.missingPart("AccountName")),
            ("AccountKey=KEY", .missingPart("AccountName")),
            ("AccountName=acme", .missingPart("AccountKey or SharedAccessSignature")),
            ("AccountName=acme;AccountKey=", .wrongPart("AccountKey")),
            ("AccountName=acme;AccountKey=not base64!", .wrongPart("AccountKey")),
            ("AccountName=a.b/c;AccountKey=KEY", .wrongPart("AccountName")),
            (
                "AccountName=acme;AccountKey=KEY;DefaultEndpointsProtocol=ftp",
                .wrongPart("DefaultEndpointsProtocol")
            ),
            ("AccountName=acme;AccountKey=KEY;EndpointSuffix=a b", .wrongPart("EndpointSuffix")),
            ("AccountName=acme;AccountKey=KEY;BlobEndpoint=nowhere", .wrongPart("BlobEndpoint")),
            ("AccountName=acme;SharedAccessSignature=sv=1", .wrongPart("SharedAccessSignature")),
            ("AccountName=acme;KEY", .malformedPiece(2)),
            ("=acme", .malformedPiece(1)),
            ("UseDevelopmentStorage=true", .developmentStorage),
        ])
    func mistakes(text: String, mistake: InvalidAzureSetting) {
        // The key without its signs of equality, so that the piece is none.
        let key = text.hasSuffix(";KEY") ? Self.key.filter { $0 != "=" } : Self.key
        let secret = Secret(text.replacing("KEY", with: key).replacing("Account\(key)=", with: "AccountKey="))
        #expect(throws: mistake) { try AzureConnectionString(secret) }
        #expect(!"\(mistake)".contains(key))
    }

    @Test(
        "A container's URL is read with its signature, below a folder and behind an address",
        arguments: [
            (
                "https://acme.blob.core.windows.net/exports?sv=1&sig=s", "https://acme.blob.core.windows.net",
                "exports", ""
            ),
            (
                "https://acme.blob.core.windows.net/exports/?sig=s", "https://acme.blob.core.windows.net",
                "exports", ""
            ),
            (
                " https://acme.blob.core.windows.net/exports/a%20b/c?sig=s ",
                "https://acme.blob.core.windows.net", "exports", "a b/c"
            ),
            ("http://127.0.0.1:10000/acme/exports?sig=s", "http://127.0.0.1:10000/acme", "exports", ""),
            ("https://[::1]:10000/acme/exports?sig=s", "https://[::1]:10000/acme", "exports", ""),
        ])
    func containerURLs(text: String, address: String, container: String, folder: String) throws {
        let url = try SignedContainerURL(Secret(text))
        #expect(url.endpoint.description == address)
        #expect(url.endpoint.account == "acme")
        #expect(url.container == container)
        #expect(url.folder == folder)
        #expect(url.signature.query.reveal().hasSuffix("sig=s"))
    }

    @Test(
        "What is no URL of a container is refused, and its signature never told",
        arguments: [
            "exports?sig=hidden", "http://acme.blob.core.windows.net/exports?sig=hidden",
            "https://acme.blob.core.windows.net/?sig=hidden", "https://acme.blob.core.windows.net/exports",
            "https://acme.blob.core.windows.net/exports?sv=hidden&sig=", "https:///exports?sig=hidden",
            "https://acme.blob.core.windows.net:99999/exports?sig=hidden",
            "https://user@acme.blob.core.windows.net/exports?sig=hidden",
        ])
    func noContainerURLs(text: String) {
        let error = #expect(throws: InvalidAzureSetting.self) { try SignedContainerURL(Secret(text)) }
        #expect(error.map { !"\($0)".contains("hidden") } == true)
    }

    @Test(
        "The URL of a data lake is read in the forms of Hadoop and of the portal",
        arguments: [
            ("abfss://lake@acme.dfs.core.windows.net", "https://acme.dfs.core.windows.net", "lake", ""),
            (
                "abfss://lake@acme.dfs.core.windows.net/a/b c/", "https://acme.dfs.core.windows.net", "lake",
                "a/b c"
            ),
            ("https://acme.dfs.core.windows.net/lake/a", "https://acme.dfs.core.windows.net", "lake", "a"),
            ("https://acme.blob.core.windows.net/lake", "https://acme.dfs.core.windows.net", "lake", ""),
            ("https://10.0.0.1:10000/acme/lake/a", "https://10.0.0.1:10000/acme", "lake", "a"),
            ("http://127.0.0.1:10000/acme/lake", "http://127.0.0.1:10000/acme", "lake", ""),
        ])
    func lakes(text: String, address: String, container: String, folder: String) throws {
        let url = try DataLakeURL(text)
        #expect(url.endpoint.description == address)
        #expect(url.endpoint.account == "acme")
        #expect(url.container == container)
        #expect(url.folder == folder)
    }

    @Test(
        "What is no URL of a data lake is refused",
        arguments: [
            "", "lake", "s3://lake/a", "abfss://acme.dfs.core.windows.net/lake", "abfss://lake@",
            "https://acme.dfs.core.windows.net", "abfs://lake@acme.dfs.core.windows.net",
            "http://acme.dfs.core.windows.net/lake", "https://acme.dfs.core.windows.net/lake?sig=x",
        ])
    func noLakes(text: String) {
        #expect(throws: InvalidAzureSetting.self) { try DataLakeURL(text) }
    }

    @Test(
        "What is wrong with the URL of a data lake is said",
        arguments: [
            ("abfss://lake@acme/a", "its host “acme” does not name the account"),
            ("abfss://lake@acme.net", "its host “acme.net” does not name the account"),
            ("abfss://lake@10.0.0.1:10000/acme", "its host “10.0.0.1” does not name the account"),
            ("abfss://acme.dfs.core.windows.net/lake", "it does not name the container"),
            ("abfss://@acme.dfs.core.windows.net/lake", "it does not name the container"),
            ("https://acme.dfs.core.windows.net", "it does not name the container"),
            ("https://10.0.0.1", "its host “10.0.0.1” does not name the account"),
            ("https://user@acme.dfs.core.windows.net/lake", "it names a user"),
        ])
    func lakeFaults(text: String, why: String) throws {
        let error = try #require(throws: InvalidAzureSetting.self) { try DataLakeURL(text) }
        #expect("\(error)".contains(": \(why). It looks like"), "\(error)")
    }
}
