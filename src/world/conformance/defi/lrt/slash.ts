import { CoreBench, WAD } from "../../lrt/core-bench.ts";
import { MODE, VaultBench } from "../../lrt/vault-bench.ts";
import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

/** Share of a whole that the published magnitudes are written in. */
const PARTS = 10_000n;
const GWEI = 10n ** 9n;

/** Several operator sets hold magnitudes of one operator; one of them slashes a part of its own. */
async function playMagnitudes(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [magnitudes, stake] = [inputs.integers("magnitudes"), inputs.integer("stake", "shares")];
  const whole = inputs.integerOr(PARTS, "of", "total", "maxMagnitude");
  const bench = await CoreBench.open(ground);
  const [manager, delegation] = [bench.part("restakingManager"), bench.part("operatorDelegation")];
  const operator = await bench.operator(magnitudes.map((magnitude) => (magnitude * WAD) / whole));
  await bench.endow("staker", manager, stake);
  await manager.must("staker", ["deposit", bench.strategy, stake]);
  const account = await ground.actor(operator);
  await delegation.must("staker", ["delegate", account, bench.noApproval]);

  const set = inputs.integerOr(1n, "set", "avs", "slashedSet");
  await bench.slash(operator, { set, wad: inputs.integer("wad", "wadToSlash") });
  const avs = await ground.actor("avs");
  const current: bigint[] = [];
  for (const at of magnitudes.keys()) {
    const [allocation] = await bench
      .part("allocationManager")
      .ask("allocationOf", account, [avs, BigInt(at + 1)], bench.strategy);
    current.push((allocation as { currentMagnitude: bigint }).currentMagnitude);
  }
  const max = await bench.part("allocationManager").number("maxMagnitude", account, bench.strategy);
  const shares = await delegation.number("operatorShares", account, bench.strategy);
  const [withdrawable] = await delegation.ask("withdrawableShares", await ground.actor("staker"), [bench.strategy]);
  const stakeAfter = [...(withdrawable as Iterable<bigint>)][0] ?? 0n;
  return {
    magnitudesAfter: current.map((magnitude) => (magnitude * whole) / WAD),
    ...{ total: (max * whole) / WAD, totalMagnitude: (max * whole) / WAD, maxMagnitude: (max * whole) / WAD },
    ...{ stakeAfter, sharesAfter: shares, slashed: stake - stakeAfter },
    // One floor each: of what the operator holds, the part that its magnitude is of the maximum.
    perSet: current.map((magnitude) => (max === 0n ? 0n : (shares * magnitude) / max)),
  };
}

/** What an AVS and then the consensus layer leave of one validator's ether. */
async function playDual(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [start, loss] = [inputs.integer("start", "stake"), inputs.integer("beaconLoss", "loss")];
  const bench = await CoreBench.open(ground);
  const [pods, delegation] = [bench.part("podManager"), bench.part("operatorDelegation")];
  const [beacon] = await pods.ask("beaconStrategy");
  const operator = await bench.operator([WAD], String(beacon));
  await pods.must("owner", ["setReporter", await ground.actor("reporter")]);
  const [podAddress] = await pods.must("staker", ["createPod"]);
  const pod = await ground.attach("MockPod", String(podAddress));
  await delegation.must("staker", ["delegate", await ground.actor(operator), bench.noApproval]);
  await report(pod, start);
  await pod.must("staker", ["verifyValidator", 0n]);
  const left = async (): Promise<bigint> => {
    const [shares] = await delegation.ask("withdrawableShares", await ground.actor("staker"), [beacon]);
    return [...(shares as Iterable<bigint>)][0] ?? 0n;
  };
  const slash = async (): Promise<void> => {
    await bench.slash(operator, { set: 1n, wad: inputs.integer("avsWad", "wad"), strategy: String(beacon) });
  };
  const drop = async (): Promise<void> => {
    await report(pod, start - loss);
    await pod.must("staker", ["checkpoint"]);
  };
  const isBeaconFirst = /beacon.*then.*(avs|slash)/i.test(vector.title) || "afterBeacon" in vector.expected;
  await (isBeaconFirst ? drop() : slash());
  const afterFirst = await left();
  await (isBeaconFirst ? slash() : drop());
  const afterBoth = await left();
  return { afterAvs: afterFirst, afterBeacon: afterFirst, afterBoth, final: afterBoth, withdrawable: afterBoth };
}

async function report(pod: Deployed, balance: bigint): Promise<void> {
  await pod.must("reporter", ["reportValidator", 0n, balance / GWEI, false]);
}

/** The rate in force when the tokens were forged, and the part of the supply that lay on other chains, as published. */
const PUBLISHED = { rate: (107n * WAD) / 100n, remoteHaircut: 7_354n };

/** Tokens without backing among backed ones: what each is short of, if all share the gap or only the remote ones do. */
async function playUnbacked(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [unbacked, total] = [inputs.integer("unbacked"), inputs.integer("totalSupplyAssumed", "totalSupply", "supply")];
  const rate = inputs.integerOr(PUBLISHED.rate, "rate", "price");
  const remote = inputs.integerOr(PUBLISHED.remoteHaircut, "remoteHaircutBps", "l2HaircutBps");
  const bench = await VaultBench.open(ground, { mode: MODE.quorum });
  const backed = total - unbacked;
  await bench.stage(backed * WAD, backed * WAD);
  await bench.vault.must("owner", ["mintUnbacked", await ground.actor("attacker"), unbacked * WAD]);
  const gap = await bench.vault.number("unbackedShares");
  const supply = await bench.vault.number("totalSupply");
  const haircut = (gap * WAD) / supply;
  await bench.report(rate, WAD);
  // What all tokens are good for at the reported rate, once the gap is shared by all of them.
  const value = await bench.vault.number("convertToAssets", WAD - haircut);
  return {
    ...{ haircutE18: haircut, haircut, haircutBps: (haircut * PARTS) / WAD, backedShare: WAD - haircut },
    ...{ valueAt107: value, value, valuePerToken: value },
    impliedRemoteSupply: (gap * PARTS) / remote / WAD,
  };
}

export const slashKinds: readonly DefiKind[] = [
  {
    name: "slash of one of several magnitudes",
    matches: (vector) => hasInputs(vector, "magnitudes"),
    play: playMagnitudes,
  },
  {
    name: "slash by an AVS and by the consensus layer",
    matches: (vector) => hasInputs(vector, "beaconLoss"),
    play: playDual,
  },
  {
    name: "haircut of an unbacked mint",
    matches: (vector) => hasInputs(vector, "unbacked"),
    play: playUnbacked,
  },
];
