import type { Amount } from "../../../model/defi/tokens.ts";
import type { VaultAction, VaultSpec } from "../../../model/defi/vaults.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import { WAD } from "../../../units/units.ts";
import type { ActionContext } from "../../actions/prepared-action.ts";
import { contracts } from "../../contracts.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { coders, deskCall, pieceAt, reporterPart, reportersOf, VAULT_DESK, vaultBelow } from "./vault-contracts.ts";
import { allowVault, pushCalls, REDEMPTION_BITS } from "./vault-setup.ts";

/** Gas of an action that reads what a vault holds with every operator, and of one that moves it all. */
const READ_GAS = 30_000_000n;
const MOVE_GAS = 400_000_000n;
/** Every pause bit of a vault. */
const ALL_BITS = 0b1111n;
/** What conversions between ether, tokens and shares may lose [wei]. */
const DUST = 4n;

type Context = ActionContext & { readonly world: DefiWorld };

function vaultOf(world: DefiWorld, id: string): VaultSpec {
  const vault = world.defi.vaults.find((one) => one.id === id);
  if (vault === undefined) throw new ActionInvalidError("of this step", "vault", id);
  return vault;
}

/** Calls by which the wallet's liquid staking tokens, and then its ether, become the wrapped LST that it lacks. */
async function gatherCalls({ world, ask, actor }: Context, amount: Amount): Promise<readonly Call[]> {
  const balance = async (token: string): Promise<bigint> => {
    const answer = await ask({ target: world.at(token), data: contracts.token.encode("balanceOf", [actor]) });
    return contracts.token.decode("balanceOf", answer)["0"] as unknown as bigint;
  };
  const lacking = amount - (await balance("wrapped"));
  if (lacking <= 0n) return [];
  const rateCall = { target: world.at("wrapped"), data: contracts.wrapped.encode("rate", []) };
  const rate = contracts.wrapped.decode("rate", await ask(rateCall))["0"] as unknown as bigint;
  const wanted = (lacking * rate) / WAD + DUST;
  const short = wanted + DUST - (await balance("lst"));
  return [
    ...(short > 0n ? [{ target: world.at("lst"), data: contracts.lst.encode("submit", []), value: short }] : []),
    { target: world.at("wrapped"), data: contracts.wrapped.encode("wrap", [wanted]) },
  ];
}

/** What participants, curator, reporters and guardians can want of vaults. */
export const vaultPreparers: DomainPreparers<VaultAction["type"]> = {
  vaultDeposit: async (context, { vault, amount }) => {
    const { world, actor } = context;
    const target = pieceAt(world, "vault", vaultOf(world, vault).id);
    const deposit = { target, data: coders.vault.encode("deposit", [amount, actor]) };
    // Shares of a vault below have to be in the wallet.
    const gathered = vaultBelow(world, vault) === null ? await gatherCalls(context, amount) : [];
    return { calls: [...gathered, allowVault(world, vault, amount), deposit] };
  },
  vaultRequest: ({ world, actor }, { vault, shares }) => {
    const target = pieceAt(world, "vault", vaultOf(world, vault).id);
    return { calls: [{ target, data: coders.vault.encode("requestRedeem", [shares, actor, actor]) }] };
  },
  vaultClaim: ({ world, actor }, { vault, request }) => {
    const target = pieceAt(world, "vault", vaultOf(world, vault).id);
    return { calls: [{ target, data: coders.vault.encode("claim", [request, actor]) }] };
  },
  vaultInstantExit: ({ world, actor }, { vault, shares, minOut }) => {
    const target = pieceAt(world, "vault", vaultOf(world, vault).id);
    return { calls: [{ target, data: coders.vault.encode("redeemInstant", [shares, actor, actor, minOut]) }] };
  },
  vaultPushRate: ({ world }, { vault: id, rate }) => {
    const vault = vaultOf(world, id);
    if (rate === undefined) return { calls: pushCalls(world, vault), gasLimit: READ_GAS };
    const reporters = reportersOf(vault).map((number) => world.at(reporterPart(id, number)));
    const data = coders.desk.encode("pushRate", [pieceAt(world, "vault", id), reporters, rate]);
    return { calls: [{ target: world.at(VAULT_DESK), data }], gasLimit: READ_GAS };
  },
  vaultAcknowledge: ({ world }, { vault }) => {
    const oracle = pieceAt(world, "vaultOracle", vaultOf(world, vault).id);
    return { calls: [deskCall(world, oracle, coders.oracle.encode("acknowledge", [true]))], gasLimit: READ_GAS };
  },
  vaultServe: ({ world }, { vault }) => {
    const data = coders.desk.encode("serve", [pieceAt(world, "vault", vaultOf(world, vault).id)]);
    return { calls: [{ target: world.at(VAULT_DESK), data }], gasLimit: MOVE_GAS };
  },
  vaultRestake: ({ world }, { vault: id }) => {
    const vault = vaultOf(world, id);
    const data = coders.desk.encode("restake", [pieceAt(world, "vault", id), vault.buffer.target]);
    return { calls: [{ target: world.at(VAULT_DESK), data }], gasLimit: MOVE_GAS };
  },
  vaultMintUnbacked: ({ world }, { vault, to, shares }) => {
    const target = pieceAt(world, "vault", vaultOf(world, vault).id);
    const data = coders.vault.encode("mintUnbacked", [world.book.participants.address(to), shares]);
    return { calls: [{ target, data }] };
  },
  vaultPause: ({ world }, { vault: id, paused }) => {
    const { redeemable } = vaultOf(world, id);
    const opened = redeemable ? ALL_BITS : ALL_BITS & ~REDEMPTION_BITS;
    const data = paused ? coders.vault.encode("pause", [ALL_BITS]) : coders.vault.encode("unpause", [opened]);
    return { calls: [deskCall(world, pieceAt(world, "vault", id), data)] };
  },
};
