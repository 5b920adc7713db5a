/**
 * Times steps of 25, 100 and 200 actions through the stage against as many transactions of ethers, one right after the
 * other: actions a second by the size of a step, as paired ratios.
 *
 * Run: `npm run bench:stage`; BENCH_PAIRS=2 for a first look (5 pairs).
 */
import { mkdir, writeFile } from "node:fs/promises";

import { Contract } from "ethers";
import { network } from "hardhat";

import {
  createEip1193Backend,
  createWorld,
  ether,
  hardhatDialect,
  type ChainBackend,
  type ChainWorld,
  type PlannedAction,
} from "../src/index.ts";
import { depositWorld } from "./deposit-world.ts";
import { type Cost, costOf, describeMachine, readOptions, show, spread, wholeFrom } from "./measure.ts";

await readOptions(import.meta.url);

/** Actions of one step: the network's record of a transaction grows with it, and what that costs is part of the answer. */
const STEP_SIZES = [25, 100, 200] as const;
const ACTIONS = Math.max(...STEP_SIZES);
/** How often both ways are timed, one right after the other, in alternating order. */
const PAIRS = wholeFrom("BENCH_PAIRS", 5);
/** Tokens of one deposit [wei]. */
const AMOUNT = ether("0.001");
/** Seconds between steps: far more than the transactions in between take. */
const JUMP = 1_000_000n;
const AGENTS = Array.from({ length: ACTIONS }, (_, index) => `stakers-${index + 1}`);
const RESULTS = new URL("./results/", import.meta.url);

interface Sent {
  wait(): Promise<unknown>;
}

/** Spares the estimate that ethers asks for before it sends. */
const TUNED = { gasLimit: 1_000_000n };

/** One function of a contract as a user of Hardhat's ethers calls it. */
function functionOf(address: string, signature: string, overrides: Partial<typeof TUNED> = {}) {
  const contract = new Contract(address, [`function ${signature}`], signer);
  const method = contract.getFunction(signature.slice(0, signature.indexOf("(")));
  return async (...args: readonly unknown[]): Promise<void> => {
    await ((await method(...args, overrides)) as Sent).wait();
  };
}

/** The chain's own share of what happens while it is watched. */
function watch(backend: ChainBackend): { take(): number } {
  let spent = 0;
  const { provider } = backend;
  const inner = provider.request.bind(provider);
  provider.request = async (request) => {
    const start = performance.now();
    try {
      return await inner(request);
    } finally {
      spent += (performance.now() - start) / 1000;
    }
  };
  return {
    take: () => {
      const taken = spent;
      spent = 0;
      return taken;
    },
  };
}

interface Pair {
  readonly stage: Cost;
  /** One ethers transaction each, as one writes it. */
  readonly single: Cost;
  /** The same with the gas limit given. */
  readonly tuned: Cost;
  /** Part of the stage's time that the chain took. */
  readonly chain: number;
}

/** The same deed both ways. */
interface Work {
  readonly name: string;
  readonly action: PlannedAction["action"];
  /** One ethers transaction of the deed, mined. */
  readonly transact: () => Promise<void>;
  /** The same with the gas limit given. */
  readonly transactTuned: () => Promise<void>;
}

/** A chain with wallets filled, and the two works on it. */
async function prepareWorks(world: ChainWorld, sender: string): Promise<readonly Work[]> {
  const { asset_token: token = "", restakingManager: manager = "", strategy_token: strategy = "" } = world.addresses;
  const mint = functionOf(token, "mint(address, uint256)");
  for (const agent of AGENTS) await mint(world.accountOf(agent), ether(1));
  await mint(sender, ether(1_000));
  await functionOf(token, "approve(address, uint256)")(manager, ether(1_000_000));
  const approval = "(bytes signature, bytes32 salt, uint256 expiry)";
  const { operatorDelegation: delegation = "" } = world.addresses;
  const delegate = functionOf(delegation, `delegate(address, ${approval})`);
  await delegate(world.accountOf("operator"), ["0x", `0x${"00".repeat(32)}`, 0n]);
  const deposit = "deposit(address, uint256)";
  const transfer = "transfer(address, uint256)";
  const ways = (address: string, signature: string) => ({
    transact: async () => {
      await functionOf(address, signature)(strategy, AMOUNT);
    },
    transactTuned: async () => {
      await functionOf(address, signature, TUNED)(strategy, AMOUNT);
    },
  });
  return [
    {
      name: "token transfer to the strategy",
      action: { type: "donate", strategy: "token", amount: AMOUNT },
      ...ways(token, transfer),
    },
    {
      name: "deposit of a delegated staker",
      action: { type: "deposit", strategy: "token", amount: AMOUNT },
      ...ways(manager, deposit),
    },
  ];
}

