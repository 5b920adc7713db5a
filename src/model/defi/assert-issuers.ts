import { WAD } from "../../units/units.ts";
import { showValue } from "../parameters/parameter-value.ts";
import type { KnownNames } from "./assert-credit.ts";
import type { DefiSpec } from "./defi.ts";
import type { DollarSpec, FundSpec } from "./dollars.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";
import type { VaultSpec } from "./vaults.ts";

const BPS = 10_000n;

/** Names beyond the layer that its issuers refer to. */
export interface Ground {
  readonly operators: readonly string[];
  readonly strategies: readonly string[];
}

function assertFees(part: string, { minFeeBps, maxFeeBps }: { minFeeBps: bigint; maxFeeBps: bigint }): void {
  assertRange(part, { name: "highest fee", value: maxFeeBps, unit: "fraction4" }, [0n, BPS]);
  assertRange(part, { name: "lowest fee", value: minFeeBps, unit: "fraction4" }, [0n, maxFeeBps]);
}

function assertVault(vault: VaultSpec, ground: Ground): void {
  const part = `vault ${vault.id}`;
  assertKnown(part, { kind: "strategy", name: vault.strategy }, ground.strategies);
  for (const { operator, weight } of vault.operators) {
    assertKnown(part, { kind: "operator", name: operator }, ground.operators);
    assertRange(part, { name: `weight of ${operator}`, value: weight }, [0n, null]);
  }
  if (new Set(vault.operators.map(({ operator }) => operator)).size < vault.operators.length) {
    refuse(part, "it names an operator twice", "Name each once, with its whole weight.");
  }
  if (vault.operators.every(({ weight }) => weight === 0n)) {
    refuse(part, "the weights of its operators are all 0", "Give one operator a weight above 0 at least.");
  }
  if (vault.rate < WAD)
    refuse(part, `its rate is ${showValue(vault.rate, "decimal")}`, "Use 1, one ether a share, or more.");
  assertRange(part, { name: "rate", value: vault.rate, unit: "decimal" }, [WAD, null]);
  const { buffer, oracle, queue } = vault;
  assertRange(part, { name: "buffer's target", value: buffer.target, unit: "fraction" }, [0n, WAD]);
  assertRange(part, { name: "buffer's capacity", value: buffer.capacity, unit: "ether" }, [0n, null]);
  assertRange(part, { name: "drawdown floor", value: buffer.drawdownFloor, unit: "ether" }, [0n, null]);
  if (buffer.drawdownFloor >= buffer.capacity && buffer.capacity + buffer.drawdownFloor > 0n) {
    refuse(part, "its buffer's drawdown floor is not below its capacity", "Raise the capacity, or make both 0.");
  }
  assertFees(part, buffer);
  assertRange(part, { name: "oracle's interval", value: oracle.every, unit: "seconds" }, [0n, null]);
  assertRange(part, { name: "oracle's fee", value: oracle.feeBps, unit: "fraction4" }, [0n, BPS - 1n]);
  assertRange(part, { name: "oracle's quorum", value: oracle.quorum ?? 1n }, [1n, 100n]);
  assertRange(part, { name: "oracle's greatest age", value: oracle.maxAge ?? 0n, unit: "seconds" }, [0n, null]);
  if (oracle.mode === "guarded" && oracle.guard === undefined) {
    refuse(part, "its oracle is guarded by nothing", 'Give it a guard: { bps: 100n, policy: "reject" }.');
  }
  if (oracle.guard !== undefined)
    assertRange(part, { name: "guard", value: oracle.guard.bps, unit: "fraction4" }, [1n, BPS]);
  assertRange(part, { name: "cooldown", value: queue.cooldown, unit: "seconds" }, [0n, null]);
}

