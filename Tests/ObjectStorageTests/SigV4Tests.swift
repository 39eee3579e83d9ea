// Signatures against Amazon's own vectors, and against botocore.

import Crypto
import Foundation
import Hexadecimal
import Secrets
import TestFiles
import Testing
import Transfer

@testable import ObjectStorage

@Suite struct SigV4Tests {
    @Test("Requests are signed as Amazon's test suite has it", arguments: try Vector.all())
    func vectors(vector: Vector) throws {
        let request = vector.signable
        let date = try Date(vector.context.timestamp, strategy: .iso8601)
        let fields = vector.signer.fields(
            signing: request, at: date, signsPayloadHash: vector.context.sign_body)
        var signed = request
        signed.fields += fields.filter { $0.name != "authorization" }
        #expect(signed.canonicalForm(isS3: false) == vector.canonicalRequest)
        #expect(fields.last?.value.hasSuffix("Signature=\(vector.signature)") == true)
    }

    @Test("Requests of any path, query and field are signed as botocore signs them", arguments: [1, 2, 3])
    func botocore(seed: Int) throws {
        let program = try Python.run("sigv4_requests.py", ["\(seed)", "150"])
        try #require(program.status == 0, "\(program.errors)")
        let requests = try JSONDecoder().decode([SignedRequest].self, from: Data(program.output))
        #expect(requests.count == 150)
        let date = try Date("2026-02-28T23:59:07Z", strategy: .iso8601)
        for request in requests {
            let key = AccessKey(
                id: "AKIDEXAMPLE", secret: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                sessionToken: request.token.map { Secret($0) })
            let signable = SignableRequest(
                method: request.method, path: request.path,
                query: request.query.map { .init($0[0], $0[1]) },
                fields: [("host", "bucket.example.com")] + request.fields.map { ($0[0], $0[1]) },
                payloadHash: SHA256.hash(data: request.body).hexadecimal)
            let signer = SigV4(accessKey: key, region: "eu-west-1", service: request.service)
            let fields = signer.fields(
                signing: signable, at: date, signsPayloadHash: request.service == "s3")
            #expect(request.date == fields.first?.value)
            #expect(fields.last?.value == request.authorization, "\(request.path)?\(request.query)")
        }
    }
}

/// A request that botocore has signed.
private struct SignedRequest: Decodable {
    let method, path, service, authorization, date: String
    let query, fields: [[String]]
    let body: [UInt8]
    let token: String?
}

/// A request of Amazon's test suite.
struct Vector: Decodable, Sendable, CustomTestStringConvertible {
    struct Context: Decodable {
        struct Keys: Decodable { let access_key_id, secret_access_key: String; let token: String? }
        let credentials: Keys
        let region, service, timestamp: String
        let sign_body: Bool
    }

    let name, request, canonicalRequest, signature: String
    let context: Context

    var testDescription: String { name }

    static func all() throws -> [Vector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "SigV4/vectors.json")
        return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
    }

    var signer: SigV4 {
        let keys = context.credentials
        return SigV4(
            accessKey: AccessKey(
                id: keys.access_key_id, secret: Secret(keys.secret_access_key),
                sessionToken: keys.token.map { Secret($0) }),
            region: context.region, service: context.service)
    }

    /// The request that the text in the form of HTTP spells.
    var signable: SignableRequest {
        let halves = request.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        var lines = halves[0].split(separator: "\n")
        let target = lines.removeFirst().dropFirst(request.hasPrefix("GET") ? 4 : 5).dropLast(9)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.dropFirst().first?.split(separator: "&").map { item in
            let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return SignableRequest.QueryItem(
                PercentEncoding.decode(sides[0]) ?? "",
                sides.count > 1 ? PercentEncoding.decode(sides[1]) ?? "" : "")
        }
        var fields: [(name: String, value: String)] = []
        for line in lines {
            if line.first == " ", let last = fields.indices.last {
                fields[last].value += " " + line
            } else {
                let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                fields.append((String(sides[0]), sides.count > 1 ? String(sides[1]) : ""))
            }
        }
        let body = halves.count > 1 ? Array(halves[1].utf8) : []
        return SignableRequest(
            method: request.hasPrefix("GET") ? "GET" : "POST", path: String(parts[0]), query: query ?? [],
            fields: fields, payloadHash: SHA256.hash(data: context.sign_body ? body : []).hexadecimal)
    }
}
