import { expect } from "chai";

import { assertNesting, vaultLayers, vaultOfStrategy } from "../../../../../src/model/defi/nesting.ts";
import { openingPrice } from "../../../../../src/model/defi/opening-prices.ts";
import type { VaultSpec } from "../../../../../src/model/defi/vaults.ts";
import type { StrategySpec } from "../../../../../src/model/world-spec.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const LST: StrategySpec = { id: "lst", asset: "lst" };
const over = (vault: string, id = `over-${vault}`): StrategySpec => ({ id, asset: "share", vault });
const vault = (id: string, strategy: string, rate = WAD): VaultSpec => ({
  ...{ id, strategy, rate, operators: [], redeemable: true },
  buffer: { target: 0n, capacity: 0n, drawdownFloor: 0n, minFeeBps: 0n, maxFeeBps: 0n },
  oracle: { mode: "live", every: 0n, feeBps: 0n },
  queue: { freeze: "claim", cooldown: 0n },
});

describe("vaults upon vaults", () => {
  const strategies = [LST, over("a"), over("b"), over("c"), over("d")];
  const tower = [vault("a", "lst"), vault("b", "over-a"), vault("c", "over-b"), vault("d", "over-c")];

  it("lie up to four deep, each upon one that is declared before it", () => {
    assertNesting(strategies, tower);
    expect(vaultLayers(strategies, tower)).to.equal(4);
    expect(vaultLayers([LST], [vault("a", "lst"), vault("b", "lst")])).to.equal(1);
    expect(vaultLayers([LST], [])).to.equal(1);
    expect(["over-a", "lst", "none"].map((id) => vaultOfStrategy(strategies, id))).to.deep.equal(["a", null, null]);
  });

  it("begin at the product of their rates", () => {
    const rates = [vault("a", "lst", (WAD * 11n) / 10n), vault("b", "over-a", (WAD * 12n) / 10n)];
    const feeds = [
      { id: "ether", kind: "reported", answer: 2_000n * 10n ** 8n },
      { id: "b-usd", kind: "exchangeRate", token: "b", base: "ether" },
    ] as const;
    const spec = { ...emptyDefi, vaults: rates, shares: { "over-a": "a" }, feeds };
    expect(openingPrice(spec, "b-usd")).to.equal(2_640n * 10n ** 8n);
  });

  const refused: readonly (readonly [string, readonly StrategySpec[], readonly VaultSpec[], RegExp])[] = [
    ["a strategy over a vault that is not there", [LST, over("b")], [vault("a", "lst")], /no vault b/],
    ["a vault upon itself", [LST, over("a")], [vault("a", "over-a")], /lies upon itself/],
    [
      "two vaults upon each other",
      [over("a"), over("b")],
      [vault("a", "over-b"), vault("b", "over-a")],
      /not declared/,
    ],
    ["a fifth layer", strategies, [...tower, vault("e", "over-d")], /5 lie upon each other/],
  ];
  for (const [what, known, vaults, reason] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => {
        assertNesting(known, vaults);
      }).to.throw(reason);
    });
  }
});
