import type { NetworkConnection } from "hardhat/types/network";

import core from "../../deploy/core.ts";
import slashing from "../../deploy/slashing.ts";
import { plainServiceModule } from "../../deploy/avs.ts";

export const WAD = 10n ** 18n;
export const STAKE = 100n * WAD;
export const MAGNITUDE = WAD / 5n;

/** Mirrors the core's parameters in these tests [blocks]. */
export const DEALLOCATION_DELAY = 50n;
export const COOLDOWN = 20n;

/** Sets of the service: each has another slasher module, and `spare` none of ours. */
export const SET = { instant: 1, veto: 2, optimistic: 3, spare: 4 } as const;

export interface Statement {
  avs: string;
  setId: number;
  topic: string;
  round: bigint;
  value: string;
}

const STATEMENT_TYPES = {
  Statement: [
    { name: "avs", type: "address" },
    { name: "setId", type: "uint32" },
    { name: "topic", type: "bytes32" },
    { name: "round", type: "uint64" },
    { name: "value", type: "bytes32" },
  ],
};

const REGISTRATION_TYPES = {
  KeyRegistration: [
    { name: "operator", type: "address" },
    { name: "key", type: "address" },
  ],
};

const STATEMENT_TUPLE = "tuple(address avs,uint32 setId,bytes32 topic,uint64 round,bytes32 value)";
const VERDICT_TUPLE =
  "tuple(address operator,uint48 faultTime,bytes32 faultId,address[] strategies,uint256[] fractions,string reason)";

/** Deploys the core, two strategies and everything of the slashing room that AVSs share. */
async function deployContracts(connection: NetworkConnection) {
  const { ethers, ignition } = connection;
  const restaking = await ignition.deploy(core, {
    parameters: { RestakingCore: { deallocationDelay: DEALLOCATION_DELAY } },
  });
  const [slasher, registry] = [await restaking.slasher.getAddress(), await restaking.avsRegistry.getAddress()];
  const shared = await ignition.deploy(slashing, {
    parameters: { Slashing: { slasher, avsRegistry: registry, cooldown: COOLDOWN } },
  });
  const token = await ethers.deployContract("Token__MockForStrategy");
  const manager = await restaking.restakingManager.getAddress();
  const strategies = [];
  for (let index = 0; index < 2; index++) {
    strategies.push(await ethers.deployContract("Strategy", [token, manager]));
  }
  const addresses = await Promise.all(strategies.map(async (strategy) => BigInt(await strategy.getAddress())));
  // The core wants ascending addresses; the second strategy may have the lower one.
  if (addresses.every((address, index) => index === 0 || address < (addresses[index - 1] ?? 0n))) strategies.reverse();

  return {
    token,
    strategies,
    restaking: await ethers.getContractAt("RestakingManager", restaking.restakingManager),
    delegation: await ethers.getContractAt("OperatorDelegation", restaking.operatorDelegation),
    registry: await ethers.getContractAt("AVSRegistry", restaking.avsRegistry),
    allocations: await ethers.getContractAt("AllocationManager", restaking.allocationManager),
    slasher: await ethers.getContractAt("Slasher", restaking.slasher),
    keys: await ethers.getContractAt("OperatorKeys", shared.operatorKeys),
    instant: await ethers.getContractAt("InstantSlasher", shared.instantSlasher),
    veto: await ethers.getContractAt("VetoSlasher", shared.vetoSlasher),
    optimistic: await ethers.getContractAt("OptimisticSlasher", shared.optimisticSlasher),
    ledger: await ethers.getContractAt("SlashLedger", shared.slashLedger),
  };
}

/** Deploys a whole slashing world: a launched service with four sets, three operators with stake, keys and allocations. */
export async function deploySlashing(connection: NetworkConnection) {
  const { ethers, ignition } = connection;
  const contracts = await deployContracts(connection);
  const [owner, ada, bob, cyd, watcher, judge, other] = await ethers.getSigners();
  if (!owner || !ada || !bob || !cyd || !watcher || !judge || !other) throw new RangeError("too few accounts");
  const { service: deployed } = await ignition.deploy(plainServiceModule, {
    parameters: {
      PlainService: {
        owner: owner.address,
        avsRegistry: await contracts.registry.getAddress(),
        operatorKeys: await contracts.keys.getAddress(),
      },
    },
  });
  const service = await ethers.getContractAt("PlainService", deployed);
  await contracts.restaking.setWhitelisted(contracts.strategies, true);
  await service.launch("ipfs://service");
  const { instant, veto, optimistic, strategies } = contracts;
  const slashers = [instant, veto, optimistic, owner];
  for (const [index, slasher] of slashers.entries()) {
    await service.createSet({
      id: index + 1,
      // In any order: the modules sort them for the core.
      strategies: index === 1 ? strategies.toReversed() : strategies,
      slasher,
      recipient: ethers.ZeroAddress,
      releaseDelay: 0,
      hook: ethers.ZeroAddress,
    });
  }
  const world = { connection, ...contracts, service, owner, ada, bob, cyd, watcher, judge, other };
  for (const operator of [ada, bob, cyd]) {
    await enrol(world, operator);
    await join(world, operator, { avs: await service.getAddress(), ids: Object.values(SET) });
  }
  return world;
}

