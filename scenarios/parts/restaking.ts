import { days, ether, honestOperator, percent, type Scenario } from "../../src/index.ts";

/*
 * The restaking below a DeFi scenario, as small as it can be: one service, two operators, and a vault that delegates to
 * both. What stands above it is the scenario's own.
 */

/** One service that slashes by order: the scenario's own judge, `governor`, gives it. */
export const avss = { oracle: { module: { kind: "direct", slasher: "governor" } } } as const;

/** Two operators with all their stake at risk. */
export const operators = {
  count: 2,
  agent: honestOperator({}),
  stake: { kind: "each", amount: ether(100) },
  allocations: { oracle: percent(100) },
} as const;

type Vault = NonNullable<NonNullable<Scenario["defi"]>["vaults"]>[number];

/** A liquid restaking token over both operators, without redemptions, priced by what stands behind it. */
export function restakingToken(over: Partial<Vault> = {}): Vault {
  return {
    id: "lrt",
    operators: [
      { operator: "operators-1", weight: 1n },
      { operator: "operators-2", weight: 1n },
    ],
    strategy: "lst",
    rate: percent(100),
    buffer: { target: 0n, capacity: ether(1_000), drawdownFloor: 0n, minFeeBps: 5n, maxFeeBps: 100n },
    oracle: { mode: "live", every: 0n, feeBps: 0n },
    queue: { freeze: "claim", cooldown: days(7) },
    redeemable: false,
    ...over,
  };
}
