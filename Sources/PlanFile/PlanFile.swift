// PlanFile
