// A client that nobody here wrote: node-opcua on the plant's server, saying as JSON what it was told.
// node subscribing_client.js URL      needs node-opcua in NODE_PATH.
// It prints {"write": [values], "apart_s": 0} and waits for a line on stdin when the level shall change; at the end
// {"told": {...}}.
"use strict";
const {
  OPCUAClient, AttributeIds, TimestampsToReturn, DataChangeFilter, DataChangeTrigger, DeadbandType, BrowseDirection,
} = require("node-opcua");
const lines = require("readline").createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const say = (what) => console.log(JSON.stringify(what));
async function write(values, apart_s = 0) { say({ write: values, apart_s }); await lines.next(); }

const filter = (deadbandType, deadbandValue) =>
  new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType, deadbandValue });

class Heard {
  constructor(item) {
    this.values = [];
    this.statuses = [];
    item.on("changed", (data) => {
      this.values.push(data.value.value);
      this.statuses.push(data.statusCode.value);
      if (this.wake) this.wake();
    });
  }
  async until(last) { while (this.values.at(-1) !== last) await new Promise((wake) => { this.wake = wake; }); }
}

async function main() {
  const client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 0 } });
  await client.connect(process.argv[2]);
  const session = await client.createSession();
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: 50, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10,
    maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
  });
  const found = async (name) => (await session.translateBrowsePath(
    { startingNode: "i=85", relativePath: { elements: ["Things", name].map((part) => (
      { referenceTypeId: "i=33", includeSubtypes: true, targetName: { namespaceIndex: 1, name: part } })) } })).targets[0].targetId;
  const level = await found("Level"), text = await found("Text"), profile = await found("Profile");
  const monitor = async (nodeId, parameters) => {
    const item = await subscription.monitor(
      { nodeId, attributeId: AttributeIds.Value },
      { samplingInterval: 0, queueSize: 100, discardOldest: true, ...parameters }, TimestampsToReturn.Both);
    return item;
  };
  const refused = async (nodeId, parameters) => {
    try { return (await monitor(nodeId, parameters)).statusCode.name; } catch (error) { return error.message; }
  };
  const told = {};

  let item = await monitor(level, { filter: filter(DeadbandType.Absolute, 2) });
  let heard = new Heard(item);
  await heard.until(0);
  await write([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6]);
  await heard.until(5);
  told.ramp = heard.values;
  await item.terminate();

  item = await monitor(level, { filter: filter(DeadbandType.Percent, 5) }); // 10 of 200
  heard = new Heard(item);
  await heard.until(6);
  await write([10, 16, 16.5, 26, 27]);
  await heard.until(27);
  told.percent = heard.values;
  await item.terminate();

  item = await monitor(level, { queueSize: 0 });
  heard = new Heard(item);
  await heard.until(27);
  await write([1, 2, 3]);
  await heard.until(3);
  told.newest = [item.result.revisedQueueSize, heard.values];
  const modified = await item.modify({ samplingInterval: 0, queueSize: 3, discardOldest: true, filter: null });
  await write([4, 5, 6, 7]);
  await heard.until(7);
  told.modified = [modified.revisedQueueSize, heard.values.slice(-3), heard.statuses.slice(-3)];
  await item.terminate();

  item = await monitor(level, { samplingInterval: 400 });
  heard = new Heard(item);
  await heard.until(7);
  await write([...Array(20).keys()].map((each) => each + 100), 0.05); // for one second
  await heard.until(119);
  told.sampled = [item.result.revisedSamplingInterval, heard.values.length];
  await item.terminate();

  told.refused = [
    await refused(text, { filter: filter(DeadbandType.Absolute, 1) }),
    await refused(profile, { filter: filter(DeadbandType.Percent, 1) }),
    await refused(level, { filter: filter(DeadbandType.Percent, 101) }),
  ];
  const revised = await session.modifySubscription({
    subscriptionId: subscription.subscriptionId, requestedPublishingInterval: 1, requestedLifetimeCount: 1,
    requestedMaxKeepAliveCount: 10, maxNotificationsPerPublish: 0, priority: 0,
  });
  told.subscription = [revised.revisedPublishingInterval, revised.revisedLifetimeCount, revised.revisedMaxKeepAliveCount];
  try {
    await session.republish({ subscriptionId: subscription.subscriptionId, retransmitSequenceNumber: 123456 });
  } catch (error) { told.republish = error.message; }
  session.requestedMaxReferencesPerNode = 2;
  let result = await session.browse({ nodeId: "i=85", browseDirection: BrowseDirection.Forward, resultMask: 63 });
  told.browsed = [result.references.length];
  while (result.continuationPoint && result.continuationPoint.length) {
    result = await session.browseNext(result.continuationPoint, false);
    told.browsed.push(result.references.length);
  }
  say({ told });
  await session.close();
  await client.disconnect();
  process.exit(0); // stdin is still open
}

main().catch((error) => { say({ failed: String(error.stack) }); process.exit(1); });
