import { setTimeout as sleep } from "node:timers/promises";

import { Contract, Interface, type JsonRpcSigner } from "ethers";

import {
  createWorld,
  defineScenario,
  each,
  ether,
  honestOperator,
  observer,
  percent,
  run,
  seconds,
  WAD,
  type ChainBackend,
  type ChainWorld,
  type PlannedAction,
  type Scenario,
} from "../../src/index.ts";

import { depositWorld } from "../deposit-world.ts";

/** Actions of one step. */
export const SIZE = 200;
/** Tokens of one deposit, and ether that one liquidation repays. */
const AMOUNT = ether("0.001");
/** Dollars per ether, 8 decimals. */
const PRICE = 230_000_000_000n;
const MILLION = 1_000_000_000_000n;
/** So much ether that nobody runs out, and so many dollars that no liquidation comes near their half. */
const DEEP = ether(1_000_000);

/** The same deed in two ways. */
export interface Work {
  readonly name: string;
  /** Contract of `bench/forge` whose loop does the same. */
  readonly loop: string;
  readonly world: ChainWorld;
  readonly actions: readonly PlannedAction[];
  /** The deed as one ethers transaction of a signer's, mined. */
  readonly transactBy: (signer: JsonRpcSigner) => () => Promise<void>;
}

const GAS = 1_000_000n;

/** One function of a contract as the set-up calls it: sent by the backend, so that nothing waits for a clock. */
function functionOf(backend: ChainBackend, to: string, signature: string) {
  const contract = new Interface([`function ${signature}`]);
  const name = signature.slice(0, signature.indexOf("("));
  return async (args: readonly unknown[], value = 0n): Promise<void> => {
    await backend.send({ to, data: contract.encodeFunctionData(name, args), gas: GAS, value });
  };
}

/** How often a sender asks whether its transaction is mined [ms]. */
const POLL = 4;

/**
 * One function of a contract as a user of ethers calls it: with an estimate of its gas, and a wait for its block.
 *
 * The wait asks for the receipt: ethers' own waits for the next block where the receipt was not there at once, and on a
 * chain that mines on demand that block may never come.
 */
function transactionOf(address: string, signature: string, args: readonly unknown[]) {
  return (signer: JsonRpcSigner) => {
    const contract = new Contract(address, [`function ${signature}`], signer);
    const method = contract.getFunction(signature.slice(0, signature.indexOf("(")));
    return async (): Promise<void> => {
      const { hash } = (await method(...args)) as { readonly hash: string };
      while ((await signer.provider.getTransactionReceipt(hash)) === null) await sleep(POLL);
    };
  };
}

/** Deploys the world of a scenario, at its time 0. */
async function worldOf(scenario: Scenario, backend: ChainBackend): Promise<ChainWorld> {
  let made: ChainWorld | undefined;
  await run(scenario, {
    createWorld: async (spec) => (made = await createWorld(spec, { backend })),
    steps: 1,
  });
  if (made === undefined) throw new Error("no world was made");
  return made;
}

const common = {
  seed: 1,
  clock: { step: seconds(12), steps: 1 },
  avss: { oracle: { module: { kind: "direct", slasher: "governor" } } },
} as const;
const operators = {
  count: 1,
  agent: honestOperator({}),
  stake: each(ether(100)),
  allocations: { oracle: percent(100) },
} as const;
const people = (role: string): readonly string[] => Array.from({ length: SIZE }, (_, at) => `${role}-${at + 1}`);

