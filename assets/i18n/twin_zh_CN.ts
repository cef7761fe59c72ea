<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>上一事件</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>下一事件</translation>
    </message>
    <message>
        <source>Back 10 s</source>
        <translation>后退 10 秒</translation>
    </message>
    <message>
        <source>Forward 10 s</source>
        <translation>前进 10 秒</translation>
    </message>
    <message>
        <source>Slower, then backwards</source>
        <translation>减速，直至倒放</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到末尾</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>回到现在</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>打开记录…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Whole floor</source>
        <translation>全景</translation>
    </message>
    <message>
        <source>Plan view</source>
        <translation>俯视图</translation>
    </message>
    <message>
        <source>Fly to the selected thing</source>
        <translation>飞到所选对象</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Station states</source>
        <translation>工位状态</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>变量</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>breakdown</source>
        <translation>故障停机</translation>
    </message>
    <message>
        <source>minor stop</source>
        <translation>小停机</translation>
    </message>
    <message>
        <source>waiting for a technician</source>
        <translation>等待维修人员</translation>
    </message>
    <message>
        <source>technician has come</source>
        <translation>维修人员到场</translation>
    </message>
    <message>
        <source>repaired</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>link</source>
        <translation>通信</translation>
    </message>
    <message>
        <source>parts missing</source>
        <translation>缺料</translation>
    </message>
    <message>
        <source>changeover</source>
        <translation>换型</translation>
    </message>
    <message>
        <source>tool change</source>
        <translation>换刀具</translation>
    </message>
    <message>
        <source>No Test</source>
        <translation>检测无结果</translation>
    </message>
    <message>
        <source>battery flat</source>
        <translation>电池耗尽</translation>
    </message>
    <message>
        <source>order received</source>
        <translation>收到订单</translation>
    </message>
    <message>
        <source>order released</source>
        <translation>订单下达</translation>
    </message>
    <message>
        <source>order complete</source>
        <translation>订单完工</translation>
    </message>
    <message>
        <source>order shipped</source>
        <translation>订单发货</translation>
    </message>
    <message>
        <source>order late</source>
        <translation>订单逾期</translation>
    </message>
    <message>
        <source>order turned away</source>
        <translation>订单未接</translation>
    </message>
    <message>
        <source>engineering change</source>
        <translation>工程变更</translation>
    </message>
    <message>
        <source>malfunction</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>exercise</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>goal of the exercise</source>
        <translation>演练目标</translation>
    </message>
    <message>
        <source>failure of the exercise</source>
        <translation>演练失败</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>action</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>Group</name>
    <message>
        <source>running</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>starting up</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>idle or stopped</source>
        <translation>空闲或停止</translation>
    </message>
    <message>
        <source>starved or blocked</source>
        <translation>待料或堵料</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>held</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>中止</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Output</source>
        <translation>产量</translation>
    </message>
    <message>
        <source>WIP</source>
        <translation>在制品</translation>
    </message>
    <message>
        <source>Good product units finished, without components</source>
        <translation>已完成的合格整机数，不含零部件</translation>
    </message>
    <message>
        <source>Product units in work</source>
        <translation>在制整机数</translation>
    </message>
    <message>
        <source>Abnormal</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Stations held, aborted or unknown</source>
        <translation>保持、中止或未知的工位</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>Power and media</source>
        <translation>能源与介质</translation>
    </message>
    <message>
        <source>Counters and states</source>
        <translation>计数与状态</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>物料</translation>
    </message>
</context>
<context>
    <name>HealthDot</name>
    <message>
        <source>{count} values lost</source>
        <translation>丢失 {count} 个值</translation>
    </message>
    <message>
        <source>nothing lost</source>
        <translation>无丢失</translation>
    </message>
    <message>
        <source>{fps} fps</source>
        <translation>{fps} 帧/秒</translation>
    </message>
    <message>
        <source>recording ended</source>
        <translation>记录已结束</translation>
    </message>
    <message>
        <source>no data for {duration}</source>
        <translation>已 {duration} 无数据</translation>
    </message>
    <message>
        <source>data {age} s old</source>
        <translation>数据延迟 {age} s</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>since {time} · {duration}</source>
        <translation>自 {time} 起 · {duration}</translation>
    </message>
    <message>
        <source>no data for {duration}</source>
        <translation>已 {duration} 无数据</translation>
    </message>
</context>
<context>
    <name>Mode</name>
    <message>
        <source>LIVE</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>SIMULATION</source>
        <translation>仿真</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Output</source>
        <translation>产量</translation>
    </message>
    <message>
        <source>WIP</source>
        <translation>在制品</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Abnormal now</source>
        <translation>当前异常</translation>
    </message>
    <message>
        <source>Nothing abnormal</source>
        <translation>无异常</translation>
    </message>
</context>
<context>
    <name>Quality</name>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>坏</translation>
    </message>
</context>
<context>
    <name>ShareBar</name>
    <message>
        <source>Production is APT of ISO 22400-2; waiting, held and down are ADET, idle is ADOT.</source>
        <translation>生产即 ISO 22400-2 的 APT；等待、保持、故障停机属 ADET，空闲属 ADOT。</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Clearing</source>
        <translation>清除中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Execute</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Aborting</source>
        <translation>中止中</translation>
    </message>
    <message>
        <source>Aborted</source>
        <translation>已中止</translation>
    </message>
    <message>
        <source>Holding</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>已保持</translation>
    </message>
    <message>
        <source>Unholding</source>
        <translation>解除保持中</translation>
    </message>
    <message>
        <source>Suspending</source>
        <translation>暂停中</translation>
    </message>
    <message>
        <source>Unsuspending</source>
        <translation>解除暂停中</translation>
    </message>
    <message>
        <source>Resetting</source>
        <translation>复位中</translation>
    </message>
    <message>
        <source>Completing</source>
        <translation>完成中</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>堵料</translation>
    </message>
    <message>
        <source>Starved</source>
        <translation>待料</translation>
    </message>
