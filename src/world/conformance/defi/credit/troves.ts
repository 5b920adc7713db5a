import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployBranch, deposit, FLOOR, placeTrove } from "./branch-ground.ts";

const WAD = 10n ** 18n;
/** Debt and collateral of the trove that takes over what others leave: far more than any case moves. */
const OTHER = { debt: 10n ** 30n, collateral: 10n ** 30n };
/** What a redistribution costs where a case does not say: ether 10 %, staked ether 20 %. */
const REDISTRIBUTION = { ether: WAD / 10n, staked: WAD / 5n };

function redistributionPenaltyOf(inputs: Inputs): bigint {
  const names = ["redistributionPenalty", "penaltyRedistribution", "redistPenalty", "penaltyRedist", "pR"] as const;
  if (inputs.has(...names)) return inputs.integer(...names);
  const words = `${inputs.text("branch", "collateral")} ${inputs.vector.title}`.toLowerCase();
  const penalties = [...words.matchAll(/(\d+)\s*%\s*(?:redistribution\s+)?penalty/g)].map(([, percent]) =>
    BigInt(percent ?? 0),
  );
  const named = penalties.find((percent) => percent >= 10n);
  const isStaked = /staked|\blst\b|steth|reth|\blrt\b/.test(words);
  if (named !== undefined) return (named * WAD) / 100n;
  return isStaked ? REDISTRIBUTION.staked : REDISTRIBUTION.ether;
}

/** `sp` is what the stability pool can pay: its deposits without the dollar that always stays. */
async function playLiquidation(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const place = await deployBranch(ground, {
    price: inputs.integer("price"),
    poolPenalty: inputs.integerOr(WAD / 20n, "poolPenalty", "spPenalty", "penaltySP", "pSP"),
    redistributionPenalty: redistributionPenaltyOf(inputs),
  });
  const trove = { debt: inputs.integer("debt"), collateral: inputs.integer("coll", "collateral") };
  const id = await placeTrove(place, await ground.actor("borrower"), trove);
  await placeTrove(place, await ground.actor("other"), OTHER);
  const available = inputs.integer("sp", "spDeposits", "boldInSP");
  if (available > 0n) await deposit(place, "other", available + FLOOR);
  const [split] = await place.branch.must("liquidator", ["liquidate", id]);
  const [debtToOffset, collToSP, collGasComp, debtToRedistribute, collToRedistribute, collSurplus] =
    split as readonly bigint[];
  const answer = { debtToOffset, collToSP, collGasComp, debtToRedistribute, collToRedistribute, collSurplus };
  return answer as Record<string, bigint>;
}

async function playRedemption(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [amount, price, rate] = [inputs.integer("bold", "amount"), inputs.integer("price"), inputs.integer("rate")];
  const place = await deployBranch(ground, { price });
  const redeemer = await ground.actor("redeemer");
  await placeTrove(place, redeemer, {
    debt: amount + 10n ** 24n,
    collateral: (10n * (amount + 10n ** 24n) * WAD) / price,
  });
  await place.branch.must("registry", ["redeem", redeemer, amount, rate, 0n]);
  const collLot = await place.collateral.number("balanceOf", redeemer);
  const [correspondingColl, collFee] = await place.branch.ask("previewRedemption", amount, price, rate);
  return { correspondingColl: correspondingColl as bigint, collFee: collFee as bigint, collLot };
}

async function playUrgentRedemption(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [amount, price] = [inputs.integer("bold", "amount"), inputs.integer("price")];
  const place = await deployBranch(ground, { price });
  const redeemer = await ground.actor("redeemer");
  const trove = { debt: inputs.integer("debt"), collateral: inputs.integer("coll", "collateral") };
  const id = await placeTrove(place, redeemer, trove);
  await place.branch.must("anybody", ["shutDown"]);
  const [boldLot] = await place.branch.must("redeemer", ["redeemUrgently", amount, [id], 0n]);
  const most = amount < trove.debt ? amount : trove.debt;
  const [, uncappedColl] = await place.branch.ask("previewUrgentRedemption", most, 2n ** 200n, price);
  return {
    uncappedColl: uncappedColl as bigint,
    boldLot: boldLot as bigint,
    collLot: await place.collateral.number("balanceOf", redeemer),
  };
}

async function playUpfrontFee(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const { branch } = await deployBranch(ground, { price: WAD });
  const [debt, rate] = [inputs.integer("debt"), inputs.integer("avgRate", "averageRate", "avgInterestRate")];
  const fee = await branch.number("previewUpfrontFee", debt, rate);
  return { fee, upfrontFee: fee };
}

/** A registry that was made with the base rate, minutes ago; `fraction` of the supply is then redeemed. */
async function playBaseRate(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [baseRate, minutes] = [inputs.integerOr(WAD, "baseRate"), inputs.integer("minutes")];
  const owner = await ground.actor("owner");
  const dollar = await ground.deploy("SyntheticDollar", [owner]);
  const registry = await ground.deploy("BranchRegistry", [owner, dollar, baseRate]);
  const fraction = inputs.integerOr(0n, "fraction", "redeemedFraction");
  const [decayFactor, newBase, redemptionRate] = await registry.ask(
    "previewBaseRate",
    baseRate,
    minutes,
    fraction,
    WAD,
  );
  await ground.advance(minutes * 60n);
  return {
    decayFactor: decayFactor as bigint,
    decayed: await registry.number("decayedBaseRate"),
    newBase: newBase as bigint,
    redemptionRate: redemptionRate as bigint,
  };
}

/** Cases about branches of debt. */
export const troveKinds: readonly DefiKind[] = [
  {
    name: "liquidation of a trove",
    matches: (vector) =>
      hasInputs(vector, "debt", "price") && expectsAny(vector, "debtToOffset", "collToSP", "debtToRedistribute"),
    play: playLiquidation,
  },
  {
    name: "redemption from a trove",
    matches: (vector) =>
      hasInputs(vector, "price", "rate") && expectsAny(vector, "collFee", "correspondingColl", "collLot"),
    play: playRedemption,
  },
  {
    name: "urgent redemption from a trove",
    matches: (vector) => hasInputs(vector, "price", "debt") && expectsAny(vector, "boldLot", "uncappedColl"),
    play: playUrgentRedemption,
  },
  {
    name: "upfront fee of a trove",
    matches: (vector) =>
      hasInputs(vector, "debt") &&
      ["avgRate", "averageRate", "avgInterestRate"].some((name) => vector.inputs[name] !== undefined) &&
      expectsAny(vector, "fee", "upfrontFee"),
    play: playUpfrontFee,
  },
  {
    name: "base rate of redemptions",
    matches: (vector) =>
      hasInputs(vector, "minutes") && expectsAny(vector, "decayFactor", "decayed", "newBase", "redemptionRate"),
    play: playBaseRate,
  },
];
