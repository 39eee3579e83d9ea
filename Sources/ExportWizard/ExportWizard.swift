// ExportWizard
