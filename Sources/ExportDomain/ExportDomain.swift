// ExportDomain
