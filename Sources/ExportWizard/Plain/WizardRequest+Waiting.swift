// What is said while a request is under way.
import ExportDomain
import Languages

extension WizardRequest {
    /// What is waited for, in a few words; nil where nothing needs to be said.
    func waitingText(_ wizard: Wizard) -> Text? {
        switch self {
        case .catalogue: wizard.destination.catalogue.value == nil ? Text("Loading destinations") : nil
        case .datasets: Text("Loading datasets")
        case .arrange: Text("Searching")
        case .createDestination, .updateDestination: Text("Saving the destination")
        case .removeDestination: Text("Removing the destination")
        case .testDestination: Text("Testing")
        case .readFile: Text("Reading the file")
        case .runSecretCommand: Text("Running the command")
        case .flows: wizard.flowList.flows.value == nil ? Text("Loading flows") : nil
        case .perform, .editFlow: Text("Changing the flow")
        case .exportNow: Text("Starting the export")
        case .removeFlow: Text("Deleting the flow")
        case .createFlow: Text("Making the dataflow")
        case .resume: Text("Making what is missing")
        case .discard: Text("Removing what it has made")
        case .retry, .exportAgain: Text("Making the run again")
        case .cancelRun: Text("Ending the run")
        case .preview: Text("Reading the file")
        case .platforms: Text("Loading platforms")
        case .sandboxes: Text("Loading sandboxes")
        case .openPlatform: Text("Opening the platform")
        case .savePlan: Text("Saving the plan")
        case .suggestions: Text("Asking the storage")
        case .unfinished, .runs, .folderContents, .isProduction, .limitTransfers: nil
        }
    }
}
