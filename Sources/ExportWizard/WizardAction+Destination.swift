// What can be done on the screens on which destinations are chosen and set up.
import ExportDomain
import Languages
import TerminalKit

extension Wizard {
    var destinationActions: WizardActions {
        let isLoaded = destination.catalogue.value != nil
        let needsOne: Action<WizardAction>.Availability =
            destination.selected == nil
            ? .disabled(
                because: offers(.newDestination)
                    ? Text("There is no destination yet: set one up first")
                    : Text("There is no destination yet")
            ) : .enabled
        let hasSome = destination.selected != nil
        // Where there is nothing to choose, Enter goes on to what there is to do.
        let isEmpty = isLoaded && !hasSome
        return WizardActions([
            Action(
                .next, keys: isEmpty ? [] : [.enter], title: Text("Choose"),
                help: Text("Export to the destination under the cursor"), availability: needsOne,
                hint: !isEmpty),
            Action(
                .newDestination, keys: isEmpty ? [.enter, .character("n")] : [.character("n")],
                title: Text("New destination"),
                help: Text("Set up a new destination"),
                availability: isLoaded
                    ? .enabled : .disabled(because: Text("The kinds of destination have not been loaded yet"))
            ),
            Action(
                .changeDestination, keys: [.character("e")], title: Text("Edit"),
                help: Text("Change or rename the destination under the cursor"), availability: needsOne,
                hint: hasSome),
            Action(
                .testDestination, keys: [.character("t")], title: Text("Test"),
                help: Text("Test whether exports can go to the destination under the cursor"),
                availability: needsOne, hint: hasSome),
            Action(
                .removeDestination, keys: [.character("x"), .delete], title: Text("Remove"),
                help: Text("Remove the destination under the cursor; asks first"), isDangerous: true,
                availability: destination.removing == nil
                    ? needsOne : .disabled(because: Text("A destination is being removed")), hint: false),
            Action(
                .duplicateDestination, keys: [.character("d")], title: Text("Duplicate"),
                help: Text("Set up another destination like the one under the cursor, with the same account"),
                availability: needsOne, hint: false),
            Action(
                .flows, keys: [.character("f")], title: Text("Flows"),
                help: Text("Show what is exported already: pause, put off its end, delete")),
            unfinishedAction,
            Action(
                .sort, keys: [.character("s")], title: Text("Sort"),
                help: Text("Oldest first or newest first"),
                hint: false),
            Action(
                .refresh, keys: [.character("r"), .control("r")], title: Text("Reload"),
                help: Text("Load the destinations again"), hint: false),
        ]) + listActions() + platformActions
    }

    /// The way to other platforms, where there are some.
    private var platformActions: WizardActions {
        WizardActions(
            setting.offersPlatforms
                ? [
                    Action(
                        .platforms, keys: [.character("p")], title: Text("Platform"),
                        help: Text("Work on another platform, or in another sandbox"),
                        hint: destination.selected == nil)
                ] : [])
    }

    var destinationKindsActions: WizardActions {
        WizardActions([
            Action(
                .next, keys: [.enter], title: Text("Set up"),
                help: Text("Fill in the form of the kind of destination under the cursor"),
                availability: selectedKind == nil
                    ? .disabled(because: Text("This platform exports nowhere")) : .enabled)
        ]) + listActions()
            + WizardActions([backAction(help: Text("Go back to the destinations that there are"))])
    }

    var destinationFormActions: WizardActions {
        let isSecret = setup?.isOnSecret ?? false
        let isEmpty = setup?.form.focused.map { setup?.form.text(of: $0.id).isEmpty ?? true } ?? true
        let isOnDate = setup?.isOnDate ?? false
        let canSuggest =
            isOnDate || setup?.form.focused.flatMap { setup?.suggestions(for: $0.id) } != nil
        let onSecretsOnly = Text("This works in a field that holds a secret")
        let readAvailability: Action<WizardAction>.Availability =
            setup?.reading != nil
            ? .disabled(because: Text("The secret is being read"))
            : isSecret ? .enabled : .disabled(because: onSecretsOnly)
        let offerAvailability: Action<WizardAction>.Availability =
            setup?.hasOffer == true ? .enabled : .disabled(because: Text("No value is in the wrong field"))
        return WizardActions([
            Action(
                .takeOffer, keys: [.control("y")], title: Text("Put right"),
                help: Text("Put a value in the wrong field where it belongs"),
                availability: offerAvailability,
                hint: setup?.hasOffer == true),
            Action(
                .next, keys: [.enter], title: Text("Test and save"),
                help: Text("Test the destination, then save it"),
                availability: setup?.savingToken == nil
                    ? .enabled : .disabled(because: Text("The destination is being saved"))),
            Action(
                .reveal, keys: setup?.form.isCommanding == true ? [] : [.control("r")], title: Text("Show"),
                help: Text("Show the secret that is being typed, or hide it again"),
                availability: isSecret && !isEmpty ? .enabled : .disabled(because: onSecretsOnly),
                hint: isSecret && !isEmpty),
            Action(
                .readFile, keys: [.control("o")], title: Text("From file"),
                help: Text("Take a key or another secret from a file, or from a command"),
                availability: readAvailability,
                hint: isSecret),
            Action(
                .suggest, keys: [.control("l")], title: isOnDate ? Text("Calendar") : Text("List"),
                help: Text(
                    "List the buckets, containers or folders that there are, or show a calendar, to choose"),
                availability: canSuggest
                    ? .enabled
                    : .disabled(
                        because: Text("What can be listed are buckets, containers, folders and days")),
                hint: canSuggest),
            Action(
                .testDestination, keys: [.control("t")], title: Text("Test"),
                help: Text("Test what the form says and stay here"), hint: !isSecret),
            backAction(help: Text("Go back; what was typed for a new destination stays")),
        ]) + editingActions
    }

    var destinationTestActions: WizardActions {
        let verdict = setup?.test?.verdict
        let isSaving = setup?.savingToken != nil
        let isGlance = setup?.isGlance == true
        let availability: Action<WizardAction>.Availability =
            isSaving
            ? .disabled(because: Text("The destination is being saved"))
            : verdict == .running
                ? .disabled(because: Text("The test goes on")) : .enabled
        let (title, help) =
            switch verdict {
            case .failed?: (Text("Change it"), Text("Go to the field that the test found wrong"))
            case .unknownHostKey?: (Text("Confirm"), Text("Compare the key of the server and confirm it"))
            case .passed?, .unproven?, .untestable?, .running?, nil:
                isGlance
                    ? (Text("Done"), Text("Go back to the destinations"))
                    : (Text("Save"), Text("Save the destination"))
            }
        return WizardActions([
            Action(.next, keys: [.enter], title: title, help: help, availability: availability),
            Action(
                .testDestination, keys: [.character("t")], title: Text("Test again"),
                help: Text("Begin the test anew"), availability: availability),
            Action(
                .saveDestination, keys: [.character("s")], title: Text("Save"),
                help: Text("Save the destination; asks first unless the test has passed"),
                availability: isSaving
                    ? availability : isGlance ? .disabled(because: Text("Nothing was changed")) : .enabled,
                hint: !isGlance && verdict?.enterSaves != true),
            copyAction(
                availability: copyable == nil
                    ? .disabled(because: Text("The test has found nothing to copy")) : .enabled),
            backAction(help: isGlance ? Text("Go back to the destinations") : Text("Go back to the form")),
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
