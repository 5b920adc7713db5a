import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { endow } from "./reserve.ts";

const NOBODY = `0x${"00".repeat(20)}`;
const NO_LIMIT = (1n << 256n) - 1n;
const DAY = 86_400n;
/** 14:00 in New York, in winter. */
const CUTOFF = 19n * 3_600n;

const NAVS = ["nav", "navToday", "nav0", "navNow"] as const;
const NEXT = ["navNext", "nextNav", "nextDayNav", "navTomorrow", "nav1"] as const;
const TIMES = ["time", "at", "requestedAt", "submittedAt", "secondOfDay", "t", "timestamp"] as const;
const ASSETS = ["usdc", "assets", "amount"] as const;

interface Fund {
  readonly money: Deployed;
  readonly share: Deployed;
  readonly teller: Deployed;
}

/** Second of the day at which the case's order is placed. */
function placedAt(inputs: Inputs, cutoff: bigint): bigint {
  if (inputs.has(...TIMES)) return inputs.integer(...TIMES) % DAY;
  if (inputs.has("hour")) return inputs.integer("hour") * 3_600n;
  const late = inputs.raw("afterCutoff");
  return late === true || late === "true" || late === "1" ? cutoff : cutoff - 1n;
}

/** Seconds of the day from which the next day's value applies. */
function cutoffOf(inputs: Inputs): bigint {
  const given = inputs.has("cutoff", "cutOff") ? inputs.integer("cutoff", "cutOff") : CUTOFF;
  return given <= 24n ? given * 3_600n : given % DAY;
}

async function openFund(ground: Ground, inputs: Inputs, cutoff: bigint): Promise<Fund> {
  const owner = await ground.actor("owner");
  const money = await ground.token(6n);
  const share = await ground.deploy("FundShare", [owner, 6n]);
  const feeBps = inputs.integerOr(0n, "feeBps", "redeemFeeBps");
  const instantFeeBps = inputs.integerOr(feeBps, "instantFeeBps");
  const limits = { settleDelay: DAY, minAssets: 1n, minShares: 1n, instantLimit: NO_LIMIT };
  const teller = await ground.deploy("FundTeller", [
    [money, share, NOBODY],
    ...[owner, owner, { ...limits, feeBps, instantFeeBps }],
    [cutoff, inputs.integer(...NAVS)],
  ]);
  await share.must("owner", ["setTeller", teller]);
  await share.must("owner", ["setAllowed", await ground.actor("investor"), true]);
  return { money, share, teller };
}

/** Places an order, strikes the next day's value, waits, claims: what came [money, shares] and the value that applied. */
async function settle(
  ground: Ground,
  { teller }: Fund,
  order: { readonly request: readonly [string, bigint]; readonly nextNav: bigint },
): Promise<{ readonly assets: bigint; readonly shares: bigint; readonly nav: bigint; readonly fee: bigint }> {
  const investor = await ground.actor("investor");
  const [id] = await teller.must("investor", [...order.request, investor, investor]);
  const tomorrow = (ground.now / DAY + 1n) * DAY;
  await ground.advance(tomorrow - ground.now);
  await teller.must("owner", ["strike", order.nextNav]);
  await ground.advance(DAY);
  const [quote] = await teller.ask("quoteOf", id);
  const [assets, shares] = await teller.must("investor", ["claim", id, investor]);
  const { nav, fee } = quote as { readonly nav: bigint; readonly fee: bigint };
  return { assets: BigInt(String(assets)), shares: BigInt(String(shares)), nav, fee };
}

async function playFund(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const cutoff = cutoffOf(inputs);
  const second = placedAt(inputs, cutoff);
  // The first value is struck on the day of deployment, which is the day of the order.
  await ground.advance(DAY - (ground.now % DAY));
  const fund = await openFund(ground, inputs, cutoff);
  await endow(ground, fund.money, { to: "owner", amount: 10n ** 40n, spender: fund.teller });
  await fund.money.must("owner", ["transfer", fund.teller, 10n ** 40n]);
  await ground.advance(second);

  const today = inputs.integer(...NAVS);
  const nextNav = inputs.integerOr(today, ...NEXT);
  if (!inputs.has(...ASSETS)) {
    const shares = inputs.integer("shares");
    await grantShares(ground, fund, shares);
    return answer({ shares, nav: 0n }, await settle(ground, fund, { request: ["requestRedeem", shares], nextNav }));
  }
  const assets = inputs.integer(...ASSETS);
  await endow(ground, fund.money, { to: "investor", amount: assets, spender: fund.teller });
  const bought = await settle(ground, fund, { request: ["requestDeposit", assets], nextNav });
  if (bought.shares === 0n) return answer(bought, bought);

  // Redeemed days later at the value of the subscription.
  await fund.teller.must("owner", ["strike", bought.nav]);
  await ground.advance(second);
  const request = ["requestRedeem", bought.shares] as const;
  return answer(bought, await settle(ground, fund, { request, nextNav: bought.nav }));
}

function answer(
  bought: { readonly shares: bigint; readonly nav: bigint },
  redeemed: { readonly assets: bigint; readonly nav: bigint; readonly fee: bigint },
): Answer {
  const nav = bought.nav === 0n ? redeemed.nav : bought.nav;
  const [net, gross] = [redeemed.assets, redeemed.assets + redeemed.fee];
  return {
    ...{ shares: bought.shares, sharesOut: bought.shares, nav, navApplied: nav },
    ...{ redeemGross: gross, gross, redeemNet: net, net, usdcOut: net, fee: redeemed.fee },
  };
}

/** Gives the investor shares without a subscription. */
async function grantShares(ground: Ground, { share, teller }: Fund, shares: bigint): Promise<void> {
  await share.must("owner", ["setTeller", await ground.actor("owner")]);
  await share.must("owner", ["mint", await ground.actor("investor"), shares]);
  await share.must("owner", ["setTeller", teller]);
}

/** Cases about fund shares. */
export const fundKinds: readonly DefiKind[] = [
  {
    name: "subscription to a fund, and redemption",
    matches: (vector) =>
      NAVS.some((name) => hasInputs(vector, name)) &&
      [...ASSETS, "shares"].some((name) => hasInputs(vector, name)) &&
      expectsAny(vector, "shares", "sharesOut", "redeemGross", "redeemNet", "gross", "net", "navApplied", "usdcOut"),
    play: playFund,
  },
];
