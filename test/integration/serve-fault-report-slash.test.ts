import { expect } from "chai";

import type { Action } from "../../src/model/action.ts";
import type { ActionResult, Fact } from "../../src/model/fact.ts";
import type { FaultDeed } from "../../src/model/fault.ts";
import type { ModuleSpec, RuleSpec } from "../../src/model/rule.ts";
import type { SetSpec, WorldSpec } from "../../src/model/world-spec.ts";
import { ether } from "../../src/units/amounts.ts";
import { blocks } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import type { ChainWorld } from "../../src/world/chain-world.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { participant, planned, smallWorld } from "../helpers/small-world.ts";

const TENTH = WAD / 10n;
const base = smallWorld();
const operators = ["operators-1", "operators-2", "operators-3"];

interface SetOptions {
  readonly service?: SetSpec["service"];
  readonly rule?: RuleSpec;
  readonly module?: ModuleSpec;
  readonly strategies?: readonly string[];
}

function setSpec(id: string, options: SetOptions): SetSpec {
  const { service = "plain", rule = null, module = { kind: "instant" }, strategies = ["lst"] } = options;
  return { id, avs: id, service, strategies, rule, module, destination: { kind: "burned" } };
}

const equivocation: RuleSpec = { kind: "equivocation", slash: TENTH };
const windows = { window: blocks(5), expiry: blocks(20) };
const sets = [
  setSpec("price", { service: "oracle", rule: { kind: "priceDeviation", band: WAD / 100n, slash: TENTH } }),
  setSpec("blob", { service: "availability", rule: { kind: "withholding", slash: TENTH } }),
  setSpec("bridge", { service: "bridge", rule: { kind: "forgery", slash: TENTH } }),
  setSpec("beat", {
    rule: { kind: "downtime", grace: blocks(10), perPeriod: WAD / 100n, period: blocks(5), cap: WAD / 2n },
  }),
  setSpec("veto", { rule: equivocation, module: { kind: "veto", ...windows, committee: "judge" } }),
  setSpec("opti", { module: { kind: "optimistic", ...windows, bond: ether(1), judge: "judge" } }),
  setSpec("direct", { module: { kind: "direct", slasher: "watchers" }, strategies: ["lst", "gold", "eth"] }),
];

/** Every service, rule and module in one world; a tenth of every operator's magnitude in each set. */
function everything(clock: WorldSpec["clock"]): WorldSpec {
  const participants = base.participants.filter(({ id }) => id !== "oracle");
  return smallWorld({
    clock,
    delays: { ...base.delays, deallocation: blocks(9_000), withdrawal: blocks(9_000) },
    strategies: [...base.strategies, { id: "eth", asset: "native" }],
    sets,
    participants: [
      ...participants,
      ...sets.map(({ id }) => participant(id, { role: "avs" })),
      participant("judge", { role: "committee" }),
      participant("operators-3", {
        role: "operator",
        delegatedTo: "operators-3",
        stakes: [{ strategy: "lst", amount: ether(20) }],
      }),
      participant("pods-1", { delegatedTo: "operators-1", stakes: [{ strategy: "eth", amount: ether(32) }] }),
    ],
    operators: operators.map((id) => ({
      id,
      allocationDelay: 0n,
      splitBips: 1000,
      allocations: sets.flatMap(({ id: set, strategies }) =>
        strategies.map((strategy) => ({ set, strategy, magnitude: TENTH })),
      ),
    })),
  });
}

