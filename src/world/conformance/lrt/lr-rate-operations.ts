import { WAD } from "./core-bench.ts";
import type { LrOperation } from "./lr-operations.ts";
import { vaultFor } from "./lr-state.ts";
import { MODE, POLICY, VaultBench } from "./vault-bench.ts";

/** Pushes a price with a fee on growth. */
const updatePrice: LrOperation = async (play, step) => {
  const [supply, total] = [play.need(step, "supply", "totalSupply"), play.need(step, "totalEth", "totalETH", "tvl")];
  const bench = await play.fresh({ mode: MODE.pushed });
  await bench.stage(supply, total);
  await bench.oracle.must("owner", ["pushRate", play.need(step, "oldPrice", "oldRate")]);
  await bench.oracle.must("owner", ["setFee", play.find(step, "feeBps") ?? 0n, await play.ground.actor("treasury")]);
  const [, fee] = await bench.oracle.ask("previewReport", total, supply);
  play.refusal = await bench.oracle.act("owner", ["push"]);
  play.saw(await bench.oracle.number("rate"), "price", "newPrice");
  play.saw(fee as bigint, "feeInEth", "feeEth", "fee");
  const minted = await bench.vault.number("balanceOf", await play.ground.actor("treasury"));
  play.saw(minted, "mintedFeeShares", "feeShares", "feeMint");
};

/** Which moves of the price a limit in whole percents blocks. */
const limit: LrOperation = async (play, step) => {
  const old = play.find(step, "old", "oldPrice", "from") ?? WAD;
  const bps = play.need(step, "percent", "limit", "limitPct") * 100n;
  for (const price of play.list(step, "moves", "prices", "to")) {
    const bounds = { rise: bps, drop: bps, policy: POLICY.reject, inWholePercents: true };
    const bench = await VaultBench.open(play.ground, { mode: MODE.quorum });
    await bench.report(old, WAD);
    await bench.bound(bounds);
    const outcome = await bench.report(price, WAD);
    play.saw(!outcome.ok, "blocked", "reverts");
    play.saw(outcome.ok, "passes", "accepted");
  }
};

const feeOnRaw: LrOperation = async (play, step) => {
  const bench = await play.bench();
  const [assets, bps] = [play.need(step, "assets", "amount"), play.need(step, "bps", "feeBps")];
  play.saw(await bench.vault.number("feeOn", assets, bps), "fees", "fee", "results");
};

const fee: LrOperation = async (play, step) => {
  const bench = await play.bench();
  const curve = [play.need(step, "capacity", "cap"), play.need(step, "drawDownLimit", "drawdownLimit", "floor")];
  const left = play.need(step, "bufferAfter", "after", "remaining");
  const at = async (min: bigint, max: bigint): Promise<bigint> => {
    await bench.vault.must("owner", ["setFeeCurve", [...curve, min, max, `0x${"00".repeat(20)}`]]);
    return await bench.vault.number("feeBpsAt", left);
  };
  play.saw(await at(play.need(step, "minBps", "min"), play.need(step, "maxBps", "max")), "feeBps", "fees", "results");
  play.saw(10_000n - (await at(0n, 10_000n)), "remainingCapacityBps", "remainingBps", "rem");
};

/** A view of the vault in the state that the vector gives. */
function view(names: readonly string[], read: (bench: VaultBench, amount: bigint) => Promise<bigint>): LrOperation {
  return async (play, step) => {
    const bench = await vaultFor(play, step, { mode: MODE.live });
    play.saw(await read(bench, play.find(step, "amount", "shares", "assets") ?? WAD), ...names, "results");
  };
}

/** Operations on rates and fees, by name. */
export const lrRateOperations: Readonly<Record<string, LrOperation>> = {
  ...{ updatePrice, updateRSETHPrice: updatePrice, limit, isNewPriceOffLimit: limit },
  ...{ feeOnRaw, fee, getFeeBasisPoints: fee },
  sharesForAmount: view(
    ["sharesForAmount"],
    async ({ vault }, amount) => await vault.number("convertToShares", amount),
  ),
  sharesForWithdrawalAmount: view(
    ["sharesForWithdrawalAmount"],
    async ({ vault }, amount) => await vault.number("sharesForWithdrawal", amount),
  ),
  amountForShare: view(["amountForShare"], async ({ vault }, shares) => await vault.number("convertToAssets", shares)),
  amountPerShareCeil: view(["amountPerShareCeil"], async ({ oracle }) => await oracle.number("rateUp")),
};
