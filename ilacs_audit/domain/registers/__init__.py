"""Words of registers that both who reads them and who counts them have to understand alike."""
