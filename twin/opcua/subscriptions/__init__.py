"""Subscriptions and monitored items of the plant's server, after OPC UA Part 4, sections 5.13 and 5.14.

From the inside out: `sample` one value with its bytes · `filters` what is a change · `items` monitored items and their
queues · `events` those for events · `messages` notification messages as bytes · `subscription` counters, keep-alive,
retransmission · `publish_queue` the Publish requests of a session · `services` the two service sets.
How requests reach them is in `twin.opcua.listener`.
"""
