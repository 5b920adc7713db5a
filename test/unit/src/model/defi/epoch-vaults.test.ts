import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { epochStaker } from "../../../../../src/model/agents/defi/epoch-staker.ts";
import { assertDefiShocks } from "../../../../../src/model/defi/assert-defi-shocks.ts";
import { assertEpochVaults } from "../../../../../src/model/defi/assert-epoch-vaults.ts";
import type { DefiSpec } from "../../../../../src/model/defi/defi.ts";
import {
  claimableEpochs,
  epochAssets,
  owedByEpochVault,
  owedTo,
  waitingIn,
  type EpochVaultSpec,
  type EpochVaultView,
} from "../../../../../src/model/defi/epoch-vaults.ts";
import { epochVaultsAreBacked } from "../../../../../src/model/invariants/defi/epoch-vaults.ts";
import { netWorth } from "../../../../../src/model/metrics/wealth.ts";
import { slashEpochVault } from "../../../../../src/model/shocks/markets.ts";
import { ether } from "../../../../../src/units/amounts.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { viewOf, wants } from "../../../../helpers/defi-layer-view.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const workers = [{ operator: "opal", stake: ether(5) }];
const pool: EpochVaultSpec = {
  ...{ id: "pool", asset: "weth", curator: "carl", epoch: 600n, burner: null, delegator: "fullRestake" },
  networks: [{ network: "nina", limit: ether(9), operators: workers }],
};
const layer = (over: Partial<DefiSpec> = {}): DefiSpec => ({
  ...emptyDefi,
  tokens: [{ id: "weth", kind: "wrappedEther" }],
  epochVaults: [pool],
  epochPositions: [{ vault: "pool", participant: "lena", deposited: ether(90) }],
  ...over,
});
const known = {
  ...{ tokens: new Set(["weth"]), feeds: [], participants: ["carl", "lena", "nina", "opal"], operators: ["opal"] },
};

function refusal(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof WorldImpossibleError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  return "";
}

describe("assertEpochVaults", () => {
  const on = (over: Partial<EpochVaultSpec>): Partial<DefiSpec> => ({ epochVaults: [{ ...pool, ...over }] });
  const network = { network: "nina", limit: ether(9), operators: workers };
  const cases: readonly (readonly [string, Partial<DefiSpec>, RegExp])[] = [
    ["an unknown asset", on({ asset: "wet" }), /no token, vault or dollar is named wet.*weth/],
    ["an unknown curator", on({ curator: "karl" }), /no participant is named karl.*carl/],
    ["an unknown receiver", on({ burner: "mina" }), /no participant is named mina.*nina/],
    ["an epoch of no length", on({ epoch: 0n }), /epoch is 0/],
    ["an epoch of more than a year", on({ epoch: 31_536_001n }), /epoch is/],
    ["an unknown network", on({ networks: [{ ...network, network: "nino" }] }), /no participant is named nino.*nina/],
    ["a network named twice", on({ networks: [network, network] }), /names network nina twice/],
    ["a network without a limit", on({ networks: [{ ...network, limit: 0n }] }), /limit is 0/],
    [
      "somebody who is no operator",
      on({ networks: [{ ...network, operators: [{ operator: "lena", stake: 1n }] }] }),
      /no operator is named lena.*opal/,
    ],
    [
      "an operator without stake",
      on({ networks: [{ ...network, operators: [{ operator: "opal", stake: 0n }] }] }),
      /stake of opal is 0/,
    ],
    [
      "an operator named twice",
      on({ networks: [{ ...network, operators: [...workers, ...workers] }] }),
      /names operator opal twice/,
    ],
    [
      "a deposit elsewhere",
      { epochPositions: [{ vault: "pond", participant: "lena", deposited: 1n }] },
      /no epoch vault is named pond.*pool/,
    ],
  ];

  it("lets a vault through whose networks and operators are there", () => {
    expect(refusal(() => assertEpochVaults(layer(), known))).to.equal("");
  });

  for (const [what, over, message] of cases) {
    it(`refuses ${what}`, () => {
      expect(refusal(() => assertEpochVaults(layer(over), known))).to.match(message);
    });
  }
});

describe("slashEpochVault", () => {
  const at = (over = {}) =>
    refusal(() => {
      const order = { vault: "pool", by: "nina", operator: "opal", amount: ether(1), captured: 59n, ...over };
      assertDefiShocks([{ at: 60n, shock: slashEpochVault(order) }], layer());
    });

  it("is refused for what the vault does not have, and for a second that does not lie behind", () => {
    expect(at()).to.equal("");
    expect(at({ vault: "pond" })).to.match(/no epoch vault is named pond/);
    expect(at({ by: "carl" })).to.match(/no network of pool is named carl/);
    expect(at({ operator: "lena" })).to.match(/no operator of nina in pool is named lena/);
    expect(at({ captured: 60n })).to.match(/captured is 60 s/);
    expect(at({ captured: -1n })).to.match(/captured is/);
  });
});

