"""OPC UA both ways: client, browsing, discovery, server. The only package that knows asyncua."""
