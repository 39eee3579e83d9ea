// SampleLake
