/** The public API: what scenarios, scripts and users import. */

export * from "./units/amounts.ts";
export * from "./units/durations.ts";
export * from "./units/format.ts";
export { GWEI, SECONDS_PER_BLOCK, WAD } from "./units/units.ts";
export type { Magnitude, Seconds, Shares, Wad, Wei } from "./units/units.ts";

export { defineAgent, type Agent, type AgentContext, type Random } from "./model/agent.ts";
export * from "./model/agents/case-agents.ts";
export type { AlarmParams, Hazard, Knowledge } from "./model/agents/defi/alarm.ts";
export * from "./model/agents/defi/adapter-stakers.ts";
export * from "./model/agents/defi/arbitrageur.ts";
export type { ExitParams } from "./model/agents/defi/exit.ts";
export * from "./model/agents/defi/epoch-staker.ts";
export * from "./model/agents/defi/guardians.ts";
export * from "./model/agents/defi/insurance-staker.ts";
export type { InventoryParams } from "./model/agents/defi/inventory.ts";
export * from "./model/agents/defi/keepers.ts";
export * from "./model/agents/defi/liquidator.ts";
export type { LiquidatorParams } from "./model/agents/defi/liquidator-params.ts";
export * from "./model/agents/defi/liquidity-provider.ts";
export * from "./model/agents/defi/looper.ts";
export type { LoopQueueParams } from "./model/agents/defi/looper-queue.ts";
export * from "./model/agents/defi/market-allocator.ts";
export * from "./model/agents/defi/opportunist.ts";
export * from "./model/agents/defi/redeemers.ts";
export * from "./model/agents/defi/suppliers.ts";
export * from "./model/agents/defi/trove-liquidator.ts";
export * from "./model/agents/exits.ts";
export * from "./model/agents/fleeing-operator.ts";
export * from "./model/agents/honest-operator.ts";
export * from "./model/agents/justice.ts";
export * from "./model/agents/keepers.ts";
export * from "./model/agents/observer.ts";
export * from "./model/agents/operators.ts";
export * from "./model/agents/redelegating-staker.ts";
export * from "./model/agents/stakers.ts";
export { exponential, uniform, type Delay } from "./model/delay.ts";
export type { Action } from "./model/action.ts";
export * from "./model/defi/looped-positions.ts";
export { each, equally, listed, weighted, zipf, type Distribution } from "./model/distribution.ts";
export { always, atEnd, atPeak } from "./model/expectation.ts";
export { defineInvariant, type Invariant } from "./model/invariant.ts";
export { defineMetric, type Metric, type MetricContext } from "./model/metric.ts";
export * from "./model/metrics/activity.ts";
export * from "./model/metrics/debts.ts";
export * from "./model/metrics/inactivity.ts";
export * from "./model/metrics/losses.ts";
export * from "./model/metrics/pegs.ts";
export * from "./model/metrics/reserves.ts";
export * from "./model/metrics/stake.ts";
export { holdings, netWorthOf, tokenValue } from "./model/metrics/wealth.ts";
export { withParameters } from "./model/parameters/parametric.ts";
export { parametersOf, setParameters, type Assignments, type Parameter } from "./model/parameters/set-parameters.ts";
export * from "./model/rule.ts";
export * from "./model/scenario.ts";
export { applyVariant } from "./model/variant.ts";
export type { History, HistoryInput, HistoryOutcome } from "./model/history.ts";
export * from "./model/shocks/faults.ts";
export type { DefiShock, OracleFault, PausablePart } from "./model/shocks/defi-shock.ts";
export * from "./model/shocks/issuers.ts";
export * from "./model/shocks/justice.ts";
export * from "./model/shocks/markets.ts";
export { jumpDiffusion, priceSeries, priceSteps } from "./model/shocks/price-path.ts";
export type { JumpDiffusion, PricePath, PricePoint } from "./model/shocks/price-path.ts";
export * from "./model/shocks/protocol.ts";
export type { TimelineEntry } from "./model/shock.ts";
export { stakeValue, tokensOf, valueOf } from "./model/view-values.ts";
export type { View } from "./model/view.ts";

export { readPriceFile } from "./engine/price-file.ts";
export { run, type RunResult } from "./engine/run.ts";
export type { RunOptions } from "./engine/run-options.ts";
export { runRecordSchema, RUN_RECORD_FORMAT, type RunRecord } from "./report/run-record.ts";
export { askDetection, type DetectionOutcome, type DetectionQuestion } from "./analysis/detection.ts";
export { measureFall, type SecurityFall, type SecurityPoint } from "./analysis/security-fall.ts";
export { toCanonicalJson } from "./report/files/canonical-json.ts";
export { readRunRecord } from "./report/files/read-run-record.ts";
export { formatSummary, type SummaryOptions } from "./report/summary/format-summary.ts";
export {
  reportFolderName,
  writeReport,
  writeReportIndex,
  writeTwins,
  type ReportFiles,
} from "./report/write-report.ts";
export { openChain, type ChainChoice } from "./chain/open-chain.ts";
export { createInProcessBackend } from "./chain/in-process.ts";
export { createAnvilBackend } from "./chain/anvil/anvil.ts";
export { createEip1193Backend, type Eip1193BackendOptions } from "./chain/eip1193-backend.ts";
export { hardhatDialect } from "./chain/rpc-dialect.ts";
export type { ChainBackend, Eip1193Provider } from "./chain/chain-backend.ts";
export type { PlannedAction } from "./model/action.ts";
export type { OperatorSpec, ParticipantSpec, SetSpec, WorldSpec } from "./model/world-spec.ts";
export type { ChainWorld } from "./world/chain-world.ts";
export { createWorld, type CreateWorldOptions } from "./world/create-world.ts";
