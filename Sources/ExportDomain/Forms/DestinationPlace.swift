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
        let credentials = account?.draft.authentication?.answers ?? [:]
        if let place = spec?.place(parameters: parameters, credentials: credentials) { return place }
        if let path = parameters["remotePath"]?.text { return path.namingHome }
        let container = (parameters["bucketName"] ?? parameters["container"])?.text ?? ""
        return container + "/" + folder.trimmingSlashes
    }

    /// A path of this destination as people write it.
    ///
    /// - Parameter key: the path of a folder or file, as the storage has it.
    public func writtenPath(_ key: String) -> String { rootOfPaths + key }

    /// What stands before the paths of this destination where people read them: a slash, or nothing.
    public var rootOfPaths: String { parameters.rootOfPaths(in: connectionSpecID) }
}

extension [String: JSONValue] {
    /// What stands before the paths of a destination with these parameters.
    ///
    /// Keys of a storage never begin with a slash. Where they count from the root of a server, as those of SFTP do whose
    /// folder begins with one, or from that of a landing zone, paths are shown with it.
    func rootOfPaths(in kind: Identifier<ConnectionSpec>) -> String {
        kind == ConnectionSpec.landingZone || self["remotePath"]?.text?.hasPrefix("/") == true ? "/" : ""
    }
}

extension ConnectionSpec {
    /// The Data Landing Zone, on every platform.
    public static let landingZone: Identifier<ConnectionSpec> = "10440537-2a7b-4583-ac39-ed38d4b848e8"

    /// The place that answers to the forms of this kind describe; nil where there are too few of them.
    ///
    /// - Parameters:
    ///   - parameters: location and file options, as the target spec names them.
    ///   - credentials: the answers to the form of the account; secrets among them are not used.
    public func place(parameters: [String: JSONValue], credentials: FormAnswers) -> String? {
        let secrets = Set(secretKeys)
        var texts = credentials.filter { !secrets.contains($0.key) }.mapValues(\.text)
        for (key, value) in parameters { texts[key] = FormAnswer.value(value).text }
        if ["", "22"].contains(texts["port"] ?? "") { texts["port"] = nil }
        texts["remotePath"] = texts["remotePath"]?.namingHome
        return guide.place.flatMap { Self.filled($0, with: texts) }
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
            guard let text = texts[key], !text.isEmpty else { return nil }
            result += template[..<open] + text.trimmingSlashes
            template = template[template.index(after: close)...]
        }
        return result + template
    }

    /// The keys of all fields that are never shown.
    private var secretKeys: [String] {
        (authSpecs.map(\.spec) + [targetSpec.spec]).flatMap { schema in
            schema.properties.filter { $0.value.format == "password" }.keys
        }
    }
}

extension String {
    /// A path on a server as it is written where it cannot be told from what it begins with: one that does not
    /// begin at the server's root begins in the folder of the user.
    fileprivate var namingHome: String { isEmpty || hasPrefix("/") ? self : "~/" + self }
}