/** Times one work both ways, warm, in pairs of alternating order. */
async function measure(bench: { world: ChainWorld; watched: ReturnType<typeof watch>; size: number }, work: Work) {
  const { world, watched, size } = bench;
  const actions = AGENTS.slice(0, size).map((agent): PlannedAction => ({
    agent,
    origin: "agent",
    action: work.action,
  }));
  let chain = 0;
  const onStage = async (): Promise<Cost> => {
    const { time } = await world.read();
    return await costOf(async () => {
      watched.take();
      const results = await world.perform({ time: time + JUMP, actions });
      chain = watched.take();
      const failed = results.find(({ outcome }) => outcome.status !== "ok");
      if (failed !== undefined) throw new Error(`${work.name} failed: ${JSON.stringify(failed.outcome)}`);
    });
  };
  const oneByOne = async (transact: () => Promise<void>): Promise<Cost> =>
    await costOf(async () => {
      for (let i = 0; i < size; i += 1) await transact();
    });
  await onStage();
  await oneByOne(work.transact);
  await oneByOne(work.transactTuned);
  const pairs: Pair[] = [];
  for (let i = 0; i < PAIRS; i += 1) {
    const first = i % 2 === 0 ? undefined : await oneByOne(work.transact);
    const stage = await onStage();
    const single = first ?? (await oneByOne(work.transact));
    pairs.push({ stage, chain, single, tuned: await oneByOne(work.transactTuned) });
  }
  return pairs;
}

const connection = await network.create("default");
const [signer] = await connection.ethers.getSigners();
if (signer === undefined) throw new Error("the network has no account");
const backend = await createEip1193Backend(connection.provider, {
  dialect: hardhatDialect,
  close: async () => {
    await connection.close();
  },
});
const watched = watch(backend);
const world = await createWorld(depositWorld(AGENTS.length), { backend });
const works = [];
console.log(`in-process network, ${PAIRS} pairs in alternating order; median (least to most)`);
const prepared = await prepareWorks(world, signer.address);
for (const [work, size] of prepared.flatMap((one) => STEP_SIZES.map((actions) => [one, actions] as const))) {
  const pairs = await measure({ world, watched, size }, work);
  const result = {
    work: work.name,
    actions: size,
    stagePerSecond: spread(pairs.map(({ stage }) => size / stage.wall)),
    singlePerSecond: spread(pairs.map(({ single }) => size / single.wall)),
    ratio: spread(pairs.map(({ stage, single }) => single.wall / stage.wall)),
    tunedRatio: spread(pairs.map(({ stage, tuned }) => tuned.wall / stage.wall)),
    cpuRatio: spread(pairs.map(({ stage, single }) => single.cpu / stage.cpu)),
    chainShareOfStage: spread(pairs.map(({ stage, chain }) => chain / stage.wall)),
  };
  works.push(result);
  const share = (result.chainShareOfStage.median * 100).toFixed(0);
  console.log(`\n${work.name}, ${size} actions a step`);
  console.log(`  through the stage       ${show(result.stagePerSecond, 0)} actions/s`);
  console.log(`  one ethers transaction  ${show(result.singlePerSecond, 0)} actions/s`);
  console.log(`  ratio                   ${show(result.ratio, 1)}`);
  console.log(`  with the gas limit given (no estimate): ratio ${show(result.tunedRatio, 1)}`);
  console.log(`  ratio in processor time ${show(result.cpuRatio, 1)}`);
  console.log(`  what limits the stage   the chain takes ${share} % of its time: the EVM, which records every opcode`);
}
await world.close();
const machine = await describeMachine();
await mkdir(RESULTS, { recursive: true });
const text = JSON.stringify({ benchmark: "stage-throughput", pairs: PAIRS, works, machine }, null, 2);
await writeFile(new URL("stage-throughput.json", RESULTS), `${text}\n`);
