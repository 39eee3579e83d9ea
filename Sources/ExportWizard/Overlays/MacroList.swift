// The macros of folder templates, to choose one of.
import ExportDomain
import Languages
import TerminalKit

/// The state of the list of macros.
struct MacroList: Equatable, Sendable {
    var list = ListState()

    init() { arrangeList() }

    /// The macro under the cursor.
    var selected: FolderMacro? { list.selectedItem.map { FolderMacro.offered[$0] } }

    /// Searches the list.
    mutating func arrangeList() {
        let macros = FolderMacro.offered
        list.arrange(count: macros.count) { ("%\(macros[$0].name)%", "") }
    }
}

extension Wizard {
    mutating func press(_ key: Key, in macros: MacroList, isCancel: Bool, page: Int) {
        var macros = macros
        if macros.list.handleSearch(key, height: page) {
            overlay = .macros(macros)
        } else if isCancel || key == .control("c") || key == .character("q") {
            overlay = nil
        } else if key == .enter {
            overlay = nil
            if let macro = macros.selected { timing?.insert(macro) }
        } else {
            _ = macros.list.handle(key, height: page)
            overlay = .macros(macros)
        }
    }

    func draw(_ macros: MacroList, into frame: inout Frame, layout: WizardLayout, theme: Theme) {
        let context = firstContext
        ListBox(
            title: Text("Macros"), list: macros.list, nameColumns: 30,
            row: { item in
                let macro = FolderMacro.offered[item]
                return ListBox.Row(
                    name: "%\(macro.name)%", remark: context.map { .verbatim(macro.preview(in: $0)) })
            }, rowCount: FolderMacro.offered.count
        ).draw(into: &frame, layout: layout, theme: theme)
    }
}
