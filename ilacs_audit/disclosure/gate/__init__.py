"""The one gate between measures and readers."""