const vault = (over: Partial<EpochVaultView> = {}): EpochVaultView => ({
  ...{ asset: "weth", active: { assets: 70n, shares: 100n }, held: 100n, epoch: 5n, epochEnds: 600n },
  buckets: { 4: { assets: 10n, shares: 20n }, 5: { assets: 8n, shares: 8n }, 6: { assets: 12n, shares: 12n } },
  holders: {
    ann: { shares: 60n, waiting: { 4: 20n } },
    bob: { shares: 40n, waiting: { 5: 8n, 6: 12n } },
  },
  ...{ promised: {} },
  ...over,
});

describe("an epoch vault as it is seen", () => {
  it("owes what shares are worth with a share and a wei that nobody has, rounded down", () => {
    expect(epochAssets({ assets: 70n, shares: 100n }, 60n)).to.equal(42n);
    expect(owedTo(vault(), vault().holders["ann"] ?? { shares: 0n, waiting: {} })).to.equal(42n + 10n);
    expect(owedByEpochVault(vault())).to.equal(42n + 10n + 28n + 8n + 12n);
    expect(waitingIn(vault())).to.equal(20n);
    expect(netWorth(viewOf({ epochVaults: { pool: vault() } }).defi, "ann", WAD)).to.equal(52n);
  });

  it("pays buckets of epochs that are over, and nothing where a slash left nothing", () => {
    expect(claimableEpochs(vault(), "ann")).to.deep.equal([4n]);
    expect(claimableEpochs(vault(), "bob")).to.deep.equal([]);
    expect(claimableEpochs(vault({ buckets: { 4: { assets: 0n, shares: 40n } } }), "ann")).to.deep.equal([]);
  });

  it("breaks its law where it holds less than it owes, or a slash took more than it was due", () => {
    const check = (over: Partial<EpochVaultView>, facts: readonly unknown[] = []) =>
      epochVaultsAreBacked.check({
        ...{ after: viewOf({ epochVaults: { pool: vault(over) } }), results: [{ facts }] },
      } as never);
    const slashed = { kind: "epochSlashed", vault: "pool", promised: 5n, taken: 6n };

    expect(check({})).to.equal(null);
    expect(check({ held: 90n })).to.deep.equal({ vault: "pool", owed: 100n, held: 90n });
    expect(check({}, [slashed])).to.deep.equal({ vault: "pool", taken: 6n, promised: 5n });
  });
});

describe("epochStaker", () => {
  const slashed = { at: 100n, type: "slashEpochVault", subject: "pool" } as const;
  const params = { vault: "pool", perStep: 7n, leavesAfter: { type: "slashEpochVault" }, reaction: 50n } as const;
  const holders = { me: { shares: 60n, waiting: { 4: 20n } } };
  const view = (weth: bigint, time: bigint, mine = holders) =>
    viewOf(
      { epochVaults: { pool: vault({ holders: mine }) }, balances: { me: { weth } } },
      { time, incidents: time < 100n ? [] : [slashed] },
    );
  const claim = { type: "epochClaim", vault: "pool", epoch: 4n };

  it("claims what is free, and adds what it has, at most so much", () => {
    const add = (amount: bigint) => ({ type: "epochDeposit", vault: "pool", amount });
    expect(wants(epochStaker(params), view(5n, 0n))).to.deep.equal([claim, add(5n)]);
    expect(wants(epochStaker(params), view(900n, 0n))).to.deep.equal([claim, add(7n)]);
    expect(wants(epochStaker({ vault: "pool" }), view(900n, 0n))).to.deep.equal([claim]);
    expect(wants(epochStaker({ vault: "pond" }), view(900n, 0n))).to.deep.equal([]);
  });

  it("leaves with all it has after its reaction, and adds nothing from then on", () => {
    const leave = { type: "epochWithdraw", vault: "pool", amount: "all" };
    expect(wants(epochStaker(params), view(0n, 100n), { now: 149n })).to.deep.equal([claim]);
    expect(wants(epochStaker(params), view(9n, 100n), { now: 150n })).to.deep.equal([claim, leave]);
    const gone = { me: { shares: 0n, waiting: { 4: 20n } } };
    expect(wants(epochStaker(params), view(9n, 160n, gone))).to.deep.equal([claim]);
  });
});
