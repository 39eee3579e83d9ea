// What can be done on the screens on which destinations are chosen and set up.
import ExportDomain
import TerminalKit

extension Wizard {
    var destinationActions: WizardActions {
        let isLoaded = destination.catalogue.value != nil
        let needsOne: Action<WizardAction>.Availability =
            destination.selected == nil
            ? .disabled(because: "There is no destination yet: set one up first") : .enabled
        let hasSome = destination.selected != nil
        // Where there is nothing to choose, Enter goes on to what there is to do.
        let isEmpty = isLoaded && !hasSome
        return WizardActions([
            Action(
                .next, keys: isEmpty ? [] : [.enter], title: "Choose",
                help: "Export to the destination under the cursor", availability: needsOne, hint: !isEmpty),
            Action(
                .newDestination, keys: isEmpty ? [.enter, .character("n")] : [.character("n")],
                title: "New destination",
                help: "Set up a new destination",
                availability: isLoaded
                    ? .enabled : .disabled(because: "The kinds of destination have not been loaded yet")),
            Action(
                .changeDestination, keys: [.character("e")], title: "Edit",
                help: "Change or rename the destination under the cursor", availability: needsOne,
                hint: hasSome),
            Action(
                .testDestination, keys: [.character("t")], title: "Test",
                help: "Test whether exports can go to the destination under the cursor",
                availability: needsOne, hint: hasSome),
            Action(
                .removeDestination, keys: [.character("x"), .delete], title: "Remove",
                help: "Remove the destination under the cursor; asks first", isDangerous: true,
                availability: destination.removing == nil
                    ? needsOne : .disabled(because: "A destination is being removed"), hint: false),
            Action(
                .duplicateDestination, keys: [.character("d")], title: "Duplicate",
                help: "Set up another destination like the one under the cursor, with the same account",
                availability: needsOne, hint: false),
            Action(
                .flows, keys: [.character("f")], title: "Flows",
                help: "Show what is exported already: pause, put off its end, delete"),
            unfinishedAction,
            Action(
                .sort, keys: [.character("s")], title: "Sort", help: "Oldest first or newest first",
                hint: false),
            Action(
                .refresh, keys: [.character("r"), .control("r")], title: "Reload",
                help: "Load the destinations again", hint: false),
        ]) + listActions() + platformActions
    }

    /// The way to other platforms, where there are some.
    private var platformActions: WizardActions {
        WizardActions(
            setting.offersPlatforms
                ? [
                    Action(
                        .platforms, keys: [.character("p")], title: "Platform",
                        help: "Work on another platform, or in another sandbox",
                        hint: destination.selected == nil)
                ] : [])
    }

    var destinationKindsActions: WizardActions {
        WizardActions([
            Action(
                .next, keys: [.enter], title: "Set up",
                help: "Fill in the form of the kind of destination under the cursor",
                availability: selectedKind == nil
                    ? .disabled(because: "This platform exports nowhere") : .enabled)
        ]) + listActions()
            + WizardActions([backAction(help: "Go back to the destinations that there are")])
    }

    var destinationFormActions: WizardActions {
        let isSecret = setup?.isOnSecret ?? false
        let isEmpty = setup?.form.focused.map { setup?.form.text(of: $0.id).isEmpty ?? true } ?? true
        let isOnDate = setup?.isOnDate ?? false
        let canSuggest =
            isOnDate || setup?.form.focused.flatMap { setup?.suggestions(for: $0.id) } != nil
        let onSecretsOnly = "This works in a field that holds a secret"
        let readAvailability: Action<WizardAction>.Availability =
            setup?.reading != nil
            ? .disabled(because: "A file is being read")
            : isSecret ? .enabled : .disabled(because: onSecretsOnly)
        let offerAvailability: Action<WizardAction>.Availability =
            setup?.hasOffer == true ? .enabled : .disabled(because: "No value is in the wrong field")
        return WizardActions([
            Action(
                .takeOffer, keys: [.control("y")], title: "Put right",
                help: "Put a value in the wrong field where it belongs", availability: offerAvailability,
                hint: setup?.hasOffer == true),
            Action(
                .next, keys: [.enter], title: "Test and save",
                help: "Test the destination, then save it",
                availability: setup?.savingToken == nil
                    ? .enabled : .disabled(because: "The destination is being saved")),
            Action(
                .reveal, keys: setup?.form.isCommanding == true ? [] : [.control("r")], title: "Show",
                help: "Show the secret that is being typed, or hide it again",
                availability: isSecret && !isEmpty ? .enabled : .disabled(because: onSecretsOnly),
                hint: isSecret && !isEmpty),
            Action(
                .readFile, keys: [.control("o")], title: "From file",
                help: "Read a key or another secret from a file", availability: readAvailability,
                hint: isSecret),
            Action(
                .suggest, keys: [.control("l")], title: isOnDate ? "Calendar" : "List",
                help: "List the buckets, containers or folders that there are, or show a calendar, to choose",
                availability: canSuggest
                    ? .enabled
                    : .disabled(because: "What can be listed are buckets, containers, folders and days"),
                hint: canSuggest),
            Action(
                .testDestination, keys: [.control("t")], title: "Test",
                help: "Test what the form says and stay here", hint: !isSecret),
            backAction(help: "Go back; what was typed for a new destination stays"),
        ]) + editingActions
    }

    var destinationTestActions: WizardActions {
        let verdict = setup?.test?.verdict
        let isSaving = setup?.savingToken != nil
        let isGlance = setup?.isGlance == true
        let availability: Action<WizardAction>.Availability =
            isSaving
            ? .disabled(because: "The destination is being saved")
            : verdict == .running
                ? .disabled(because: "The test goes on") : .enabled
        let (title, help) =
            switch verdict {
            case .failed?: ("Change it", "Go to the field that the test found wrong")
            case .unknownHostKey?: ("Confirm", "Compare the key of the server and confirm it")
            case .passed?, .unproven?, .untestable?, .running?, nil:
                isGlance ? ("Done", "Go back to the destinations") : ("Save", "Save the destination")
            }
        return WizardActions([
            Action(.next, keys: [.enter], title: title, help: help, availability: availability),
            Action(
                .testDestination, keys: [.character("t")], title: "Test again",
                help: "Begin the test anew", availability: availability),
            Action(
                .saveDestination, keys: [.character("s")], title: "Save",
                help: "Save the destination; asks first unless the test has passed",
                availability: isSaving
                    ? availability : isGlance ? .disabled(because: "Nothing was changed") : .enabled,
                hint: !isGlance && verdict?.enterSaves != true),
            backAction(help: isGlance ? "Go back to the destinations" : "Go back to the form"),
        ])
    }
}

extension ConfigureDestination {
    /// Whether the field being edited takes a day or an instant.
    var isOnDate: Bool { modelFields.contains { $0.id == form.focused?.id && $0.kind.isTime } }

    /// Whether the field being edited holds a secret.
    var isOnSecret: Bool {
        if case .text(let field)? = form.focused?.input { field.isSecret } else { false }
    }
}
