import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import type { KeeperAction } from "../../model/action.ts";
import { PROTOCOL } from "../../model/names.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import { PAUSE_BITS } from "../view/paused.ts";
import { activeRoot } from "../view/side-views.ts";
import { setTuple } from "./operator-actions.ts";
import type { ActionContext } from "./prepared-action.ts";

type ActionOf<T extends KeeperAction["type"]> = Extract<KeeperAction, { type: T }>;

/** Most requests that one finalisation serves. */
const BATCH = 1_000n;

/** Reports the pool; the administrator first calls validators home where requests wait for ether. */
export function reportPoolCalls(context: ActionContext): readonly Call[] {
  const { world, state, agent } = context;
  const target = world.at("poolReporter");
  const calls: Call[] = [];
  const { unfinalized, buffered, validatorBalance } = state.pool;
  const missing = unfinalized > buffered ? unfinalized - buffered : 0n;
  const exit = missing < validatorBalance ? missing : validatorBalance;
  if (exit > 0n && agent === PROTOCOL) {
    calls.push({ target: world.at("validators"), data: contracts.validators.encode("exit", [exit]) });
  }
  calls.push({ target, data: contracts.poolReporter.encode("report", []) });
  calls.push({ target, data: contracts.poolReporter.encode("stakeBuffer", []) });
  return calls;
}

export function changeValidatorsCall(context: ActionContext, delta: bigint): Call {
  const target = context.world.at("validators");
  if (delta >= 0n) return { target, data: contracts.validators.encode("reward", []), value: delta };
  return { target, data: contracts.validators.encode("penalize", [-delta]) };
}

export function finalizeCall(context: ActionContext): Call {
  return { target: context.world.at("queue"), data: contracts.unstakeQueue.encode("finalize", [BATCH]) };
}

/** Address of a staker's pod; a staker without one has no contract to call, and the action reverts. */
function podOf(context: ActionContext, staker: string): string {
  return context.world.pods.get(staker) ?? context.world.book.participants.address(staker);
}

/** Sets what the beacon chain shows for a staker's validator. */
export function changePodCall(context: ActionContext, action: ActionOf<"creditPod"> | ActionOf<"changePod">): Call {
  const before = context.journal.podGwei.get(action.staker) ?? 0n;
  const after = before + action.gwei > 0n ? before + action.gwei : 0n;
  const slashed = action.type === "changePod" && action.slashed;
  const data = contracts.pod.encode("reportValidator", [0n, after, slashed]);
  context.journal.podGwei.set(action.staker, after);
  return { target: podOf(context, action.staker), data };
}

export function checkpointCall(
  context: ActionContext,
  action: ActionOf<"checkpointPod"> | ActionOf<"proveStalePod">,
): Call {
  const data =
    action.type === "checkpointPod"
      ? contracts.pod.encode("checkpoint", [])
      : contracts.pod.encode("checkpointStale", [0n]);
  return { target: podOf(context, action.staker), data };
}

export function clearEscrowCall(context: ActionContext, action: ActionOf<"clearEscrow">): Call {
  const { at, book } = context.world;
  const args = [setTuple(context.world, action.set), action.slashId, book.strategies.address(action.strategy)];
  return { target: at("slasher"), data: contracts.slasher.encode("clearStrategy", args) };
}

/** Pays an operator set from the service's own purse, filled right before: the token's issuer is outside. */
export function payRewardsCalls(context: ActionContext, action: ActionOf<"payRewards">): readonly Call[] {
  const { at, clock, book } = context.world;
  const { avs, number } = setOf(book, action.set);
  const start = clock.at(action.from);
  const period = [start, clock.at(action.until) - start];
  return [
    { target: at("reward"), data: contracts.token.encode("mint", [avs, action.amount]) },
    {
      target: avs,
      data: contracts.service.encode("payFee", [at("rewards"), number, at("reward"), action.amount, period]),
    },
  ];
}

type Tree = StandardMerkleTree<string[]>;

/** Trees by the world and the earnings that they stand for: everybody who claims from a root asks for the same one. */
const trees = new WeakMap<object, WeakMap<object, Tree>>();

function treeOf({ world }: ActionContext, earnings: Readonly<Record<string, bigint>>): Tree {
  const known = trees.get(world) ?? new WeakMap<object, Tree>();
  trees.set(world, known);
  const tree = known.get(earnings) ?? plantTree(world, earnings);
  known.set(earnings, tree);
  return tree;
}

/** Merkle tree of cumulative earnings, in the order of the participants' names. */
function plantTree({ at, book }: ActionContext["world"], earnings: Readonly<Record<string, bigint>>): Tree {
  const rows = Object.entries(earnings).filter(([, amount]) => amount > 0n);
  const leaves = rows.map(([id, amount]) => [book.participants.address(id), at("reward"), amount.toString()]);
  return StandardMerkleTree.of(leaves, ["address", "address", "uint256"]);
}

export function submitRootCalls(context: ActionContext, action: ActionOf<"submitRewardsRoot">): readonly Call[] {
  const { at, clock } = context.world;
  const earnings = Object.fromEntries(action.earnings.map(({ participant, amount }) => [participant, amount]));
  if (!Object.values(earnings).some((amount) => amount > 0n)) return [];
  const { root } = treeOf(context, earnings);
  return [{ target: at("rewards"), data: contracts.rewards.encode("submitRoot", [root, clock.at(action.until)]) }];
}

/** Claims what the newest active root holds for the actor beyond what it claimed before. */
export function claimCalls(context: ActionContext): readonly Call[] {
  const { world, journal, agent, actor } = context;
  const root = activeRoot(journal, journal.clock);
  const amount = root?.earnings[agent] ?? 0n;
  if (root === undefined || amount <= (journal.claimed.get(agent) ?? 0n)) return [];
  const tree = treeOf(context, root.earnings);
  const proof = tree.getProof([actor, world.at("reward"), amount.toString()]);
  const claim = [BigInt(root.index), actor, world.at("reward"), amount, proof];
  return [{ target: world.at("rewards"), data: contracts.rewards.encode("claim", [claim, actor]) }];
}

export function proposeSlasherCall(context: ActionContext, action: ActionOf<"setSlasher">): Call {
  const { at, book } = context.world;
  const { avs, number } = setOf(book, action.set);
  const [, kind] = action.slasher.split("module:");
  const slasher = kind === undefined ? book.participants.address(action.slasher) : at(`${kind}Slasher`);
  return { target: avs, data: contracts.service.encode("proposeSlasher", [number, slasher]) };
}

/** One call per contract, all its switches together. */
export function pauseCalls(context: ActionContext, action: ActionOf<"pause">): readonly Call[] {
  const flags = new Map<string, bigint>();
  for (const name of action.functions) {
    const { contract, bit } = PAUSE_BITS[name];
    flags.set(contract, (flags.get(contract) ?? 0n) | (1n << bit));
  }
  const verb = action.paused ? "pause" : "unpause";
  return [...flags].map(([contract, bits]) => {
    return { target: context.world.at(contract), data: contracts.pausable.encode(verb, [bits]) };
  });
}

export function donateCall(context: ActionContext, action: ActionOf<"donate">): Call {
  const { book } = context.world;
  const args = [book.strategies.address(action.strategy), action.amount];
  return { target: book.assets.address(action.strategy), data: contracts.token.encode("transfer", args) };
}