for (const mode of ["timestamp", "blocknumber"] as const) {
  describe(`serve, fault, report, slash (${mode})`, function () {
    let world: ChainWorld;

    async function step(
      at: bigint,
      ...wants: readonly (readonly [string, Action])[]
    ): Promise<readonly ActionResult[]> {
      return await world.perform({ time: blocks(at), actions: wants.map(([agent, action]) => planned(agent, action)) });
    }

    function report(set: string, operator: string, deed: FaultDeed, at = 2n): readonly [string, Action] {
      const fault = { id: `${set}:${operator}`, set, operator, at: blocks(at), deed };
      return ["watchers", { type: "reportFault", fault }];
    }

    /** Set, cause and fraction of each slash; what refused an action by its error. */
    function story(results: readonly ActionResult[]): readonly unknown[] {
      return results.map(({ outcome, facts }) => {
        if (outcome.status === "reverted") return outcome.error;
        const slash = facts.find((fact): fact is Extract<Fact, { kind: "slash" }> => fact.kind === "slash");
        return slash === undefined
          ? facts.map(({ kind }) => kind)
          : [slash.set, slash.operator, slash.cause, slash.wads];
      });
    }

    before(async function () {
      world = await createWorld(everything(mode), { seed: 5 });
      const rounds = ["price", "blob", "bridge", "veto"];
      await step(1n, ...rounds.map((set): [string, Action] => [set, { type: "openRound", set }]));
      const price = (operator: string, value: bigint): [string, Action] => {
        return [operator, { type: "submitPrice", set: "price", round: 1n, price: value }];
      };
      const served = await step(
        2n,
        price("operators-1", WAD),
        price("operators-2", 2n * WAD),
        price("operators-3", WAD),
        ["operators-1", { type: "attestData", set: "blob", task: 1n }],
        ["operators-2", { type: "attestData", set: "blob", task: 1n, withhold: true }],
        ["operators-1", { type: "attestRelease", set: "bridge", release: 1n, amount: 0n, genuine: true }],
        ["operators-2", { type: "attestRelease", set: "bridge", release: 1n, amount: ether(7), genuine: false }],
        ["operators-1", { type: "heartbeat", set: "beat" }],
      );
      expect(served.map(({ outcome }) => outcome.status)).to.deep.equal(served.map(() => "ok"));
    });

    after(async function () {
      await world.close();
    });

    it("shows what the services know", async function () {
      const { services } = await world.read();
      expect(services["beat"]?.lastHeartbeat).to.deep.equal({ "operators-1": blocks(2) });
      expect(services["blob"]?.tasks).to.deep.equal([
        { id: 1n, openedAt: blocks(1), attested: ["operators-1", "operators-2"] },
      ]);
      expect([services["price"]?.round, services["bridge"]?.round]).to.deep.equal([1n, 1n]);
    });

    it("slashes a false price and a forged release, and nobody who was honest", async function () {
      const forged = (operator: string) =>
        report("bridge", operator, { kind: "forgery", release: 1n, amount: ether(7) });
      const results = await step(
        3n,
        report("price", "operators-1", { kind: "price", round: 1n, price: WAD }),
        report("price", "operators-2", { kind: "price", round: 1n, price: 2n * WAD }),
        forged("operators-2"),
      );
      expect(story(results)).to.deep.equal([
        "PriceDeviationRuleWithinBand",
        ["price", "operators-2", "price deviation", [TENTH]],
        ["bridge", "operators-2", "false statement", [TENTH]],
      ]);
      expect((await world.read()).services["price"]?.price).to.equal(WAD);
    });

    it("lets the set's own slasher slash all strategies, native stake included", async function () {
      const order = { type: "slash", set: "direct", operator: "operators-1", fraction: WAD / 2n } as const;
      const [refused, slashed] = await step(
        4n,
        ["judge", { ...order, strategies: null, reason: "ordered" }],
        ["watchers", { ...order, strategies: null, reason: "ordered" }],
      );
      expect(refused?.outcome).to.include({ status: "reverted", error: "SlasherUnauthorized" });
      const [fact] = (slashed?.facts ?? []) as Extract<Fact, { kind: "slash" }>[];
      const taken = fact?.strategies.map(({ strategy, operatorShares }) => [strategy, operatorShares]);
      expect(taken).to.have.deep.members([
        ["lst", ether("5.3")],
        ["gold", ether("0.35")],
        ["eth", ether("1.6")],
      ]);
    });

    it("vetoes, refutes and executes cases", async function () {
      const opened = await step(
        5n,
        report("veto", "operators-3", { kind: "equivocation", subject: 5n }, 1n),
        report("opti", "operators-3", { kind: "plain", fraction: WAD / 5n }),
        report("opti", "operators-2", { kind: "plain", fraction: WAD / 5n }),
      );
      expect(story(opened)).to.deep.equal([["caseOpened"], ["caseOpened"], ["caseOpened"]]);
      const decided = await step(
        6n,
        ["watchers", { type: "vetoCase", case: "veto!1" }],
        ["judge", { type: "vetoCase", case: "veto!1" }],
        ["watchers", { type: "challengeCase", case: "opti!1" }],
        ["judge", { type: "resolveCase", case: "opti!1", guilty: false }],
        ["watchers", { type: "executeCase", case: "opti!2" }],
      );
      expect(story(decided)).to.deep.equal([
        "VetoSlasherNotMember",
        ["caseClosed"],
        [],
        ["caseClosed"],
        "DelayedSlasherExecutionTooEarly",
      ]);
      const executed = await step(10n, ["watchers", { type: "executeCase", case: "opti!2" }]);
      expect(story(executed)).to.deep.equal([["opti", "operators-2", "plain", [WAD / 5n]]]);
      const states = (await world.read()).cases.map(({ id, state }) => [id, state]);
      expect(states).to.deep.equal([
        ["veto!1", "vetoed"],
        ["opti!1", "rejected"],
        ["opti!2", "executed"],
      ]);
    });

    it("slashes silence by its length and a beacon penalty on top", async function () {
      const [down] = await step(40n, report("beat", "operators-1", { kind: "downtime", from: 0n, until: 0n }));
      // 38 blocks since the heartbeat: floor((38 - 1) / 5) = 7 missed, 2 tolerated; counted in seconds it is the same.
      expect(story(down === undefined ? [] : [down])).to.deep.equal([["beat", "operators-1", "downtime", [WAD / 20n]]]);
      await step(
        50n,
        ["protocol", { type: "changePod", staker: "pods-1", gwei: -(10n ** 9n), slashed: true }],
        ["watchers", { type: "proveStalePod", staker: "pods-1" }],
      );
      // 32 ether, half of a tenth slashed by "direct", then one of 32 lost on the beacon chain.
      const stake = (await world.read()).stakers["pods-1"]?.stakes["eth"];
      expect(stake).to.include({ withdrawable: ether("29.45"), beaconFactor: (WAD * 31n) / 32n });
    });

    it("pays, publishes and lets claim once", async function () {
      const period = { from: blocks(10), until: blocks(50) };
      const earnings = [{ participant: "stakers-1", amount: ether(1) }];
      await step(
        60n,
        ["price", { type: "payRewards", set: "price", amount: ether(3), ...period }],
        ["protocol", { type: "submitRewardsRoot", until: blocks(50), earnings }],
      );
      const claims = await step(70n, ["stakers-1", { type: "claimRewards" }], ["stakers-2", { type: "claimRewards" }]);
      expect(story(claims)).to.deep.equal([["rewardsClaimed"], []]);
      const { rewards, stakers } = await world.read();
      expect([rewards.claimed, rewards.claimable]).to.deep.equal([{ "stakers-1": ether(1) }, {}]);
      expect(stakers["stakers-1"]?.rewardTokens).to.equal(ether(1));
    });

    it("slashes withheld data once it can be proven, not those who revealed", async function () {
      const withheld = (operator: string) => report("blob", operator, { kind: "withholding", task: 1n });
      const early = await step(7_000n, withheld("operators-2"));
      const late = await step(7_300n, withheld("operators-1"), withheld("operators-2"));
      expect(story([...early, ...late])).to.deep.equal([
        "BrokenPromiseRuleKept",
        "BrokenPromiseRuleKept",
        ["blob", "operators-2", "broken promise", [TENTH]],
      ]);
    });

    it("gives ether back through the pool's own queue", async function () {
      await step(7_301n, ["stakers-3", { type: "requestUnstake", amount: ether(2) }]);
      await step(7_302n, ["protocol", { type: "reportPool" }]);
      const paid = await step(
        15_000n,
        ["protocol", { type: "reportPool" }],
        ["protocol", { type: "finalizeUnstakes" }],
        ["stakers-3", { type: "claimUnstake", request: 1n }],
      );
      expect(paid.map(({ outcome }) => outcome.status)).to.deep.equal(["ok", "ok", "ok"]);
      const { ether: wallet, lst } = (await world.read()).stakers["stakers-3"] ?? {};
      expect([wallet, lst]).to.deep.equal([ether(12), ether(1)]);
    });
  });
}