/** Deposits of delegated stakers into the restaking core. */
export async function deposits(backend: ChainBackend): Promise<Work> {
  const world = await createWorld(depositWorld(SIZE), { backend });
  const { asset_token: token = "", restakingManager: manager = "", strategy_token: strategy = "" } = world.addresses;
  const mint = functionOf(backend, token, "mint(address, uint256)");
  for (const staker of people("stakers")) await mint([world.accountOf(staker), ether(100)]);
  await mint([backend.sender, ether(1_000)]);
  await functionOf(backend, token, "approve(address, uint256)")([manager, ether(1_000)]);
  const { operatorDelegation: delegation = "" } = world.addresses;
  const approval = "(bytes signature, bytes32 salt, uint256 expiry)";
  const delegate = functionOf(backend, delegation, `delegate(address, ${approval})`);
  await delegate([world.accountOf("operator"), ["0x", `0x${"00".repeat(32)}`, 0n]]);
  return {
    name: "deposit of a delegated staker",
    loop: "DepositLoopTest",
    world,
    actions: people("stakers").map((agent) => ({
      agent,
      origin: "agent",
      action: { type: "deposit", strategy: "token", amount: AMOUNT },
    })),
    transactBy: transactionOf(manager, "deposit(address, uint256)", [strategy, AMOUNT]),
  };
}

const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const listing = { bonusFee: 1_000n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve };
const lending = { kind: "lending", market: "core" } as const;

/** A market with one position too large for its liquidators, who each take a little of it. */
function cascade(): Scenario {
  return defineScenario({
    ...common,
    name: "bench-liquidations",
    question: "How many liquidations a second?",
    lst: { initialStake: ether(1_000) },
    defi: {
      etherFeed: "ether",
      tokens: [
        { id: "weth", kind: "wrappedEther" },
        { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
      ],
      feeds: [
        { id: "ether", kind: "reported", answer: PRICE },
        { id: "one", kind: "fixed", base: null, decimals: 8 },
      ],
      lending: [
        {
          id: "core",
          reserves: [
            { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...listing },
            { token: "usd", feed: "one", ltv: 7_700n, lt: 8_000n, bonus: 10_500n, borrowable: false, ...listing },
          ],
          eModes: [],
          closeFactor: "default",
          flashFeeBps: 0n,
          insurance: [],
        },
      ],
    },
    populations: {
      operators,
      whale: {
        count: 1,
        agent: observer({}),
        positions: [
          { ...lending, supplied: { usd: each(1_000n * MILLION) }, borrowed: { weth: each(ether(330_000)) } },
        ],
      },
      lenders: { count: 1, agent: observer({}), positions: [{ ...lending, supplied: { weth: each(DEEP) } }] },
      liquidators: { count: SIZE, agent: observer({}), tokens: { weth: each(ether(1_000)) } },
      governor: { count: 1, agent: observer({}) },
    },
    metrics: {},
  });
}

/** Liquidations of one large position, each of a little. */
export async function liquidations(backend: ChainBackend): Promise<Work> {
  const world = await worldOf(cascade(), backend);
  const { time } = await world.read();
  const rise: PlannedAction = {
    agent: "protocol",
    origin: "shock",
    action: { type: "setAnswer", feed: "ether", answer: (PRICE * 12n) / 10n },
  };
  const [risen] = await world.perform({ time: time + 12n, actions: [rise] });
  if (risen?.outcome.status !== "ok") throw new Error(`the price does not rise: ${JSON.stringify(risen?.outcome)}`);
  const { token_weth: weth = "", token_usd: usd = "", lendingPool_core: pool = "" } = world.addresses;
  await functionOf(backend, weth, "wrap() payable")([], ether(1_000));
  await functionOf(backend, weth, "approve(address, uint256)")([pool, DEEP]);
  const liquidate = "liquidate(address, address, address, uint256, bool)";
  return {
    name: "liquidation of a little of one position",
    loop: "LiquidationLoopTest",
    world,
    actions: people("liquidators").map((agent) => ({
      agent,
      origin: "agent",
      action: {
        ...{ type: "liquidate", market: "core", borrower: "whale", collateral: "usd", debt: "weth" },
        ...{ amount: AMOUNT, sellOn: null, minProfit: 0n },
      } as const,
    })),
    transactBy: transactionOf(pool, liquidate, [usd, weth, world.accountOf("whale"), AMOUNT, false]),
  };
}
