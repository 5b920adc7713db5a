import { expect } from "chai";
import { network } from "hardhat";

import { streamFor } from "../../../../src/engine/random.ts";
import { deployVault, FREEZE } from "../../../helpers/restaking-vault.ts";
import { VaultModel } from "../../../helpers/restaking-vault-oracle.ts";
import { SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { networkHelpers } = connection;
const STEPS = 40;

const fixture = async () => await deployVault(connection, { freezePoint: FREEZE.unlock });

describe("RestakingVault beside a model of its rules", () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`agrees to the wei in a random history (seed ${seed})`, async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { vault, queue, delegators, owner, alice, bob, carol, op1, op2 } = world;
      const [holders, operators] = [
        [alice, bob, carol],
        [op1, op2],
      ];
      const model = new VaultModel();
      const random = streamFor(seed, "vault", 0);
      // An operator's stake is slashed once, while its scaling factor is still one: the core's own model has the rest.
      const slashed = new Set<number>();
      const amount = (most: bigint): bigint => 1n + (BigInt(random.integer(1_000_000_000)) * most) / 1_000_000_001n;
      const verbs = [
        async (who: number) => {
          const assets = amount(10n * WAD);
          if (model.toShares(assets) === 0n) return;
          model.deposit(who, assets);
          await world.put(holders[who] ?? alice, assets);
        },
        async (who: number) => {
          const held = model.balances[who] ?? 0n;
          const shares = held === 0n ? 0n : amount(held);
          if (shares === 0n || shares > held || model.toAssets(shares) === 0n) return;
          model.request(who, shares);
          await world.ask(holders[who] ?? alice, shares);
        },
        async () => {
          model.process();
          await queue.process(100n);
        },
        async (who: number) => {
          const at = who % 2;
          if (slashed.has(at) || model.spendable < WAD) return;
          const assets = amount(model.spendable);
          for (const [k, operator] of operators.entries()) {
            await delegators.connect(owner).setWeight(operator, k === at ? 1n : 0n);
          }
          const [wanted, current] = await delegators.targets(assets);
          if ((wanted[at] ?? 0n) <= (current[at] ?? 0n)) return;
          model.restake(at, assets);
          await delegators.connect(owner).allocate(assets);
        },
        async (who: number) => {
          const at = who % 2;
          const wad = amount(WAD / 2n);
          if (slashed.has(at) || (model.staked[at] ?? 0n) === 0n) return;
          slashed.add(at);
          model.slash(at, wad);
          await world.slash(operators[at] ?? op1, SETS.burning, wad);
        },
      ] as const;

      for (let step = 0; step < STEPS; step += 1) {
        await verbs[random.integer(step < 6 ? 2 : verbs.length)]?.(random.integer(3));
        expect(await vault.totalAssets(), `assets after step ${step}`).to.equal(model.assets);
        expect(await vault.totalSupply(), `supply after step ${step}`).to.equal(model.supply);
        expect(await vault.buffer(), `buffer after step ${step}`).to.equal(model.buffer);
        expect(await vault.previewDeposit(WAD)).to.equal(model.toShares(WAD));
        expect(await vault.convertToAssets(WAD)).to.equal(model.toAssets(WAD));
        if (model.assets > 0n) expect(await vault.previewMint(WAD)).to.equal(model.cost(WAD));
        for (const [who, holder] of holders.entries()) {
          expect(await vault.maxWithdraw(holder)).to.equal(model.claimable(who));
          expect(await vault.balanceOf(holder)).to.equal(model.balances[who]);
        }
      }
    });
  }
});