export type SlashingContracts = Awaited<ReturnType<typeof deployContracts>> & { connection: NetworkConnection };
export type SlashingWorld = Awaited<ReturnType<typeof deploySlashing>>;
type Signer = SlashingWorld["ada"];

/** Returns the signing key of an operator: made from its address, so that every test knows it. */
export function keyOf(world: Pick<SlashingContracts, "connection">, operator: Signer, generation = 0) {
  const { ethers } = world.connection;
  return new ethers.Wallet(ethers.id(`${operator.address}/${generation}`));
}

/** Gives an operator stake in both strategies, makes it an operator and registers its key. */
export async function enrol(world: SlashingContracts, operator: Signer) {
  const { token, restaking, delegation, strategies } = world;
  for (const strategy of strategies) {
    await token.mint(operator, STAKE);
    await token.connect(operator).approve(restaking, STAKE);
    await restaking.connect(operator).deposit(strategy, STAKE);
  }
  await delegation.connect(operator).registerAsOperator(world.connection.ethers.ZeroAddress, 0, "");
  await registerKey(world, operator);
}

/** Registers an operator's key of some generation. */
export async function registerKey(world: SlashingContracts, operator: Signer, generation = 0) {
  const key = keyOf(world, operator, generation);
  const message = { operator: operator.address, key: key.address };
  const proof = await key.signTypedData(await domainOf(world), REGISTRATION_TYPES, message);
  await world.keys.connect(operator).registerKey(key.address, proof);
}

/** Makes an operator join sets of an AVS and allocate to them. */
export async function join(
  world: SlashingContracts,
  operator: Signer,
  { avs, ids }: { avs: string; ids: readonly number[] },
) {
  await world.registry.connect(operator).registerForOperatorSets(avs, [...ids], "0x");
  const params = ids.map((id) => ({
    set: { avs, id },
    strategies: world.strategies,
    newMagnitudes: world.strategies.map(() => MAGNITUDE),
  }));
  await world.allocations.connect(operator).modifyAllocations(params);
}

async function domainOf(world: SlashingContracts) {
  const { chainId } = await world.connection.ethers.provider.getNetwork();
  return {
    name: "Faultline Operator Keys",
    version: "1",
    chainId,
    verifyingContract: await world.keys.getAddress(),
  };
}

/** A statement and who signs it, with the key of some generation. */
export interface Signing {
  by: Signer;
  says: Statement;
  generation?: number;
}

/** Signs a statement with an operator's key. */
export async function sign(world: SlashingContracts, { by, says, generation = 0 }: Signing) {
  return await keyOf(world, by, generation).signTypedData(await domainOf(world), STATEMENT_TYPES, says);
}

/** Encodes one signed statement as evidence. */
export async function signedEvidence(world: SlashingContracts, signing: Signing) {
  const coder = world.connection.ethers.AbiCoder.defaultAbiCoder();
  return coder.encode([STATEMENT_TUPLE, "bytes"], [signing.says, await sign(world, signing)]);
}

/** Encodes two signed statements as evidence. */
export async function equivocation(world: SlashingContracts, first: Signing, second: Signing) {
  const coder = world.connection.ethers.AbiCoder.defaultAbiCoder();
  return coder.encode(
    [STATEMENT_TUPLE, "bytes", STATEMENT_TUPLE, "bytes"],
    [first.says, await sign(world, first), second.says, await sign(world, second)],
  );
}

export interface VerdictParts {
  operator: string;
  faultTime: bigint;
  faultId?: string;
  strategies?: string[];
  fractions?: bigint[];
  reason?: string;
}

/** Encodes a verdict as evidence for the scripted rule. */
export function scripted(world: Pick<SlashingContracts, "connection">, parts: VerdictParts) {
  const { ethers } = world.connection;
  const verdict = { faultId: ethers.id("fault"), strategies: [], fractions: [WAD / 10n], reason: "scripted", ...parts };
  return ethers.AbiCoder.defaultAbiCoder().encode([VERDICT_TUPLE], [verdict]);
}
