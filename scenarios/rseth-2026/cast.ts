import {
  each,
  ether,
  guardian,
  insuranceStaker,
  liquidator,
  minutes,
  observer,
  percent,
  supplier,
  type Action,
  type Seconds,
} from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";

const lending = { kind: "lending", market: "core" } as const;
const key = { type: "keyCompromise" } as const;
const rumour = { after: key, adds: percent("0.4") };
const frozen: Action = { type: "freezeReserve", market: "core", token: "rseth", frozen: true };
const paused: Action = { type: "vaultPause", vault: "rseth", paused: true };

/** Who can stop it: the issuer after `pause`, the market's guardian after `freeze`. */
export const watch = (pause: Seconds, freeze: Seconds) => ({
  issuer: { count: 1, agent: guardian({ after: key, detect: pause, measures: [{ latency: 0n, actions: [paused] }] }) },
  guardians: {
    count: 1,
    agent: guardian({ after: key, detect: freeze, measures: [{ latency: 0n, actions: [frozen] }] }),
  },
});

/** Who takes part, at a thousandth: 654,000 backed tokens, most of them looped at 92.5 %. */
export const cast = {
  operators,
  attacker: { count: 1, agent: observer({}) },
  loopers: {
    count: 20,
    agent: observer({}),
    positions: [
      {
        ...lending,
        eMode: "ether",
        supplied: { rseth: each(ether(25)) },
        // 25 tokens at 1.07 are 26.75 ether; 92.5 % of it is owed.
        borrowed: { weth: each(ether("24.74375")) },
      },
    ],
  },
  holders: { count: 1, agent: observer({}), tokens: { rseth: each(ether(153)) } },
  lenders: {
    count: 12,
    agent: supplier({ market: "core", token: "weth", appetite: percent(1), power: 8, rumour }),
    positions: [{ ...lending, supplied: { weth: each(ether(52)) } }],
  },
  insurers: {
    count: 2,
    agent: insuranceStaker({ market: "core", token: "weth", informed: true }),
    positions: [{ ...lending, insured: { weth: each(ether("9.461")) } }],
  },
  liquidators: {
    count: 1,
    agent: liquidator({ markets: ["core"], sellOn: {}, perStep: 3 }),
    tokens: { weth: each(ether(900)) },
  },
  treasury: { count: 1, agent: observer({}), tokens: { weth: each(ether(60)) } },
  governor: { count: 1, agent: observer({}) },
  ...watch(minutes(46), minutes(77)),
} as const;
