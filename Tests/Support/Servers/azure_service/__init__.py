"""What the Azure test server is made of: its store, what it lets in, and its services."""
