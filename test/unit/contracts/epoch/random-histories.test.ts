import { expect } from "chai";
import { network as hardhat } from "hardhat";

import { dice } from "../../../helpers/dice.ts";
import { deployEpochVault, EPOCH } from "../../../helpers/epoch.ts";
import { EpochModel, type Told } from "../../../helpers/epoch-model.ts";

const connection = await hardhat.create({ override: { allowBlocksWithSameTimestamp: true } });
const { ethers, networkHelpers } = connection;
const HISTORIES = 12;
const STEPS = 60;
const UNLIMITED = 2n ** 256n - 1n;

async function fixture() {
  const world = await deployEpochVault(connection);
  const { vault, registry, owner, network, part, op, other } = world;
  const delegator = await ethers.deployContract("NetworkRestake", [vault, registry, owner]);
  const slasher = await ethers.deployContract("EpochSlasher", [vault, registry, false]);
  await vault.wire(delegator, slasher);
  await delegator.connect(network).setMaxNetworkLimit(0, UNLIMITED);
  await delegator.setNetworkLimit(part, 10n ** 21n);
  await delegator.setOperatorShares(part, op, 2n);
  await delegator.setOperatorShares(part, other, 1n);
  return { ...world, delegator, slasher, start: await vault.startedAt() };
}

type World = Awaited<ReturnType<typeof fixture>>;

/** One move: what the model says of it, and the call that has to say the same. */
interface Move {
  readonly told: Told;
  readonly attempt: () => Promise<readonly bigint[]>;
  readonly send: () => Promise<unknown>;
}

/** Everything that can happen, to accounts and with amounts as the dice fall. */
function movesOf(world: World, model: EpochModel, roll: ReturnType<typeof dice>) {
  const { vault, delegator, slasher, middleware, part, ada, bob, op, other } = world;
  const who = roll.pick([ada, bob]);
  const operator = roll.pick([op, other]);
  const held = model.sharesOf.get(who.address) ?? 0n;
  const own = vault.connect(who);
  return {
    deposit: (now: bigint): Move => {
      const amount = roll.chance(30) ? roll.below(5n) : roll.amount();
      return {
        told: model.deposit(now, who.address, amount),
        attempt: async () => await own.deposit.staticCall(who, amount),
        send: async () => await own.deposit(who, amount),
      };
    },
    withdraw: (now: bigint): Move => {
      const amount = roll.portion((held * (model.stake.now + 1n)) / (model.shares.now + 1n));
      return {
        told: model.withdraw(now, who.address, amount),
        attempt: async () => await own.withdraw.staticCall(who, amount),
        send: async () => await own.withdraw(who, amount),
      };
    },
    redeem: (now: bigint): Move => {
      const amount = roll.portion(held);
      return {
        told: model.redeem(now, who.address, amount),
        attempt: async () => await own.redeem.staticCall(who, amount),
        send: async () => await own.redeem(who, amount),
      };
    },
    claim: (now: bigint): Move => {
      const epoch = model.epochAt(now);
      const bucket = epoch - roll.below(epoch < 3n ? epoch + 1n : 3n);
      return {
        told: model.claim(now, who.address, bucket),
        attempt: async () => [await own.claim.staticCall(who, bucket)],
        send: async () => await own.claim(who, bucket),
      };
    },
    slash: (now: bigint): Move => {
      const capture = now - roll.pick([0n, 1n, EPOCH, EPOCH + 1n, roll.below(EPOCH), roll.below(EPOCH)]);
      const amount = roll.portion(model.stakeAt(capture, operator.address));
      const by = slasher.connect(middleware);
      return {
        told: model.slash(now, operator.address, { amount, capture }),
        attempt: async () => [await by.slash.staticCall(part, operator, amount, capture)],
        send: async () => await by.slash(part, operator, amount, capture),
      };
    },
    share: (now: bigint): Move => {
      const shares = model.pastOf(model.operatorShares, operator.address);
      const [next, before] = [roll.below(4n), shares.now];
      const isSame = next === before;
      if (!isSame) {
        model.totalShares.say(now, model.totalShares.now - before + next);
        shares.say(now, next);
      }
      return {
        told: isSame ? "EpochDelegatorUnchanged" : [],
        attempt: async () => {
          await delegator.setOperatorShares.staticCall(part, operator, next);
          return [];
        },
        send: async () => await delegator.setOperatorShares(part, operator, next),
      };
    },
  };
}

/** Name of the error that a call ends with, or what it returns. */
async function toldBy(attempt: Move["attempt"]): Promise<Told> {
  try {
    return [...(await attempt())];
  } catch (error) {
    return /custom error '(\w+)\(/.exec(String(error))?.[1] ?? String(error);
  }
}

async function agree(world: World, model: EpochModel, now: bigint): Promise<void> {
  const { vault, slasher, token, part, op, other, ada, bob } = world;
  expect(await vault.activeStake()).to.equal(model.stake.now);
  expect(await vault.activeShares()).to.equal(model.shares.now);
  const epoch = model.epochAt(now);
  let owed = model.stake.now;
  for (const bucket of [epoch, epoch + 1n]) {
    expect(await vault.withdrawals(bucket)).to.equal(model.bucket(bucket).assets);
    owed += model.bucket(bucket).assets;
  }
  expect(await token.balanceOf(vault)).to.be.at.least(owed);
  for (const holder of [ada, bob]) {
    expect(await vault.activeSharesOf(holder)).to.equal(model.sharesOf.get(holder.address) ?? 0n);
  }
  for (const operator of [op, other]) {
    const capture = now - 1n;
    const expected = model.slashable(now, operator.address, capture);
    expect(await slasher.slashableStake(part, operator, capture)).to.equal(expected);
  }
}

describe("an epoch vault in random histories", () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    it(`agrees with the rules by plain arithmetic, history ${seed}`, async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const roll = dice(BigInt(seed));
      const model = new EpochModel(EPOCH, world.start);
      let now = BigInt(await networkHelpers.time.latest());
      model.limit.say(now, 10n ** 21n);
      model.totalShares.say(now, 3n);
      model.pastOf(model.operatorShares, world.op.address).say(now, 2n);
      model.pastOf(model.operatorShares, world.other.address).say(now, 1n);
      let refused = 0;
      for (let step = 0; step < STEPS; step += 1) {
        now += roll.pick([0n, 1n, 1n, roll.below(EPOCH), EPOCH / 2n, EPOCH]);
        await networkHelpers.time.setNextBlockTimestamp(now);
        await networkHelpers.mine();
        const moves = movesOf(world, model, roll);
        const name = roll.pick([
          "deposit",
          "deposit",
          "withdraw",
          "redeem",
          "claim",
          "claim",
          "slash",
          "slash",
          "share",
        ]);
        const move = moves[name as keyof typeof moves](now);
        const told = await toldBy(move.attempt);
        expect(told, `${name} at step ${step}`).to.deep.equal(move.told);
        if (typeof told === "string") refused += 1;
        else {
          await networkHelpers.time.setNextBlockTimestamp(now);
          await move.send();
        }
        await agree(world, model, now);
      }
      expect(refused).to.be.below(STEPS);
    });
  }
});
