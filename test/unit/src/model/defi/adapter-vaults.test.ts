import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { adapterCurator, adapterStaker } from "../../../../../src/model/agents/defi/adapter-stakers.ts";
import {
  adapterSharesInAssets,
  claimableInLine,
  fillLine,
  waitingInLine,
  type AdapterSpec,
  type AdapterVaultSpec,
  type AdapterVaultView,
} from "../../../../../src/model/defi/adapter-vaults.ts";
import { assertAdapterVaults } from "../../../../../src/model/defi/assert-adapter-vaults.ts";
import { assertDefiShocks } from "../../../../../src/model/defi/assert-defi-shocks.ts";
import type { DefiSpec } from "../../../../../src/model/defi/defi.ts";
import { adapterVaultSharesStand } from "../../../../../src/model/invariants/defi/adapter-vaults.ts";
import { slashAdapter } from "../../../../../src/model/shocks/markets.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";
import { viewOf, wants } from "../../../../helpers/defi-layer-view.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const east: AdapterSpec = {
  ...{ id: "east", network: "nina", burner: null, duration: 60n, allocated: ether(45) },
  limit: { amount: ether(50), part: percent(50) },
};
const iso: AdapterVaultSpec = { id: "iso", asset: "weth", curator: "carl", adapters: [east] };
const layer = (over: Partial<DefiSpec> = {}): DefiSpec => ({
  ...emptyDefi,
  tokens: [{ id: "weth", kind: "wrappedEther" }],
  adapterVaults: [iso],
  adapterPositions: [{ vault: "iso", participant: "lena", deposited: ether(90) }],
  ...over,
});
const known = { tokens: new Set(["weth"]), feeds: [], participants: ["carl", "lena", "nina"] };

function refusal(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof WorldImpossibleError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  return "";
}

describe("assertAdapterVaults", () => {
  const on = (over: Partial<AdapterVaultSpec>): Partial<DefiSpec> => ({ adapterVaults: [{ ...iso, ...over }] });
  const its = (over: Partial<AdapterSpec>): Partial<DefiSpec> => on({ adapters: [{ ...east, ...over }] });
  const many = Array.from({ length: 21 }, (_, at) => ({ ...east, id: `a${at}`, allocated: 0n }));
  const cases: readonly (readonly [string, Partial<DefiSpec>, RegExp])[] = [
    ["an unknown asset", on({ asset: "wet" }), /no token, vault or dollar is named wet.*weth/],
    ["an unknown curator", on({ curator: "karl" }), /no participant is named karl.*carl/],
    ["more adapters than the contract takes", on({ adapters: many }), /it has 21 adapters.*20 at most/],
    ["two adapters of one name", on({ adapters: [east, { ...east, allocated: 0n }] }), /two of its adapters are named/],
    ["an unknown network", its({ network: "nino" }), /no participant is named nino.*nina/],
    ["an unknown receiver", its({ burner: "nino" }), /no participant is named nino.*nina/],
    ["capital that is free at once", its({ duration: 0n }), /duration is 0/],
    ["a part above all", its({ limit: { amount: ether(50), part: percent(101) } }), /limit.part is 101 %/],
    ["more than the limit", its({ allocated: ether(51) }), /allocated is 51/],
    ["more than a part of the deposits", its({ allocated: ether(46) }), /adapter east has 46.*its limit is 45/],
    ["more than is deposited", { adapterPositions: [] }, /45000000000000000000 is allocated, and 0 deposited/],
    [
      "a deposit elsewhere",
      { adapterPositions: [{ vault: "osi", participant: "lena", deposited: 1n }] },
      /no vault with adapters is named osi.*iso/,
    ],
  ];

  it("lets a vault through whose capital is within its limits", () => {
    expect(refusal(() => assertAdapterVaults(layer(), known))).to.equal("");
  });

  for (const [what, over, message] of cases) {
    it(`refuses ${what}`, () => {
      expect(refusal(() => assertAdapterVaults(layer(over), known))).to.match(message);
    });
  }

  it("knows which adapters a slash can befall", () => {
    const at = (over: object) =>
      refusal(() => {
        const shock = slashAdapter({ vault: "iso", adapter: "east", amount: 1n, ...over });
        assertDefiShocks([{ at: 60n, shock }], layer());
      });
    expect(at({})).to.equal("");
    expect(at({ vault: "osi" })).to.match(/no vault with adapters is named osi.*iso/);
    expect(at({ adapter: "wast" })).to.match(/no adapter of iso is named wast.*east/);
  });
});

const vault = (over: Partial<AdapterVaultView> = {}): AdapterVaultView => ({
  ...{ asset: "weth", supply: 1_000n, assets: 500n, free: 20n, owed: 9n, nextRequest: 3n },
  adapters: {
    east: { network: "nina", total: 300n, slashable: 290n, recalled: 0n },
    west: { network: "nina", total: 180n, slashable: 180n, recalled: 0n },
  },
  requests: [
    { id: 0n, holder: "me", waiting: 0n, claimable: 9n },
    { id: 2n, holder: "me", waiting: 400n, claimable: 0n },
  ],
  ...over,
});

