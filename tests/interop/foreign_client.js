// A client that nobody here wrote: node-opcua reads what third parties look for on the plant's server.
// node foreign_client.js URL      prints one JSON object; needs node-opcua in NODE_PATH.
"use strict";
const { OPCUAClient, AttributeIds, NodeClass, coerceNodeId, makeBrowsePath, BrowseDirection } = require("node-opcua");

const PACKML = "http://opcfoundation.org/UA/PackML/";
const MACHINERY = "http://opcfoundation.org/UA/Machinery/";
const DI = "http://opcfoundation.org/UA/DI/";
const JOBS = "http://opcfoundation.org/UA/Machinery/Jobs/";
const ISA95 = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/";

async function main() {
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 1 } });
  await client.connect(process.argv[2]);
  const session = await client.createSession();
  const uris = await session.readNamespaceArray();
  const at = (uri) => uris.indexOf(uri);
  const find = async (start, path) => {
    const result = await session.translateBrowsePath(makeBrowsePath(start, path));
    if (!result.statusCode.isGood()) throw new Error(`${path} below ${start}: ${result.statusCode}`);
    return result.targets[0].targetId;
  };
  const value = async (start, path) => {
    const data = await session.read({ nodeId: await find(start, path), attributeId: AttributeIds.Value });
    return data.statusCode.isGood() ? data.value.value : data.statusCode.name;
  };
  const name = async (nodeId) => (await session.read({ nodeId, attributeId: AttributeIds.BrowseName })).value.value.name;
  const children = async (nodeId) => {
    let result = await session.browse({ nodeId, browseDirection: BrowseDirection.Forward, resultMask: 63 });
    const all = result.references.slice();
    while (result.continuationPoint && result.continuationPoint.length) {
      result = await session.browseNext(result.continuationPoint, false);
      all.push(...result.references);
    }
    return all;
  };

  const p = at(PACKML), m = at(MACHINERY), d = at(DI), j = at(JOBS), i = at(ISA95);
  const machines = (await children(coerceNodeId(`ns=${m};i=1001`))).filter((r) => r.nodeClass === NodeClass.Object
    && r.referenceTypeId.toString() === "ns=0;i=35");
  const found = {};
  for (const machine of machines) {
    const node = machine.nodeId;
    const entry = { serial: await value(node, `.${d}:Identification.${d}:SerialNumber`) };
    entry.item = (await value(node, `.${m}:MachineryBuildingBlocks.${m}:MachineryItemState.0:CurrentState`)).text;
    const type = await name(machine.typeDefinition);
    if (type === "PackMLBaseObjectType") {
      const machineState = `.${p}:BaseStateMachine.${p}:MachineState`;
      const levels = [`${machineState}.${p}:ExecuteState`, machineState, `.${p}:BaseStateMachine`];
      for (const level of levels) {
        const id = await value(node, `${level}.0:CurrentState.0:Id`);
        if (typeof id !== "string") { entry.state = await name(id); break; }
      }
      const processed = await value(node, `.${p}:Admin.${p}:ProdProcessedCount`);
      entry.processed = processed.map((row) => row.toJSON());
      entry.cumulative = Array.from(await value(node, `.${p}:Admin.${p}:StateCumulativeTime`)).length;
    }
    found[machine.browseName.name] = entry;
  }
  const plant = at(process.argv[3]);
  const station = machines.find((r) => r.browseName.name === process.argv[4]).nodeId;
  const torque = `.${plant}:Process.${plant}:Torque`;
  const unit = await value(station, `${torque}.0:EngineeringUnits`);
  const range = await value(station, `${torque}.0:EURange`);
  const line = await find("ns=0;i=85", process.argv[5].split("/").map((n) => `/${plant}:${n}`).join(""));
  const list = await value(line, `.${j}:JobManagement.${j}:JobOrderControl.${i}:JobOrderList`);
  console.log(JSON.stringify({
    machines: found, unit: unit.toJSON(), range: range.toJSON(), jobs: list.map((row) => row.toJSON()),
  }));
  await session.close();
  await client.disconnect();
}

main().catch((error) => { console.error(error); process.exit(1); });
