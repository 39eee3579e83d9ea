// The signature with an account's key, against the one that Microsoft's SDK makes.

import Foundation
import HTTPTypes
import Secrets
import TestFiles
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct SharedKeyTests {
    @Test("Requests of every form are signed as Microsoft's SDK signs them")
    func signatures() throws {
        let keyText = Data((0..<64).map { UInt8($0) }).base64EncodedString()
        let key = try #require(SharedKey(account: "acme", key: Secret(keyText)))
        var random = SeededNumbers(seed: 4_711)
        var requests: [[String: Any]] = []
        var signatures: [String] = []
        for _ in 0..<400 {
            let (request, length) = Self.request(&random)
            signatures.append(key.authorization(for: request, contentLength: length))
            var fields = Dictionary(
                uniqueKeysWithValues: request.headerFields.map { ($0.name.canonicalName, $0.value) })
            if length > 0 || random.next() % 2 == 0 { fields["content-length"] = "\(length)" }
            requests.append([
                "method": request.method.rawValue, "target": request.path ?? "", "headers": fields,
            ])
        }
        let folder = try TemporaryFolder()
        let file = try folder.write(
            try JSONSerialization.data(withJSONObject: [
                "account": "acme", "key": keyText, "requests": requests,
            ]),
            to: "requests.json")
        let run = try Python.run("azure_signatures.py", [file])
        #expect(run.status == 0, "\(run.errors)")
        let expected = run.text.split(separator: "\n").map(String.init)
        #expect(expected.count == signatures.count)
        let different = zip(expected, signatures).enumerated().first { $1.0 != $1.1 }
        #expect(different == nil, "\(different.map { "\(requests[$0.offset])" } ?? "")")
    }

    private static func request(_ random: inout SeededNumbers) -> (HTTPRequest, Int) {
        let methods: [HTTPRequest.Method] = [.get, .head, .put, .delete]
        let names = [
            "a b", "é", "日本/東京", "x+y%z", "(1) [2]", "a/b.c", "~", "'quoted'", "semi;colon,comma",
            "a%20b",
        ]
        let name = names[Int(random.next() % UInt64(names.count))]
        let endpoint = AzureEndpoint(
            origin: .init(host: "acme.blob.core.windows.net"), account: "acme",
            isPathStyle: random.next() % 2 == 0)
        var query: [(name: String, value: String)] = []
        for (item, value) in [
            ("comp", "block"), ("blockid", "c2x1aWNl+/=="), ("prefix", name), ("restype", "container"),
            ("marker", "a&b=c"), ("maxresults", "5000"), ("include", ""),
        ] where random.next() % 2 == 0 { query.append((item, value)) }
        var fields: HTTPFields = [.azureVersion: azureVersion, .azureDate: "Wed, 25 Nov 2026 18:00:00 GMT"]
        for (field, value) in [
            (HTTPField.Name.contentMD5, "CY9rzUYh03PK3k6DJie09g=="), (.contentType, "application/xml"),
            (.ifMatch, "\"0x8D\""), (.ifNoneMatch, "*"), (.azureRange, "bytes=0-9"),
            (.azureBlobType, "BlockBlob"), (.contentEncoding, "gzip"), (.azureIsFolder, "true"),
            (.azureRequestID, "abc"),
        ] where random.next() % 2 == 0 { fields[field] = value }
        let target =
            endpoint.path(container: "exports", name: random.next() % 4 == 0 ? nil : name)
            + (query.isEmpty ? "" : "?" + PercentEncoding.query(query))
        let request = HTTPRequest(
            method: methods[Int(random.next() % 4)], scheme: "https", authority: "acme.blob.core.windows.net",
            path: target, headerFields: fields)
        return (request, random.next() % 3 == 0 ? 0 : Int(random.next() % 100_000))
    }
}
