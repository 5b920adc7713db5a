import {
  dump,
  each,
  ether,
  liquidator,
  listed,
  minutes,
  observer,
  type Scenario,
  type Variant,
} from "../../src/index.ts";
import { layer, type Choices } from "./market.ts";

/*
 * The published set: three loopers, nobody else, no interest. One step is one round: the lowest health factor is
 * liquidated at the most, what was seized is sold into the same pool, and the pool's spot price is read again.
 */
const NO_INTEREST = { optimal: 9_000n, base: 0n, slope1: 0n, slope2: 0n };
const watch = { markets: ["core"], sellOn: { lrt: "pool" } };

interface Published extends Choices {
  readonly mode: "rational" | "forced";
}

const setOf =
  ({ mode, ...choices }: Published) =>
  (base: Scenario): Scenario => {
    const { operators, maker, whale, governor, lenders, liquidators, loopers } = base.populations;
    const position = { kind: "lending", market: "core" } as const;
    const supplied = { lrt: each(ether(1_000)) };
    const borrowed = { weth: listed([ether(985), ether(960), ether(930)]) };
    const watching = { count: 1, agent: observer({}) };
    return {
      ...base,
      clock: { step: minutes(1), steps: 12 },
      defi: layer(choices, NO_INTEREST),
      populations: {
        ...{ operators, whale, governor, lenders },
        maker: { ...maker, ...watching },
        insurers: watching,
        liquidators: {
          ...liquidators,
          count: 1,
          agent: liquidator({ ...watch, mode, size: "most" }),
          tokens: { weth: each(ether(50_000)) },
        },
        loopers: {
          ...loopers,
          count: 3,
          agent: observer({}),
          positions: [{ ...position, eMode: "ether", supplied, borrowed }],
        },
      },
      timeline: [
        { at: minutes(1), shock: dump({ by: "whale", pool: "pool", sell: "lrt", buy: "weth", amount: "all" }) },
      ],
    } as Scenario;
  };

/** Vectors CASC-01 to CASC-04 as variants. */
export const published: Readonly<Record<string, Variant>> = {
  "published-1": {
    title: "published set: market oracle, bonus 1 %, rational",
    make: setOf({ oracle: "market", bonus: 10_100n, mode: "rational" }),
  },
  "published-2": {
    title: "published set: market oracle, bonus 5 %, rational",
    make: setOf({ oracle: "market", bonus: 10_500n, mode: "rational" }),
  },
  "published-3": {
    title: "published set: market oracle, bonus 1 %, forced",
    make: setOf({ oracle: "market", bonus: 10_100n, mode: "forced" }),
  },
  "published-4": {
    title: "published set: exchange-rate oracle, bonus 1 %, rational",
    make: setOf({ oracle: "exchange-rate", bonus: 10_100n, mode: "rational" }),
  },
};
