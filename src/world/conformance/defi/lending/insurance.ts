import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { PooledMarket, type Reserve } from "./market.ts";

interface Insured {
  readonly market: PooledMarket;
  readonly reserve: Reserve;
  readonly feed: Deployed;
  readonly module: Deployed;
}

/** An insurance module over a token of its own price, in which `stake` is staked. */
async function insure(ground: Ground, stake: bigint, price: bigint): Promise<Insured> {
  const market = await PooledMarket.open(ground);
  const reserve = await market.list({ price });
  const underlying = await ground.token();
  const feed = await market.feed(price);
  const terms = {
    owner: await ground.actor("owner"),
    pool: market.pool,
    reserve: reserve.token,
    underlying,
    underlyingFeed: feed,
    maxAge: 2n ** 64n,
    receiver: await ground.actor("treasury"),
    offset: 0n,
    feeBps: 0n,
    cooldown: 20n * 86_400n,
    window: 2n * 86_400n,
  };
  const module = await ground.deploy("InsuranceModule", [terms, 1]);
  await market.book.must("owner", ["setInsurer", reserve.token, module]);
  await market.fund("staker", underlying, module);
  await module.must("staker", ["deposit", stake, await ground.actor("staker")]);
  return { market, reserve, feed, module };
}

interface Slash {
  readonly slashable: bigint;
  readonly asked: bigint;
  readonly slashed: bigint;
  readonly covered: bigint;
}

async function playSlash(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [deficit, offset] = [inputs.integer("poolDeficit", "deficit"), inputs.integerOr(0n, "offset")];
  const [pending, staked] = [inputs.integerOr(0n, "pending"), inputs.integer("stakedAssets", "staked", "assets")];
  const price = inputs.integer("reservePrice");
  const insured = await insure(ground, staked + pending, price);
  const { market, reserve, feed, module } = insured;
  if (pending > 0n) {
    // While prices are equal and nothing is offset, a slash takes what is pending and no more.
    await market.addDeficit(reserve, pending);
    await module.must("keeper", ["slash"]);
  }
  const before = await module.number("totalAssets");
  const receiver = await ground.actor("treasury");
  await module.must("owner", ["setConditions", offset, inputs.integerOr(0n, "feeBps", "fee"), receiver]);
  await feed.must("owner", ["setRound", inputs.integer("underlyingPrice", "stakePrice"), ground.now]);
  await market.addDeficit(reserve, deficit - pending);

  const [preview] = await module.ask("previewSlash");
  const outcome = await module.act("keeper", ["slash"]);
  const did = outcome.ok ? (outcome.values[0] as Slash) : (preview as Slash);
  const assets = await module.number("totalAssets");
  const pendingAfter = await module.number("pending");
  return {
    ...{ newDeficit: did.slashable, slashable: did.slashable, toSlash: did.asked, slashed: before - assets },
    ...{ covered: did.covered, pendingAfter, assetsAfter: assets, stakedAfter: assets },
    ...{ stakerHaircutBps: before === 0n ? 0n : ((before - assets) * 10_000n) / before },
    ...{ deficitAfterCover: await cover(insured, ground), reverts: !outcome.ok },
  };
}

/** Deficit that is left once what is pending has been covered with claims. */
async function cover({ market, reserve, module }: Insured, ground: Ground): Promise<bigint> {
  const pending = await module.number("pending");
  if (pending > 0n) {
    await market.supply("treasury", reserve, pending);
    const claim = await ground.attach("SupplyClaim", (reserve.listing["claim"] as Deployed).address);
    await claim.must("treasury", ["approve", module, 2n ** 256n - 1n]);
    await module.must("treasury", ["coverPending", pending]);
  }
  return (await market.books(reserve))["deficit"] ?? 0n;
}

/** Cases about the insurance of a pooled market. */
export const insuranceKinds: readonly DefiKind[] = [
  {
    name: "slash of an insurance module",
    matches: (vector) =>
      hasInputs(vector, "reservePrice", "underlyingPrice") &&
      (hasInputs(vector, "poolDeficit") || hasInputs(vector, "stakedAssets")),
    play: playSlash,
  },
];
