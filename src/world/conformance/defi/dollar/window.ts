import type { Answer } from "../answer.ts";
import type { Deployed, Outcome } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { endow, mintDollars, openReserve, type Reserve } from "./reserve.ts";

const NO_LIMIT = (1n << 256n) - 1n;
const NOBODY = `0x${"00".repeat(20)}`;

/** A window for gems with `decimals`, wide open. */
async function openWindow(ground: Ground, at: Reserve, decimals: bigint): Promise<{ gem: Deployed; window: Deployed }> {
  const gem = await ground.token(decimals);
  const window = await ground.deploy("SwapWindow", [await ground.actor("owner"), at.dollar, gem, at.reserve]);
  await at.dollar.must("owner", ["setIssuer", window, true]);
  return { gem, window };
}

/** What a swap came to; nothing where the fee takes all of it, which the window refuses, and null where it is shut. */
function exchanged(outcome: Outcome): bigint | null {
  if (outcome.ok) return BigInt(String(outcome.values[0]));
  return outcome.reason === "SwapWindowZeroAmount" ? 0n : null;
}

async function playSwaps(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const at = await openReserve(ground);
  const { gem, window } = await openWindow(ground, at, inputs.integerOr(6n, "decimals", "gemDecimals"));
  const amount = inputs.integer("gem", "gemAmt", "gems");
  const fees = [inputs.integerOr(0n, "tin"), inputs.integerOr(0n, "tout")];
  const trader = await ground.actor("trader");

  // Somebody filled the window before, so that there is something to buy even where selling is shut.
  await endow(ground, gem, { to: "trader", amount: 2n * amount, spender: window });
  await window.must("trader", ["sellGem", trader, amount]);
  await window.must("owner", ["setFees", ...fees]);
  if (inputs.has("cap", "debtCeiling")) await window.must("owner", ["setCap", inputs.integer("cap", "debtCeiling")]);
  const sold = await window.act("trader", ["sellGem", trader, amount]);
  await mintDollars(ground, at, { to: "trader", amount: 2n * amount * (await window.number("factor")) });
  const bought = await window.act("trader", ["buyGem", trader, amount]);
  const [sellOut, buyIn] = [sold, bought].map(exchanged);
  return {
    ...{ sellOut: sellOut ?? null, daiOut: sellOut ?? null, buyIn: buyIn ?? null, daiIn: buyIn ?? null },
    ...{ sellHalted: !sold.ok, buyHalted: !bought.ok },
    ...{ sellRevert: sold.ok ? null : sold.reason, buyRevert: bought.ok ? null : bought.reason },
  };
}

const EDGES = [
  ["freezeLo", "freezeLow", "freezeLower"],
  ["freezeHi", "freezeHigh", "freezeUpper"],
  ["unfreezeLo", "unfreezeLow", "unfreezeLower"],
  ["unfreezeHi", "unfreezeHigh", "unfreezeUpper"],
] as const;

/** Prices and edges count in the same unit, whichever it is. */
async function playBand(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const at = await openReserve(ground);
  const { window } = await openWindow(ground, at, 6n);
  const [freezeLow, freezeHigh, unfreezeLow, unfreezeHigh] = EDGES.map((names) => inputs.integer(...names));
  const settings = { description: "gem", decimals: 18n, minAnswer: 0n, maxAnswer: 1n << 200n, heartbeat: 1n };
  const feed = await ground.deploy("ReportedFeed", [await ground.actor("owner"), settings, NOBODY, 0n]);
  await window.must("owner", ["setBand", feed, NO_LIMIT, { freezeLow, freezeHigh, unfreezeLow, unfreezeHigh }]);
  const frozen: boolean[] = [];
  for (const price of inputs.has("prices") ? inputs.integers("prices") : [inputs.integer("price")]) {
    await feed.must("owner", ["setRound", price, ground.now]);
    await window.act("keeper", ["poke"]);
    const [isFrozen] = await window.ask("isFrozen");
    frozen.push(isFrozen === true);
  }
  const transitions = frozen.filter((state, k) => state !== (frozen[k - 1] ?? false)).length;
  const last = frozen.at(-1) ?? false;
  return { frozen: inputs.has("prices") ? frozen : last, isFrozen: last, states: frozen, transitions };
}

/** Cases about the swap window. */
export const windowKinds: readonly DefiKind[] = [
  {
    name: "freeze band of the swap window",
    matches: (vector) => EDGES.every((names) => names.some((name) => hasInputs(vector, name))),
    play: playBand,
  },
  {
    name: "swap window at par with fees",
    matches: (vector) =>
      ["gem", "gemAmt", "gems"].some((name) => hasInputs(vector, name)) &&
      ["tin", "tout"].some((name) => hasInputs(vector, name)),
    play: playSwaps,
  },
];
