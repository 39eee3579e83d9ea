// Where a destination is, as one text: s3://bucket/folder and the like.

extension TargetConnection.Draft {
    /// The place that receives the exports, as people write places of that kind.
    ///
    /// It never holds a secret: what only the credentials know, like the account in a connection string, is
    /// left out.
    /// - Parameters:
    ///   - spec: the kind of destination; nil where it is not known.
    ///   - account: the account, whose answers may name a host; nil where it is not known.
    public func place(spec: ConnectionSpec?, account: BaseConnection?) -> String {
        let secrets = Set(spec?.secretKeys ?? [])
        let given = (account?.draft.authentication?.answers ?? [:]).filter { !secrets.contains($0.key) }
        var texts = given.mapValues(\.text)
        for (key, value) in parameters { texts[key] = FormAnswer.value(value).text }
        if ["", "22"].contains(texts["port"] ?? "") { texts["port"] = nil }
        let container = texts["bucketName"] ?? texts["container"] ?? ""
        return spec?.guide.place.flatMap { Self.filled($0, with: texts) }
            ?? (container.isEmpty ? "" : container) + "/" + folder.trimmingSlashes
    }

    /// A template with its keys replaced; nil where an answer is missing that it cannot do without.
    private static func filled(_ template: String, with texts: [String: String]) -> String? {
        var template = template[...]
        if texts["port"] == nil, let port = template.firstRange(of: ":{port}") {
            template.removeSubrange(port)
        }
        var result = ""
        while let open = template.firstIndex(of: "{"), let close = template.firstIndex(of: "}") {
            let key = String(template[template.index(after: open)..<close])
            guard let text = texts[key] else { return nil }
            result += template[..<open] + text.trimmingSlashes
            template = template[template.index(after: close)...]
        }
        return result + template
    }
}

extension ConnectionSpec {
    /// The keys of all fields that are never shown.
    var secretKeys: [String] {
        (authSpecs.map(\.spec) + [targetSpec.spec]).flatMap { schema in
            schema.properties.filter { $0.value.format == "password" }.keys
        }
    }
}
