"""The verbs of the command line: each adds itself to the parser and composes what other layers say."""
