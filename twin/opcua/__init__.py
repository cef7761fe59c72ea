"""OPC UA both ways: client, browsing, discovery, server. The only package that knows asyncua."""

import logging

# Every failure reaches the caller as a LinkError; asyncua's own records of the same failure would only repeat it.
logging.getLogger("asyncua").setLevel(logging.CRITICAL + 1)
