"""Names that say who is who on the wire."""

from __future__ import annotations

# Application URI of every server that `twin serve` starts. A recording made from a server with this URI, and from no
# other, is a SIMULATION: no setting can make it look like a plant, nor a plant like it.
SIMULATION_URI = "urn:factory-twin:simulation"

PACKML_URI = "http://opcfoundation.org/UA/PackML/"
MACHINERY_URI = "http://opcfoundation.org/UA/Machinery/"
DI_URI = "http://opcfoundation.org/UA/DI/"
LOAD_URI = "urn:factory-twin:load"  # namespace of synthetic variables
ISA95_URI = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/"
JOBS_URI = "http://opcfoundation.org/UA/Machinery/Jobs/"
TRAINING_URI = "urn:factory-twin:training"  # namespace of the trainer's object
