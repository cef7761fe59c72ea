"""What this product uses of Machinery (OPC 40001-1 v1.04) and DI (OPC 10000-100), as compact tables.

They are facts of the published NodeSets, which a test compares them with. Left out: nameplate entries that a simulated
machine has no value for, monitoring, notifications, lifetime counters, components, and the interfaces whose entries
the types repeat. How a table reads: `twin.opcua.companion`.
"""

from __future__ import annotations

from twin.opcua.companion import Ref, read_model

DI = read_model(
    "di",
    """
ObjectType 1005 FunctionalGroupType ua:61
""",
)

MODEL = read_model(
    "machinery",
    """
ObjectType* 1004 MachineryItemIdentificationType di:1005
  Property? 6014 di:ComponentName LocalizedText
  Property? 6012 di:DeviceClass String
  Property 6002 di:Manufacturer LocalizedText
  Property? 6007 di:ManufacturerUri String
  Property? 6008 di:Model LocalizedText
  Property? 6001 di:ProductInstanceUri String
  Property 6003 di:SerialNumber String
  Property? 6011 di:SoftwareRevision String
ObjectType 1012 MachineIdentificationType 1004
  Property? 6029 Location String
  Property 6015 di:ProductInstanceUri String
ObjectType 1002 MachineryItemState_StateMachineType ua:2771
  State 5006 Executing 6040=3
  Transition 5023 FromExecutingToExecuting 6057=14 5006 5006
  Transition 5020 FromExecutingToNotAvailable 6054=6 5006 5005
  Transition 5022 FromExecutingToNotExecuting 6056=8 5006 5007
  Transition 5021 FromExecutingToOutOfService 6055=7 5006 5004
  Transition 5010 FromNotAvailableToExecuting 6044=1 5005 5006
  Transition 5011 FromNotAvailableToNotAvailable 6045=12 5005 5005
  Transition 5009 FromNotAvailableToNotExecuting 6043=2 5005 5007
  Transition 5008 FromNotAvailableToOutOfService 6042=0 5005 5004
  Transition 5018 FromNotExecutingToExecuting 6052=11 5007 5006
  Transition 5016 FromNotExecutingToNotAvailable 6050=9 5007 5005
  Transition 5019 FromNotExecutingToNotExecuting 6053=15 5007 5007
  Transition 5017 FromNotExecutingToOutOfService 6051=10 5007 5004
  Transition 5014 FromOutOfServiceToExecuting 6048=4 5004 5006
  Transition 5012 FromOutOfServiceToNotAvailable 6046=3 5004 5005
  Transition 5013 FromOutOfServiceToNotExecuting 6047=5 5004 5007
  Transition 5015 FromOutOfServiceToOutOfService 6049=13 5004 5004
  State 5005 NotAvailable 6039=0
  State 5007 NotExecuting 6041=2
  State 5004 OutOfService 6038=1
ObjectType 1008 MachineryOperationModeStateMachineType ua:2771
  Transition 5035 FromMaintenanceToMaintenance 6070=13 5025 5025
  Transition 5032 FromMaintenanceToNone 6067=3 5025 5024
  Transition 5034 FromMaintenanceToProcessing 6069=4 5025 5026
  Transition 5033 FromMaintenanceToSetup 6068=5 5025 5027
  Transition 5028 FromNoneToMaintenance 6063=0 5024 5025
  Transition 5031 FromNoneToNone 6066=12 5024 5024
  Transition 5030 FromNoneToProcessing 6065=1 5024 5026
  Transition 5029 FromNoneToSetup 6064=2 5024 5027
  Transition 5041 FromProcessingToMaintenance 6076=7 5026 5025
  Transition 5040 FromProcessingToNone 6075=6 5026 5024
  Transition 5043 FromProcessingToProcessing 6078=14 5026 5026
  Transition 5042 FromProcessingToSetup 6077=8 5026 5027
  Transition 5037 FromSetupToMaintenance 6072=10 5027 5025
  Transition 5036 FromSetupToNone 6071=9 5027 5024
  Transition 5038 FromSetupToProcessing 6073=11 5027 5026
  Transition 5039 FromSetupToSetup 6074=15 5027 5027
  State 5025 Maintenance 6060=1
  State 5024 None 6059=0
  State 5026 Processing 6061=3
  State 5027 Setup 6062=2
ObjectType 1009 MachineryOperationCounterType di:1005
  Property? 6081 di:OperationCycleCounter UInteger
  Property? 6080 di:OperationDuration Duration
  Property? 6079 di:PowerOnDuration Duration
""",
)

MACHINES = Ref("machinery", 1001)  # the folder `Machines`, below Objects, that lists every machine of a server
BUILDING_BLOCKS = "MachineryBuildingBlocks"  # OPC 40001-1: a folder with this name holds a machine's add-ins

# Add-ins by the default browse name of their type (its namespace, its name).
ADD_INS = {
    ("di", "Identification"): Ref("machinery", 1012),
    ("machinery", "MachineryItemState"): Ref("machinery", 1002),
    ("machinery", "MachineryOperationMode"): Ref("machinery", 1008),
    ("di", "OperationCounters"): Ref("machinery", 1009),
}
