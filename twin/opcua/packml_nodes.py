"""The PackML model (OPC 30050 v1.01) as a compact table: facts of the published NodeSet, which a test compares it with.

Left out, as they are optional and nothing here serves them: the alarm and warning lists of Admin (alarms are Part 9
conditions), remote interface, interlocks and the requests of Status; of Admin also the current times and extents.
How the table reads: `twin.opcua.companion`. Not here: what the states mean (`twin.plant.packml`).
"""

from __future__ import annotations

from twin.opcua.companion import DataType, Ref, read_model

MODEL = read_model(
    "packml",
    """
ReferenceType 25 HasStopReason ua:47
Enumeration 11 ProductionMaintenanceModeEnum 194 Invalid Produce Maintenance Manual
Structure 14 PackMLCountDataType 69
  ID Int32
  Name String
  Unit EUInformation
  Count Int32
  AccCount Int32
Structure 15 PackMLAlarmDataType 74
  ID Int32
  Value Int32
  Message String
  Category Int32
  DateTime UtcTime
  AckDateTime UtcTime
  Trigger Boolean
Structure 16 PackMLDescriptorDataType 77
  ID Int32
  Name String
  Unit EUInformation
  Value Float
Structure 17 PackMLIngredientsDataType 79
  IngredientID Int32
  Parameter 16[]
Structure 18 PackMLProductDataType 81
  ProductID Int32
  ProcessVariables 16[]
  Ingredients 17[]
ObjectType 1 PackMLExecuteStateMachineType ua:2771
  Variable 125 ua:AvailableStates NodeId[]
  Variable 126 ua:AvailableTransitions NodeId[]
  State 38 Complete 138=17
  Transition 51 CompleteToResetting 151= 38 27
  State 37 Completing 137=16
  Transition 50 CompletingToComplete 150= 37 38
  State 36 Execute 136=6
  Transition 49 ExecuteToCompleting 149= 36 37
  Transition 45 ExecuteToHolding 145= 36 33
  Transition 42 ExecuteToSuspending 142= 36 30
  State 34 Held 134=11
  Transition 47 HeldToUnholding 147= 34 35
  Method? 366 Hold
  State 33 Holding 133=10
  Transition 46 HoldingToHeld 146= 33 34
  State 28 Idle 128=4
  Transition 40 IdleToStarting 140= 28 29
  Method? 361 Reset
  State 27 Resetting 127=15
  Transition 39 ResettingToIdle 139= 27 28
  Method? 369 Start in:342 Parameter=16[]
  State 29 Starting 129=3
  Transition 41 StartingToExecute 141= 29 36
  Transition 99 StartingToHolding 179= 29 33
  Method? 367 Suspend
  State 31 Suspended 131=5
  Transition 101 SuspendedToHolding 215= 31 33
  Transition 52 SuspendedToUnsuspending 152= 31 32
  State 30 Suspending 130=13
  Transition 102 SuspendingToHolding 216= 30 33
  Transition 43 SuspendingToSuspended 143= 30 31
  Method? 365 ToComplete
  Method? 368 Unhold
  State 35 Unholding 135=12
  Transition 48 UnholdingToExecute 148= 35 36
  Transition 103 UnholdingToHolding 217= 35 33
  Method? 372 Unsuspend
  State 32 Unsuspending 132=14
  Transition 44 UnsuspendingToExecute 144= 32 36
  Transition 100 UnsuspendingToHolding 208= 32 33
ObjectType 2 PackMLMachineStateMachineType ua:2771
  Variable 153 ua:AvailableStates NodeId[]
  Variable 154 ua:AvailableTransitions NodeId[]
  State 55 Clearing 157=1
  Transition 58 ClearingToStopped 164= 55 53
  Object 56 ExecuteState 1
  Method? 376 Reset
  State 75 Running 171=18
  Transition 60 RunningToStopping 166= 75 54
  Method? 375 Stop
  State 53 Stopped 155=2
  Transition 59 StoppedToRunning 165= 53 75
  State 54 Stopping 156=7
  Transition 57 StoppingToStopped 163= 54 53
ObjectType 3 PackMLBaseStateMachineType ua:2771
  Method? 364 Abort
  State 62 Aborted 169=9
  Transition 65 AbortedToCleared 174= 62 71
  State 61 Aborting 168=8
  Transition 66 AbortingToAborted 175= 61 62
  Variable 167 ua:AvailableStates NodeId[]
  Variable 158 ua:AvailableTransitions NodeId[]
  Method? 363 Clear
  State? 71 Cleared 178=19
  Transition 67 ClearedToAborting 176= 71 61
  Object 64 MachineState 2
ObjectType 4 PackMLStatusObjectType ua:58
  Variable 232 CurMachSpeed Float ua:2368
    Property 233 ua:EURange Range
  Variable 211 EquipmentBlocked Boolean
  Variable 224 EquipmentStarved Boolean
  Variable 219 MachSpeed Float ua:2368
    Property 220 ua:EURange Range
  Variable 200 UnitModeCurrent Enumeration
  Property 193 UnitSupportedModes NodeId
ObjectType 5 PackMLAdminObjectType ua:58
  Variable? 252 AccTimeSinceReset Int32
  Variable? 253 MachDesignSpeed Float
  Variable? 247 ModeCumulativeTime Int32[]
  Variable? 124 ProdConsumedCount 14[]
  Variable? 119 ProdDefectiveCount 14[]
  Variable? 120 ProdProcessedCount 14[]
  Variable? 249 StateCumulativeTime Int32[,]
  Variable? 244 StopReason 15 via=25
ObjectType 6 PackMLBaseObjectType ua:58
  Object 73 Admin 5
  Object 88 BaseStateMachine 3
  Property? 221 PackMLVersion String
  Method 400 SetMachSpeed in:348 RequestedMachineSpeed=Float
  Method 402 SetParameter in:352 Parameter=16[]
  Method 401 SetProduct in:349 Product=18[]
  Method 362 SetUnitMode in:118 RequestedMode=Int32
  Object 87 Status 4
  Property? 218 TagID String
""",
)

OBJECTS = Ref("packml", 72)  # the folder `PackMLObjects`, below Objects, that lists every PackML unit of a server
BASE_OBJECT_TYPE = Ref("packml", 6)

# The modes of the product's units are the model's and one of our own, as the model allows (UnitSupportedModes says
# which enumeration it is); its nodes are in the namespace of the layout, far from the numbers of its tags.
UNIT_MODES = DataType(
    Ref("plant", 2_000_000_001),
    "UnitModeEnum",
    Ref("plant", 2_000_000_002),
    values=(*MODEL.data_types[Ref("packml", 11)].values, "Setup"),
)
COUNT, ALARM = Ref("packml", 14), Ref("packml", 15)

# The state machines one inside the other: type, path below a unit, the state of the one around it that it is active in.
LEVELS = (
    (Ref("packml", 3), "BaseStateMachine", ""),
    (Ref("packml", 2), "BaseStateMachine/MachineState", "Cleared"),
    (Ref("packml", 1), "BaseStateMachine/MachineState/ExecuteState", "Running"),
)
