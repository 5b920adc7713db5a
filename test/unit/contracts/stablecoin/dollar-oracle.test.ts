import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { DollarOracle } from "../../../helpers/dollar-oracle.ts";
import { DAY, deployStablecoin, type Stablecoin, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { networkHelpers } = connection;

const CAP = 10n ** 12n;
const FEE_BPS = 10n;
const KINDS = [
  "mint",
  "redeem",
  "request",
  "fill",
  "lend",
  "mark",
  "impair",
  "sell",
  "cover",
  "fund",
  "claim",
] as const;

interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly amount: bigint;
  readonly which: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  amount: fc.bigInt(1n, 10n ** 12n),
  which: fc.nat(2),
});

async function fixture() {
  const feeCurve = { capacity: 1n, floor: 0n, minBps: FEE_BPS, maxBps: FEE_BPS, isAtEnd: false };
  const world = await deployStablecoin(connection, { decimals: 18, epochCap: CAP, minRequest: 0n, feeCurve });
  await world.reserve.mint(2n * CAP, world.owner);
  return world;
}

/** Performs one step on both sides, or on neither where the oracle says that it cannot be. */
async function perform({ reserve, queue, junior, owner }: Stablecoin, oracle: DollarOracle, at: Step) {
  const { kind, which } = at;
  const held = oracle.supply - oracle.waiting;
  const ids = [...(await reserve.terms())];
  const id = ids[which % (ids.length || 1)];
  const term = id === undefined ? undefined : oracle.terms[Number(id) - 1];
  const amount = at.amount;
  if (kind === "mint") {
    await reserve.mint(amount, owner);
    oracle.mint(amount);
  } else if (kind === "redeem" && amount <= held) {
    const paid = oracle.redeem(amount);
    if (paid === undefined) await expect(reserve.redeem(amount, 0n, owner)).to.revert(connection.ethers);
    else await reserve.redeem(amount, paid, owner);
  } else if (kind === "request" && amount <= held) {
    await queue.request(amount);
    oracle.requests.push({ left: amount, claimable: 0n });
  } else if (kind === "fill") {
    await networkHelpers.time.increase(DAY);
    oracle.spent = 0n;
    if (oracle.fill()) await queue.fill();
    else await expect(queue.fill()).to.revert(connection.ethers);
  } else if (kind === "lend" && amount <= oracle.cash && ids.length < 5) {
    await reserve.placeTerm(owner, amount, 0n, 0n);
    oracle.cash -= amount;
    oracle.terms.push({ face: amount, haircut: 0n });
  } else if (kind === "mark" && id !== undefined && term !== undefined) {
    term.haircut = (amount * WAD) / 10n ** 12n;
    await reserve.markTerm(id, term.haircut);
  } else if (kind === "impair" && id !== undefined && term !== undefined) {
    await reserve.impairTerm(id, amount % (term.face + 1n));
    term.face -= amount % (term.face + 1n);
  } else if (kind === "sell" && id !== undefined && term !== undefined) {
    await reserve.sellTerm(id, amount % (term.face + 1n));
    oracle.cash += amount % (term.face + 1n);
    term.face = 0n;
  } else if (kind === "cover") {
    await reserve.cover();
    oracle.cover();
  } else if (kind === "fund") {
    if (which === 0) oracle.buffer += (await reserve.fundBuffer(amount), amount);
    if (which === 1) oracle.backstop += (await reserve.fundBackstop(amount), amount);
    if (which === 2 && (await junior.maxDeposit(owner)) > 0n)
      oracle.junior += (await junior.deposit(amount, owner), amount);
  } else if (kind === "claim" && (oracle.requests[which]?.claimable ?? 0n) > 0n) {
    await queue.claim(BigInt(which) + 1n, owner);
    oracle.requests[which] = { left: oracle.requests[which]?.left ?? 0n, claimable: 0n };
  }
}

async function observed({ reserve, queue, junior, dollar, usdc }: Stablecoin, requests: number) {
  const ids = Array.from({ length: requests }, (_, k) => k + 1);
  const found = await Promise.all(ids.map(async (id) => await queue.requestOf(id)));
  return {
    ...{ supply: await dollar.totalSupply(), cash: await reserve.cash(), buffer: await reserve.buffer() },
    ...{ junior: await usdc.balanceOf(junior), backstop: await reserve.backstop() },
    ...{ assets: await reserve.assetsMarked(), residual: await reserve.residual() },
    ...{ rate: await reserve.redemptionRate() },
    requests: found.map(({ waiting: left, claimable }) => ({ left, claimable })),
  };
}

describe("the dollar and an independent oracle of it", () => {
  it("agree to the wei after every step of random histories", async () => {
    const histories = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const world = await networkHelpers.loadFixture(fixture);
      const oracle = new DollarOracle(FEE_BPS, CAP);
      oracle.mint(2n * CAP);
      for (const single of steps) {
        await perform(world, oracle, single);
        const { supply, cash, buffer, junior, backstop, assets, residual, rate, requests } = oracle;
        const expected = { supply, cash, buffer, junior, backstop, assets, residual, rate, requests };
        expect(await observed(world, requests.length)).to.deep.equal(expected);
      }
    });
    await fc.assert(histories, { numRuns: 25, seed: 210, endOnFailure: true });
  });
});
