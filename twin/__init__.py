"""The factory twin: one clock drives the floor, the trends and the states of an appliance factory, live and in replay."""