function assertFund(fund: FundSpec, known: KnownNames, holders: readonly string[]): void {
  const part = `fund ${fund.id}`;
  assertKnown(part, { kind: "token", name: fund.settlement }, known.tokens);
  if (fund.nav <= 0n)
    refuse(part, `its NAV is ${showValue(fund.nav, "decimal6")}`, "Use a price above 0, of at most 6 decimals.");
  assertRange(part, { name: "fee", value: fund.feeBps, unit: "fraction4" }, [0n, BPS]);
  assertRange(part, { name: "minimum", value: fund.minimum, unit: "decimal6" }, [0n, null]);
  assertRange(part, { name: "cut-off", value: fund.cutOff, unit: "seconds" }, [0n, 86_400n]);
  assertRange(part, { name: "settlement delay", value: fund.settleDelay, unit: "seconds" }, [0n, null]);
  for (const name of fund.allowed)
    assertKnown(part, { kind: "participant", name }, [...known.participants, ...holders]);
  if (fund.instant !== null) {
    assertRange(part, { name: "instant limit", value: fund.instant.limit, unit: "decimal6" }, [0n, null]);
    assertRange(part, { name: "instant fee", value: fund.instant.feeBps, unit: "fraction4" }, [0n, BPS]);
  }
}

function assertReserve(part: string, { reserve, buffer, junior, backstop }: DollarSpec, spec: DefiSpec): void {
  const amounts = { cash: reserve.cash, "term face": reserve.term.face, buffer, junior, backstop };
  for (const [name, value] of Object.entries(amounts)) assertRange(part, { name, value }, [0n, null]);
  assertRange(part, { name: "haircut", value: reserve.term.haircut, unit: "fraction" }, [0n, WAD]);
  if (reserve.fund === null) return;
  const funds = spec.funds.map(({ id }) => id);
  assertKnown(part, { kind: "fund", name: reserve.fund.id }, funds);
  assertRange(part, { name: "fund's worth", value: reserve.fund.worth }, [0n, null]);
}

function assertDollar(dollar: DollarSpec, spec: DefiSpec, known: KnownNames): void {
  const part = `dollar ${dollar.id}`;
  assertKnown(part, { kind: "token", name: dollar.settlement }, known.tokens);
  const order = spec.dollars.map(({ id }) => id);
  if (order.includes(dollar.settlement) && order.indexOf(dollar.settlement) >= order.indexOf(dollar.id)) {
    refuse(part, `it is minted against ${dollar.settlement}, which is not there yet`, "Declare that dollar before it.");
  }
  assertReserve(part, dollar, spec);
  const { redemption, swap } = dollar;
  assertFees(part, redemption);
  if (redemption.gate !== null) {
    assertRange(part, { name: "gate", value: redemption.gate.cap }, [0n, null]);
    assertRange(part, { name: "gate's epoch", value: redemption.gate.epoch, unit: "seconds" }, [1n, null]);
  }
  if (swap === null) return;
  for (const [name, value] of Object.entries({ tin: swap.tin, tout: swap.tout })) {
    assertRange(part, { name, value, unit: "fraction" }, [0n, WAD]);
  }
  assertRange(part, { name: "swap cap", value: swap.cap }, [0n, null]);
  if (swap.band === null) return;
  const { feed, freeze, unfreeze } = swap.band;
  assertKnown(part, { kind: "feed", name: feed }, known.feeds);
  assertRange(part, { name: "band's upper end", value: freeze[1], unit: "decimal" }, [0n, null]);
  assertRange(part, { name: "band's lower end", value: freeze[0], unit: "decimal" }, [0n, null]);
  if (!(freeze[0] <= unfreeze[0] && unfreeze[0] <= unfreeze[1] && unfreeze[1] <= freeze[1])) {
    refuse(part, "its window would open outside of the band that freezes it", "Put unfreeze inside freeze.");
  }
}

/**
 * Refuses vaults, funds and dollars that contradict themselves or name what is not there.
 *
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertIssuers(spec: DefiSpec, known: KnownNames, ground: Ground): void {
  const holders = [...spec.lending, ...spec.isolated, ...spec.dollars, ...spec.pools].map(({ id }) => id);
  for (const vault of spec.vaults) assertVault(vault, ground);
  for (const fund of spec.funds) assertFund(fund, known, holders);
  for (const dollar of spec.dollars) assertDollar(dollar, spec, known);
  for (const pool of spec.pools) {
    assertKnown(`pool ${pool.id}`, { kind: "participant", name: pool.provider }, known.participants);
  }
  for (const token of spec.tokens) {
    if (token.kind !== "external") continue;
    const part = `token ${token.id}`;
    assertRange(part, { name: "decimals", value: BigInt(token.decimals) }, [0n, 18n]);
    assertRange(part, { name: "worth", value: token.worth.value, unit: "decimal" }, [0n, null]);
  }
}
