// EmbeddedPlatform
