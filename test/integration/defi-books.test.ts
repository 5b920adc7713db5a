import { expect } from "chai";

import cascade from "../../scenarios/liquidation-cascade/scenario.ts";
import { minutes, percent, run, slash, type Scenario } from "../../src/index.ts";

const ETHER = 10n ** 18n;

/** A slash of one of the vault's two operators instead of a dump. */
const slashed: Scenario = {
  ...cascade,
  clock: { step: minutes(1), steps: 8 },
  timeline: [{ at: minutes(3), shock: slash({ avs: "oracle", operator: "operators-1", fraction: percent(50) }) }],
  expect: {},
};

describe("the books of a DeFi run on the chain", () => {
  const made = run(slashed);

  it("are exact: every party's lines sum to its change, all parties to what there is", async () => {
    const { record } = await made;
    const sum = (values: readonly string[]): bigint => values.reduce((all, value) => all + BigInt(value), 0n);
    const { parties = [], total } = record.defi ?? {};
    for (const { party, first, last, lines } of parties) {
      expect(sum(lines.map(({ amount }) => amount)), party).to.equal(BigInt(last) - BigInt(first));
    }
    expect(sum(parties.map(({ last }) => last))).to.equal(BigInt(total?.last ?? 0));
    expect(record.invariants.find(({ name }) => name === "everything is somebody's")).to.deep.include({ broken: null });
  });

  it("take the slash by its id from operator, provider and borrowers", async () => {
    const { record } = await made;
    const lost = (record.defi?.waterfall ?? []).filter(
      ({ channel, with: id }) => channel === "slash" && id === "oracle#1",
    );
    const layers = new Map(lost.map(({ layer, population, amount }) => [`${layer} ${population}`, BigInt(amount)]));
    expect([...layers.keys()]).to.include.members([
      "staker operators",
      "lrtHolder whale",
      "provider maker",
      "borrower loopers",
    ]);
    const all = [...layers.values()].reduce((sum, amount) => sum + amount, 0n);
    const [own] = record.slashes;
    const difference = all - BigInt(own?.value ?? 0);
    expect(difference < ETHER / 10n ** 6n && difference > -ETHER / 10n ** 6n, difference.toString()).to.equal(true);
  });

  it("leave next to nothing unexplained", async () => {
    const { record } = await made;
    const rest = (record.defi?.parties ?? [])
      .flatMap(({ lines }) => lines)
      .filter(({ channel }) => channel === "revaluation")
      .map(({ amount }) => BigInt(amount))
      .reduce((sum, amount) => sum + (amount < 0n ? -amount : amount), 0n);
    expect(rest < ETHER / 1_000n, rest.toString()).to.equal(true);
  });
});
