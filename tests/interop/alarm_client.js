// An operator's client that nobody here wrote: node-opcua, told what to do line by line, says what came of it.
// node alarm_client.js ENDPOINT      needs node-opcua in NODE_PATH. Commands and answers are JSON, one a line.
"use strict";
const readline = require("readline");
const {
  OPCUAClient, AttributeIds, TimestampsToReturn, DataType, UserTokenType, constructEventFilter, resolveNodeId,
  installAlarmMonitoring, uninstallAlarmMonitoring, makeBrowsePath, ofType,
} = require("node-opcua");

const FIELDS = [
  "ConditionId", "EventId", "EventType", "SourceName", "ConditionName", "Message", "Severity", "Retain",
  "ActiveState.Id", "AckedState.Id", "ConfirmedState.Id", "Comment", "ClientUserId", "SuppressedOrShelved",
  "LimitState.CurrentState", "ShelvingState.CurrentState",
];
const say = (answer) => console.log(JSON.stringify(answer));
const plain = (variant) => {
  const value = variant.value;
  if (value === null || value === undefined) return null;
  if (variant.dataType === DataType.NodeId) return value.toString();
  if (variant.dataType === DataType.LocalizedText) return value.text;
  return Buffer.isBuffer(value) ? value.toString("hex") : value;
};

let client, session;

const commands = {
  async connect({ user }) {
    client = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 1 } });
    await client.connect(process.argv[2]);
    session = await client.createSession(user ? { type: UserTokenType.UserName, userName: user, password: "" } : undefined);
    return true;
  },
  async disconnect() {
    await session.close();
    await client.disconnect();
    return true;
  },
  async listen() {
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 50, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10,
      publishingEnabled: true, maxNotificationsPerPublish: 0,
    });
    const filter = constructEventFilter(FIELDS, ofType(resolveNodeId("AcknowledgeableConditionType")));
    const item = await subscription.monitor(
      { nodeId: resolveNodeId("Server"), attributeId: AttributeIds.EventNotifier },
      { filter, queueSize: 1000, discardOldest: true, samplingInterval: 0 }, TimestampsToReturn.Both,
    );
    item.on("changed", (values) => say({ event: Object.fromEntries(FIELDS.map((name, at) => [name, plain(values[at])])) }));
    return subscription.subscriptionId;
  },
  // node-opcua's own list of alarms: it listens, refreshes, and keeps what is retained.
  async list({ count }) {
    const list = await installAlarmMonitoring(session);
    const until = Date.now() + 10000;
    while (list.length < count && Date.now() < until) await new Promise((later) => setTimeout(later, 20));
    const found = list.alarms().filter((alarm) => alarm.getRetain()).map((alarm) => ({
      condition: alarm.conditionId.toString(), acked: alarm.fields.ackedState.id.value,
      name: alarm.fields.conditionName.value, severity: alarm.fields.severity.value,
    }));
    await uninstallAlarmMonitoring(session);
    return found;
  },
  async acknowledge({ condition, event, comment }) {
    return (await session.acknowledgeCondition(resolveNodeId(condition), Buffer.from(event, "hex"), comment)).name;
  },
  async confirm({ condition, event, comment }) {
    return (await session.confirmCondition(resolveNodeId(condition), Buffer.from(event, "hex"), comment)).name;
  },
  async comment({ condition, event, comment }) {
    return (await session.addCommentCondition(resolveNodeId(condition), Buffer.from(event, "hex"), comment)).name;
  },
  // Shelving as node-opcua finds it: by browsing the condition.
  async shelve({ condition, method, time }) {
    const { targets } = await session.translateBrowsePath(makeBrowsePath(condition, "/ShelvingState"));
    const { targets: methods } = await session.translateBrowsePath(
      makeBrowsePath(targets[0].targetId, `/${method}`),
    );
    const inputArguments = time === undefined ? [] : [{ dataType: DataType.Double, value: time }];
    const called = { objectId: targets[0].targetId, methodId: methods[0].targetId, inputArguments };
    return (await session.call(called)).statusCode.name;
  },
  async history({ node, start, end }) {
    const result = await session.readHistoryValue(node, new Date(start), new Date(end));
    return {
      status: result.statusCode.name,
      values: result.historyData.dataValues.map((value) => [value.sourceTimestamp.getTime(), plain(value.value)]),
    };
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    try {
      say({ answer: await commands[command.do](command) });
    } catch (error) {
      say({ error: String(error.message) });
    }
  }
  process.exit(0);
})();
