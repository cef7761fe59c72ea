// A server that nobody here wrote: node-opcua with a few variables of mixed types, one of them changing.
// node foreign_server.js PORT      prints "serving" when ready; needs node-opcua in NODE_PATH.
"use strict";
const { OPCUAServer, Variant, DataType, VariantArrayType, StatusCodes, standardUnits } = require("node-opcua");

async function main() {
  const server = new OPCUAServer({
    port: Number(process.argv[2]),
    host: "127.0.0.1",
    hostname: "127.0.0.1",
    serverInfo: { applicationUri: "urn:foreign:node-opcua", productUri: "foreign" },
    serverCapabilities: { operationLimits: { maxMonitoredItemsPerCall: 3, maxNodesPerBrowse: 5, maxNodesPerRead: 7 } },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const own = space.registerNamespace("urn:foreign:boiler");
  const folder = own.addFolder(space.rootFolder.objects, { browseName: "Boiler house" });
  const boiler = own.addObject({ organizedBy: folder, browseName: "Boiler 1" });
  let level = 0;
  own.addVariable({
    componentOf: boiler, browseName: "Level", nodeId: "s=level", dataType: "Double", minimumSamplingInterval: 50,
    value: { get: () => new Variant({ dataType: DataType.Double, value: (level += 0.5) }) },
  });
  const fixed = (browseName, dataType, value, more) =>
    own.addVariable({
      componentOf: boiler, browseName, dataType,
      value: { dataType, arrayType: VariantArrayType.Scalar, value }, ...more,
    });
  fixed("Running", DataType.Boolean, true);
  fixed("Cycles", DataType.UInt64, [0, 42]);
  fixed("Product", DataType.String, "风扇 Ⅱ");
  fixed("Note", DataType.LocalizedText, { locale: "en", text: "hello" });
  fixed("Started", DataType.DateTime, new Date(Date.UTC(2024, 0, 2)));
  fixed("Reset", DataType.Int16, -3);
  fixed("Profile", DataType.Double, Float64Array.from([1, 2, 3]), {
    valueRank: 1, arrayDimensions: [3], value: { dataType: DataType.Double, arrayType: VariantArrayType.Array, value: [1, 2, 3] },
  });
  const broken = fixed("Broken", DataType.Double, 0);
  broken.setValueFromSource({ dataType: DataType.Double, value: 0 }, StatusCodes.BadSensorFailure);
  own.addAnalogDataItem({
    componentOf: boiler, browseName: "Pressure", dataType: "Double", definition: "p",
    engineeringUnitsRange: { low: 0, high: 10 }, engineeringUnits: standardUnits.bar,
    value: { dataType: DataType.Double, value: 2.5 },
  });
  await server.start();
  console.log("serving");
  process.on("SIGTERM", () => server.shutdown(0, () => process.exit(0)));
}

main();
