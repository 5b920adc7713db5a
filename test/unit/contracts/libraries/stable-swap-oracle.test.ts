import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { WAD } from "../../../helpers/markets.ts";
import { exactBalance, exactInvariant } from "../../../helpers/stable-swap-oracle.ts";

const { ethers } = await network.create();
const math = await ethers.deployContract("MarketMath__Harness");

/** Two to four balances, none a hundred times another. */
const balances = fc.array(fc.bigInt({ min: 10n ** 21n, max: 10n ** 23n }), { minLength: 2, maxLength: 4 });
const amps = fc.bigInt({ min: 1_000n, max: 1_000_000n });

const distance = (a: bigint, b: bigint) => (a > b ? a - b : b - a);

describe("StableSwapMath against its equation", () => {
  it("finds the invariant within two units of its root", async () => {
    await fc.assert(
      fc.asyncProperty(balances, amps, async (xp, amp) => {
        const found = await math.invariant(xp, amp);
        expect(distance(found, exactInvariant(xp, amp)) <= 2n).to.equal(true);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it("finds a balance within two units of its root", async () => {
    await fc.assert(
      fc.asyncProperty(balances, amps, fc.bigInt({ min: 1n, max: 10n ** 22n }), async (xp, amp, added) => {
        const d = await math.invariant(xp, amp);
        const sold = xp.map((x, k) => (k === 0 ? x + added : x));
        const found = await math.balanceFor(1, sold, amp, d);
        expect(distance(found, exactBalance(1, sold, { amp, d })) <= 2n).to.equal(true);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it("never pays more than the equation allows", async () => {
    await fc.assert(
      fc.asyncProperty(balances, amps, fc.bigInt({ min: 1n, max: 10n ** 22n }), async (xp, amp, dx) => {
        const rates = xp.map(() => WAD);
        const trade = await math.swap({ balances: xp, rates, amp, fee: 0, offpegMultiplier: 0 }, 0, 1, dx);
        const sold = xp.map((x, k) => (k === 0 ? x + dx : x));
        const most = (xp[1] ?? 0n) - exactBalance(1, sold, { amp, d: exactInvariant(xp, amp) });
        expect(trade.out <= most + 1n).to.equal(true);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
