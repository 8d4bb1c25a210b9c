"""An adversary who has read the written rules and none of the code, and looks only at what is published."""
