import { doubles } from "../../../../../deploy/doubles.ts";
import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { endow } from "./reserve.ts";

const TEN_THOUSAND = 10_000n * 10n ** 18n;

async function openVault(ground: Ground, offset: bigint): Promise<{ asset: Deployed; vault: Deployed }> {
  const asset = await ground.token();
  return { asset, vault: await ground.deploy(doubles.roundingVault, [asset, offset]) };
}

/** Gives the vault assets for nothing, or takes them away, until it holds `total`. */
async function bringTo({ asset, vault }: { asset: Deployed; vault: Deployed }, total: bigint): Promise<void> {
  const held = await vault.number("totalAssets");
  if (held > total) await vault.must("owner", ["lose", held - total]);
  if (held < total) await asset.must("owner", ["mint", vault, total - held]);
}

async function playPreviews(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const at = await openVault(ground, inputs.integerOr(0n, "offset", "decimalsOffset"));
  const supply = inputs.integer("supply", "totalSupply");
  const amount = await at.vault.number("previewMint", supply);
  await endow(ground, at.asset, { to: "holder", amount, spender: at.vault });
  if (supply > 0n) await at.vault.must("holder", ["mint", supply, await ground.actor("holder")]);
  await bringTo(at, inputs.integer("totalAssets"));
  const x = inputs.integer("x", "amount");
  const answers = ["previewDeposit", "previewMint", "previewWithdraw", "previewRedeem"].map(
    async (fn) => [fn, await at.vault.number(fn, x)] as const,
  );
  const conversions = ["convertToShares", "convertToAssets"].map(
    async (fn) => [fn, await at.vault.number(fn, x)] as const,
  );
  return Object.fromEntries(await Promise.all([...answers, ...conversions]));
}

async function playInflation(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const { asset, vault } = await openVault(ground, inputs.integer("offset", "decimalsOffset"));
  const first = inputs.integerOr(1n, "attackerDeposit", "firstDeposit", "deposit");
  const donation = inputs.integerOr(TEN_THOUSAND, "donation", "donate");
  const victims = inputs.integerOr(TEN_THOUSAND, "victimDeposit", "victim");
  const [attacker, victim] = [await ground.actor("attacker"), await ground.actor("victim")];
  await endow(ground, asset, { to: "attacker", amount: first, spender: vault });
  await vault.must("attacker", ["deposit", first, attacker]);
  await asset.must("attacker", ["mint", vault, donation]);
  await endow(ground, asset, { to: "victim", amount: victims, spender: vault });
  await vault.must("victim", ["deposit", victims, victim]);
  const attackerShares = await vault.number("balanceOf", attacker);
  const victimShares = await vault.number("balanceOf", victim);
  const attackerRedeem = await vault.number("previewRedeem", attackerShares);
  const victimRedeem = await vault.number("previewRedeem", victimShares);
  return {
    ...{ attackerShares, victimShares, attackerRedeem, victimRedeem },
    ...{ attackerProfit: attackerRedeem - first - donation, victimLoss: victims - victimRedeem },
  };
}

/** Cases about ERC-4626 vaults by themselves. */
export const vaultKinds: readonly DefiKind[] = [
  {
    name: "rounding of a vault's previews",
    matches: (vector) =>
      hasInputs(vector, "totalAssets") &&
      expectsAny(vector, "previewDeposit", "previewMint", "previewWithdraw", "previewRedeem"),
    play: playPreviews,
  },
  {
    name: "inflation attack on a vault",
    matches: (vector) => expectsAny(vector, "attackerShares", "victimShares", "attackerRedeem", "victimRedeem"),
    play: playInflation,
  },
];
