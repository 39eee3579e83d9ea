// Whether credentials are what a kind of destination asks for. The wizard, the commands and the platform ask here.
import Languages

extension ConnectionSpec {
    /// What keeps credentials from being used with this kind of destination, the first problem in the order of
    /// the form; nil where nothing does.
    ///
    /// - Parameters:
    ///   - authentication: the credentials; nil where none are given.
    ///   - storedSecrets: the fields whose secrets are known already and stay where they are left out.
    public func problem(
        with authentication: BaseConnection.Authentication?, storedSecrets: Set<String> = []
    ) -> FlowServiceError? {
        guard let authentication else {
            if !requiresAuthentication { return nil }
            return .invalid(field: "auth", reason: Text("\(name) needs credentials: \(waysToSignIn)"))
        }
        if authSpecs.isEmpty {
            return .invalid(field: "auth", reason: Text("\(name) takes no credentials"))
        }
        guard let form = authenticationForm(authentication.specName) else {
            return .invalid(
                field: "auth.specName",
                reason: Text(
                    "\(name) has no way to sign in called “\(authentication.specName)”; it has \(waysToSignIn)"
                )
            )
        }
        let fields = form.fields(for: authentication.answers)
        let known = Set(fields.map(\.id))
        if let unknown = authentication.answers.keys.sorted().first(where: { !known.contains($0) }) {
            return .invalid(
                field: unknown,
                reason: Text(
                    "“\(authentication.specName)” has no field “\(unknown)”; it has \(Text.list(fields.map(\.id)))"
                )
            )
        }
        let problems = form.problems(in: authentication.answers)
        for field in fields {
            guard let problem = problems[field.id] else { continue }
            if case .missing = problem, storedSecrets.contains(field.id) { continue }
            return .invalid(field: field.id, reason: Text("\(field.id): \(problem)"))
        }
        return nil
    }

    /// Whether an account cannot do without credentials.
    public var requiresAuthentication: Bool { !authSpecs.isEmpty && !isAuthenticationOptional }

    private var waysToSignIn: Text { .any(of: authSpecs.map { Text("“\($0.name)”") }) }
}
