"""The factory twin: one clock drives floor, trends and states of an appliance factory, live and in replay."""
