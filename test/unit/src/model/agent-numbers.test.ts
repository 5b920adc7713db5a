import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { defineAgent, type Agent } from "../../../../src/model/agent.ts";
import type { Action } from "../../../../src/model/action.ts";
import { panicker } from "../../../../src/model/agents/defi/redeemers.ts";
import { backer, guardian } from "../../../../src/model/agents/defi/guardians.ts";
import { fundAdministrator } from "../../../../src/model/agents/defi/keepers.ts";
import { liquidator } from "../../../../src/model/agents/defi/liquidator.ts";
import { marketAllocator } from "../../../../src/model/agents/defi/market-allocator.ts";
import { opportunist } from "../../../../src/model/agents/defi/opportunist.ts";
import { supplier } from "../../../../src/model/agents/defi/suppliers.ts";
import { informedStaker, panicStaker } from "../../../../src/model/agents/stakers.ts";
import { assertAction } from "../../../../src/model/shape/check-action.ts";
import { assertAgent } from "../../../../src/model/shape/check-agent.ts";
import { act } from "../../../../src/model/shocks/justice.ts";
import { assertShock } from "../../../../src/model/shape/check-shock.ts";
import { percent } from "../../../../src/units/amounts.ts";
import { WAD } from "../../../../src/units/units.ts";

function refusal(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof ScenarioInvalidError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  return "";
}

const of = (agent: Agent<string>): string => refusal(() => assertAgent("populations.p.agent", agent));
/** What JavaScript, or a cast, lets through. */
const odd = (value: unknown): never => value as never;

const lends = { market: "core", token: "weth", appetite: WAD, power: 4 } as const;
const hazard = { base: 0n, height: WAD, steepness: 100n * WAD, threshold: percent(5) };
const holds = { asset: "lrt", market: null, knows: "market", hazard } as const;

describe("numbers of behaviours", () => {
  const cases: readonly (readonly [string, Agent<string>, RegExp])[] = [
    [
      "a power that is no whole number",
      supplier({ ...lends, power: 0.5 }),
      /agent\.params\.power has value 0\.5.*from 0 to 64/,
    ],
    ["a power below 0", supplier({ ...lends, power: -1 }), /power has value -1.*from 0 to 64/],
    ["a power beyond every digit", supplier({ ...lends, power: 65 }), /power has value 65/],
    ["a bigint as power", supplier({ ...lends, power: odd(2n) }), /power has value 2.*whole number/],
    [
      "an appetite below 0",
      supplier({ ...lends, appetite: -1n }),
      /agent\.params\.appetite has value -1.*0 % to 100 %/,
    ],
    ["an appetite above 100 %", supplier({ ...lends, appetite: WAD + 1n }), /appetite/],
    ["a number as appetite", supplier({ ...lends, appetite: odd(0.3) }), /appetite has value 0\.3.*Use a bigint/],
    [
      "a rumour's part",
      supplier({ ...lends, rumour: { after: {}, adds: -1n } }),
      /agent\.params\.rumour\.adds has value -1/,
    ],
    ["a reaction before its cause", informedStaker({ reaction: -1n }), /params\.reaction has value -1.*0 s/],
    ["a mean below 0", informedStaker({ reaction: { kind: "exponential", mean: -5n } }), /reaction\.mean has value -5/],
    [
      "ends the wrong way round",
      informedStaker({ reaction: { kind: "uniform", from: 9n, to: 8n } }),
      /reaction\.from has value 9.*8 s/,
    ],
    ["a loss above all", panicStaker({ exitAboveLoss: 2n * WAD }), /exitAboveLoss/],
    [
      "a height below 0",
      panicker({ ...holds, hazard: { ...hazard, height: -1n } }),
      /params\.hazard\.height has value -1/,
    ],
    [
      "a weight below 0",
      marketAllocator({ vault: "mv", weights: { a: WAD, b: -1n } }),
      /params\.weights\.b has value -1/,
    ],
    [
      "how many, but half a one",
      liquidator({ markets: [], sellOn: {}, perStep: 1.5 }),
      /perStep has value 1\.5.*whole number of 1/,
    ],
    [
      "an amount below 0",
      opportunist({ market: "m", token: "t", debt: "d", pool: "p", perStep: -1n }),
      /perStep has value -1/,
    ],
    [
      "a measure's unknown action",
      guardian({ after: {}, detect: 0n, measures: [{ latency: 0n, actions: [odd({ type: "freezeReserves" })] }] }),
      /params\.measures\[0\]\.actions\[0\]\.type has value freezeReserves.*freezeReserve/,
    ],
    [
      "a measure's latency",
      backer({
        after: {},
        detect: 0n,
        measures: [
          { latency: 1n, actions: [] },
          { latency: -1n, actions: [] },
        ],
      }),
      /params\.measures\[1\]\.latency has value -1/,
    ],
  ];

  for (const [what, agent, message] of cases) {
    it(`refuse ${what}`, () => {
      expect(of(agent)).to.match(message);
    });
  }

  it("let through what can be, below 0 too where it may", () => {
    expect(of(supplier(lends))).to.equal("");
    expect(of(panicker({ ...holds, hazard: { ...hazard, threshold: -1n } }))).to.equal("");
    expect(of(fundAdministrator({ fund: "f", every: 60n, yearlyYield: percent(-5) }))).to.equal("");
    expect(of(liquidator({ markets: [], sellOn: {}, perStep: 2, minProfit: -1n, latency: 12n }))).to.equal("");
    const mine = defineAgent<{ slope: bigint }>({ name: "mine", role: "observer", decide: () => [] });
    expect(of(mine({ slope: -1n }))).to.equal("");
    const ruled = defineAgent<{ slope: bigint }>({
      ...{ name: "ruled", role: "observer", numbers: { slope: "ratio" }, decide: () => [] },
    });
    expect(of(ruled({ slope: -1n }))).to.match(/params\.slope has value -1/);
  });
});

describe("actions of a timeline", () => {
  const at = (action: unknown): string => refusal(() => assertAction("timeline[0].shock.action", odd(action)));

  it("are refused where nobody knows them, with those that are meant", () => {
    expect(at({ type: "undelagate" })).to.match(/shock\.action\.type has value undelagate.*undelegate/);
    expect(at({ type: "constructor" })).to.match(/action\.type has value constructor/);
    const shock = act({ by: "ann", action: odd({ type: "slahs" }) });
    expect(refusal(() => assertShock("timeline[3].shock", shock))).to.match(/timeline\[3\]\.shock\.action\.type/);
  });

  it("are refused with numbers that no call can carry", () => {
    expect(at({ type: "supply", market: "m", token: "t", amount: -1n })).to.match(
      /action\.amount has value -1.*0 or more/,
    );
    expect(at({ type: "setSplit", set: null, bips: 0.5 })).to.match(/action\.bips has value 0\.5/);
    expect(at({ type: "supply", market: "m", token: "t", amount: 1n << 128n })).to.match(/below 2\^128/);
    const targets = [{ market: "a", assets: -1n }];
    expect(at({ type: "marketVaultReallocate", vault: "mv", targets })).to.match(/targets\[0\]\.assets has value -1/);
  });

  it("may lie below 0 where something changes, or a feed says so", () => {
    const change: Action = { type: "changeValidators", delta: -5n };
    expect(at(change)).to.equal("");
    expect(at({ type: "setAnswer", feed: "f", answer: -1n })).to.equal("");
    expect(at({ type: "withdraw", market: "m", token: "t", amount: "all" })).to.equal("");
  });
});