describe("a vault with adapters as it is seen", () => {
  it("values shares with one that nobody has, rounded down", () => {
    expect(adapterSharesInAssets(vault(), 1_000n)).to.equal(500n);
    expect(adapterSharesInAssets(vault({ supply: 0n, assets: 0n }), 7n)).to.equal(7n);
    expect(waitingInLine(vault())).to.equal(200n);
    expect(claimableInLine(vault(), "me")).to.deep.equal([0n]);
    expect(claimableInLine(vault(), "you")).to.deep.equal([]);
  });

  it("fills first come, first served, and gives away all of a fill but what rounding keeps", () => {
    const requests = [3n, 5n, 7n].map((waiting, at) => ({ id: BigInt(at), holder: "me", waiting, claimable: 1n }));
    expect(fillLine(requests, { shares: 7n, assets: 10n })).to.deep.equal([
      { id: 0n, holder: "me", waiting: 0n, claimable: 1n + 4n },
      { id: 1n, holder: "me", waiting: 1n, claimable: 1n + 6n },
      { id: 2n, holder: "me", waiting: 7n, claimable: 1n },
    ]);
  });

  it("breaks its law where shares fall without a slash, or the line holds less than may be claimed", () => {
    const check = (over: Partial<AdapterVaultView>, facts: readonly unknown[] = []) =>
      adapterVaultSharesStand.check({
        before: viewOf({ adapterVaults: { iso: vault() } }),
        after: viewOf({ adapterVaults: { iso: vault(over) } }),
        results: [{ facts }],
      } as never);
    const slashed = { kind: "adapterSlashed", vault: "iso", adapter: "east", taken: 100n };

    expect(check({})).to.equal(null);
    expect(check({ assets: 400n })).to.include({ vault: "iso", assets: 400n, assetsBefore: 500n });
    expect(check({ assets: 400n }, [slashed])).to.equal(null);
    expect(check({ owed: 8n })).to.deep.equal({ vault: "iso", claimable: 9n, owed: 8n });
  });
});

describe("adapterStaker", () => {
  const params = { vault: "iso", perStep: 7n, leavesAfter: { type: "slashAdapter" }, reaction: 50n } as const;
  const view = (wallet: Readonly<Record<string, bigint>>, time: bigint) =>
    viewOf(
      { adapterVaults: { iso: vault() }, balances: { me: wallet } },
      { time, incidents: time < 100n ? [] : [{ at: 100n, type: "slashAdapter", subject: "iso" }] },
    );
  const claim = { type: "adapterClaim", vault: "iso", request: 0n };

  it("claims, adds what it has up to so much, and leaves after its reaction", () => {
    const add = { type: "adapterDeposit", vault: "iso", amount: 5n };
    const leave = { type: "adapterRequest", vault: "iso", shares: "all" };
    expect(wants(adapterStaker(params), view({ weth: 5n }, 0n))).to.deep.equal([claim, add]);
    expect(wants(adapterStaker({ vault: "iso" }), view({ weth: 5n }, 0n))).to.deep.equal([claim]);
    expect(wants(adapterStaker(params), view({ iso: 5n }, 100n), { now: 149n })).to.deep.equal([claim]);
    expect(wants(adapterStaker(params), view({ iso: 5n, weth: 5n }, 100n), { now: 150n })).to.deep.equal([
      claim,
      leave,
    ]);
    expect(wants(adapterStaker(params), view({ weth: 5n }, 160n))).to.deep.equal([claim]);
    expect(wants(adapterStaker({ vault: "osi" }), view({ weth: 5n }, 0n))).to.deep.equal([]);
  });
});

describe("adapterCurator", () => {
  const view = (over: Partial<AdapterVaultView>) => viewOf({ adapterVaults: { iso: vault(over) } });

  it("takes back what is free, calls back what is missing, adapter by adapter, and fills", () => {
    // 200 wait, 20 are free at the vault and 10 with the first adapter.
    expect(wants(adapterCurator({ vault: "iso" }), view({}))).to.deep.equal([
      { type: "adapterReturn", vault: "iso", adapter: "east", amount: 10n },
      { type: "adapterRecall", vault: "iso", adapter: "east", amount: 180n },
      { type: "adapterFill", vault: "iso" },
    ]);
    const adapters = {
      east: { network: "nina", total: 30n, slashable: 30n, recalled: 0n },
      west: { network: "nina", total: 470n, slashable: 400n, recalled: 0n },
    };
    expect(wants(adapterCurator({ vault: "iso" }), view({ free: 0n, adapters }))).to.deep.equal([
      { type: "adapterRecall", vault: "iso", adapter: "east", amount: 30n },
      { type: "adapterReturn", vault: "iso", adapter: "west", amount: 70n },
      { type: "adapterRecall", vault: "iso", adapter: "west", amount: 170n },
    ]);
  });

  it("asks nothing back twice", () => {
    const adapters = { east: { network: "nina", total: 480n, slashable: 480n, recalled: 150n } };
    const asked = (recalled: bigint) => view({ free: 0n, adapters: { east: { ...adapters.east, recalled } } });
    expect(wants(adapterCurator({ vault: "iso" }), asked(150n))).to.deep.equal([
      { type: "adapterRecall", vault: "iso", adapter: "east", amount: 200n },
    ]);
    expect(wants(adapterCurator({ vault: "iso" }), asked(200n))).to.deep.equal([]);
  });

  it("does nothing where nobody waits", () => {
    expect(wants(adapterCurator({ vault: "iso" }), view({ requests: [] }))).to.deep.equal([]);
    expect(wants(adapterCurator({ vault: "osi" }), view({}))).to.deep.equal([]);
  });
});