</context>
<context>
    <name>StatesPanel</name>
    <message>
        <source>Abnormal now</source>
        <translation>当前异常</translation>
    </message>
</context>
<context>
    <name>Tag</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>Units inside</source>
        <translation>在位件数</translation>
    </message>
    <message>
        <source>Starved</source>
        <translation>待料</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>堵料</translation>
    </message>
    <message>
        <source>Processed</source>
        <translation>已加工</translation>
    </message>
    <message>
        <source>Defective</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>Cycle time</source>
        <translation>周期时间</translation>
    </message>
    <message>
        <source>Cycle started</source>
        <translation>周期开始</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>To</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Departed</source>
        <translation>出发时刻</translation>
    </message>
    <message>
        <source>Arrives</source>
        <translation>到达时刻</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停靠点</translation>
    </message>
    <message>
        <source>Sent to rework</source>
        <translation>返工数</translation>
    </message>
    <message>
        <source>False rejects</source>
        <translation>误判数</translation>
    </message>
    <message>
        <source>No Tests</source>
        <translation>无结果检测数</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>判不合格数</translation>
    </message>
    <message>
        <source>Vision score</source>
        <translation>视觉评分</translation>
    </message>
    <message>
        <source>Defect seen</source>
        <translation>检出缺陷</translation>
    </message>
    <message>
        <source>Battery charge</source>
        <translation>电池电量</translation>
    </message>
    <message>
        <source>Transport order</source>
        <translation>运输任务</translation>
    </message>
    <message>
        <source>Pieces in stock</source>
        <translation>库存件数</translation>
    </message>
    <message>
        <source>Lot in use</source>
        <translation>当前批次</translation>
    </message>
    <message>
        <source>Pieces on the way</source>
        <translation>配送中件数</translation>
    </message>
    <message>
        <source>Pieces on order</source>
        <translation>在途采购件数</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺料</translation>
    </message>
    <message>
        <source>Units in stock</source>
        <translation>在库台数</translation>
    </message>
    <message>
        <source>Cells taken</source>
        <translation>占用货位</translation>
    </message>
    <message>
        <source>Tasks waiting for cranes</source>
        <translation>待执行堆垛任务</translation>
    </message>
    <message>
        <source>Cranes at work</source>
        <translation>工作中的堆垛机</translation>
    </message>
    <message>
        <source>Truck at the dock</source>
        <translation>车辆在位</translation>
    </message>
    <message>
        <source>Units loaded</source>
        <translation>已装台数</translation>
    </message>
    <message>
        <source>Units staged</source>
        <translation>待装台数</translation>
    </message>
    <message>
        <source>Truck comes or goes</source>
        <translation>车辆到离时刻</translation>
    </message>
    <message>
        <source>Units shipped</source>
        <translation>已发台数</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已投产</translation>
    </message>
    <message>
        <source>Job order</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>型号配置</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Units left to make</source>
        <translation>待产台数</translation>
    </message>
    <message>
        <source>Open orders</source>
        <translation>未完成订单</translation>
    </message>
    <message>
        <source>Late orders</source>
        <translation>逾期订单</translation>
    </message>
    <message>
        <source>Finished goods</source>
        <translation>成品</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已交付</translation>
    </message>
    <message>
        <source>Delivered on time</source>
        <translation>准时交付</translation>
    </message>
    <message>
        <source>Judged by their promise</source>
        <translation>按承诺交期考核</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>未接订单</translation>
    </message>
</context>
<context>
    <name>TagTree</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>数据龄</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>Previous event (←)</source>
        <translation>上一事件 (←)</translation>
    </message>
    <message>
        <source>10 seconds back (Shift+←)</source>
        <translation>后退 10 秒 (Shift+←)</translation>
    </message>
    <message>
        <source>Play backwards</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停 (空格)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放 (空格)</translation>
    </message>
    <message>
        <source>10 seconds on (Shift+→)</source>
        <translation>前进 10 秒 (Shift+→)</translation>
    </message>
    <message>
        <source>Next event (→)</source>
        <translation>下一事件 (→)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>回到现在</translation>
    </message>
    <message>
        <source>Back to the newest values (N)</source>
        <translation>回到最新数据 (N)</translation>
    </message>
    <message>
        <source>How far behind now</source>
        <translation>落后于现在的时间</translation>
    </message>
</context>
<context>
    <name>TimeElement</name>
    <message>
        <source>producing</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>held</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>down</source>
        <translation>故障停机</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>TrendPanel</name>
    <message>
        <source>Select a station or a value to see its trend.</source>
        <translation>选择工位或数值以查看趋势。</translation>
    </message>
    <message>
        <source>Remove this trend</source>
        <translation>移除此趋势</translation>
    </message>
</context>
<context>
    <name>UnitMode</name>
    <message>
        <source>Invalid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>维护</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>调整</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Starting: waiting for the first values.</source>
        <translation>正在启动：等待首批数据。</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Still waiting for the first values. {last}</source>
        <translation>仍在等待首批数据。{last}</translation>
    </message>
    <message>
        <source>The process “{name}” has ended; its data stops here. Its last words: {last}</source>
        <translation>进程“{name}”已结束，数据到此为止。其最后输出：{last}</translation>
    </message>
    <message>
        <source>The view “{name}” had an error and is switched off: {error}. The rest goes on.</source>
        <translation>视图“{name}”出错，已关闭：{error}。其余部分继续运行。</translation>
    </message>
</context>
</TS>
