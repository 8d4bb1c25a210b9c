"""What a draw will show before a file is read, and what an order in which reading or training goes lets one say."""
