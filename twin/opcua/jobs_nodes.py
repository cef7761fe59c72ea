"""Job Control V2 (OPC 10031-4) and Machinery Jobs (OPC 40001-3), as compact tables.

They are facts of the published NodeSets, which a test compares them with. Left out: the job response receiver, the
sub-state machines, and the structures with Byte option sets, which some clients read wrongly.
How a table reads: `twin.opcua.companion`.
"""

from __future__ import annotations

from twin.opcua.companion import Ref, read_model

ISA95 = read_model(
    "isa95",
    """
Structure 3002 ISA95PropertyDataType 5002
  ID String
  Value BaseDataType
  Description? LocalizedText[]
  EngineeringUnits? EUInformation
  Subproperties? 3002[]
Structure 3003 ISA95ParameterDataType 5005
  ID String
  Value BaseDataType
  Description? LocalizedText[]
  EngineeringUnits? EUInformation
  Subparameters? 3003[]
Structure 3005 ISA95EquipmentDataType 5008
  ID String
  Description? LocalizedText[]
  EquipmentUse? String
  Quantity? DecimalString
  EngineeringUnits? EUInformation
  Properties? 3002[]
Structure 3006 ISA95StateDataType 5029
  BrowsePath RelativePath
  StateText LocalizedText
  StateNumber UInt32
Structure 3007 ISA95WorkMasterDataType 5011
  ID String
  Description? LocalizedText
  Parameters? 3003[]
Structure 3008 ISA95JobOrderDataType 5014
  JobOrderID String
  Description? LocalizedText[]
  WorkMasterID? 3007[]
  StartTime? DateTime
  EndTime? DateTime
  Priority? Int16
  JobOrderParameters? 3003[]
  PersonnelRequirements? 3011[]
  EquipmentRequirements? 3005[]
  PhysicalAssetRequirements? 3012[]
  MaterialRequirements? 3010[]
Structure 3010 ISA95MaterialDataType 5017
  MaterialClassID? String
  MaterialDefinitionID? String
  MaterialLotID? String
  MaterialSublotID? String
  Description? LocalizedText[]
  MaterialUse? String
  Quantity? DecimalString
  EngineeringUnits? EUInformation
  Properties? 3002[]
Structure 3011 ISA95PersonnelDataType 5020
  ID String
  Description? LocalizedText[]
  PersonnelUse? String
  Quantity? DecimalString
  EngineeringUnits? EUInformation
  Properties? 3002[]
Structure 3012 ISA95PhysicalAssetDataType 5023
  ID String
  Description? LocalizedText[]
  PhysicalAssetUse? String
  Quantity? DecimalString
  EngineeringUnits? EUInformation
  Properties? 3002[]
Structure 3013 ISA95JobResponseDataType 5026
  JobResponseID String
  Description? LocalizedText
  JobOrderID String
  StartTime? DateTime
  EndTime? DateTime
  JobState 3006[]
  JobResponseData? 3003[]
  PersonnelActuals? 3011[]
  EquipmentActuals? 3005[]
  PhysicalAssetActuals? 3012[]
  MaterialActuals? 3010[]
Structure 3015 ISA95JobOrderAndStateDataType 5032
  JobOrder 3008
  State 3006[]
ObjectType 1002 ISA95JobOrderReceiverObjectType ua:2771
  Method? 7010 Abort in:6063 JobOrderID=String Comment=LocalizedText[] out:6064 ReturnStatus=UInt64
  State 5040 Aborted 6076=6
  State 5036 AllowedToStart 6072=2
  Method? 7011 Cancel in:6065 JobOrderID=String Comment=LocalizedText[] out:6066 ReturnStatus=UInt64
  Method? 7012 Clear in:6067 JobOrderID=String Comment=LocalizedText[] out:6068 ReturnStatus=UInt64
  State 5039 Ended 6075=5
  Variable 6037 EquipmentID String[]
  Transition 5085 FromAllowedToStartToAborted 6010=13 5036 5040
  Transition 5044 FromAllowedToStartToAllowedToStart 6080=4 5036 5036
  Transition 5043 FromAllowedToStartToNotAllowedToStart 6079=3 5036 5035
  Transition 5045 FromAllowedToStartToRunning 6081=5 5036 5037
  Transition 5049 FromInterruptedToAborted 6085=9 5038 5040
  Transition 5051 FromInterruptedToEnded 6087=11 5038 5039
  Transition 5050 FromInterruptedToRunning 6086=10 5038 5037
  Transition 5084 FromNotAllowedToStartToAborted 6009=12 5035 5040
  Transition 5042 FromNotAllowedToStartToAllowedToStart 6078=2 5035 5036
  Transition 5041 FromNotAllowedToStartToNotAllowedToStart 6077=1 5035 5035
  Transition 5048 FromRunningToAborted 6084=8 5037 5040
  Transition 5047 FromRunningToEnded 6083=7 5037 5039
  Transition 5046 FromRunningToInterrupted 6082=6 5037 5038
  State 5038 Interrupted 6074=4
  Variable 6033 JobOrderList 3015[]
  Variable 6035 MaterialClassID String[]
  Variable 6036 MaterialDefinitionID String[]
  Property 6088 MaxDownloadableJobOrders UInt16
  State 5035 NotAllowedToStart 6071=1
  Method? 7007 Pause in:6057 JobOrderID=String Comment=LocalizedText[] out:6058 ReturnStatus=UInt64
  Variable 6039 PersonnelID String[]
  Variable 6038 PhysicalAssetID String[]
  Method? 7008 Resume in:6059 JobOrderID=String Comment=LocalizedText[] out:6060 ReturnStatus=UInt64
  Method? 7013 RevokeStart in:6069 JobOrderID=String Comment=LocalizedText[] out:6070 ReturnStatus=UInt64
  State 5037 Running 6073=3
  Method? 7005 Start in:6053 JobOrderID=String Comment=LocalizedText[] out:6054 ReturnStatus=UInt64
  Method? 7006 Stop in:6055 JobOrderID=String Comment=LocalizedText[] out:6056 ReturnStatus=UInt64
  Method? 7001 Store in:6040 JobOrder=3008 Comment=LocalizedText[] out:6041 ReturnStatus=UInt64
  Method? 7004 StoreAndStart in:6051 JobOrder=3008 Comment=LocalizedText[] out:6052 ReturnStatus=UInt64
  Method? 7009 Update in:6061 JobOrder=3008 Comment=LocalizedText[] out:6062 ReturnStatus=UInt64
  Variable 6034 WorkMaster 3007[]
ObjectType 1003 ISA95JobResponseProviderObjectType ua:58
  Variable? 6050 JobOrderResponseList 3013[]
  Method 7002 RequestJobResponseByJobOrderID in:6042 JobOrderID=String out:6043 JobResponse=3013 ReturnStatus=UInt64
  Method 7014 RequestJobResponseByJobOrderState in:6016 JobOrderState=3006[] \
    out:6017 JobResponses=3013[] ReturnStatus=UInt64
""",
)

MODEL = read_model(
    "jobs",
    """
ObjectType 1003 JobManagementType ua:58
  Object 5001 JobOrderControl isa95:1002
  Object 5002 JobOrderResults isa95:1003
""",
)

JOB_MANAGEMENT = ("jobs", "JobManagement")  # the default browse name of an instance
JOB_MANAGEMENT_TYPE = Ref("jobs", 1003)
RECEIVER = Ref("isa95", 1002)
ORDER_AND_STATE, RESPONSE = Ref("isa95", 3015), Ref("isa95", 3013)
