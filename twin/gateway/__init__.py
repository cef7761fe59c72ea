"""The headless recorder process: OPC UA into a Recording."""
