import type { Amount } from "../../../model/defi/tokens.ts";
import type { VaultSpec } from "../../../model/defi/vaults.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { WAD } from "../../../units/units.ts";
import { contracts } from "../../contracts.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld } from "../domain.ts";
import { wrappedLstCalls } from "../tokens/tokens.ts";
import {
  assetAt,
  coders,
  deskCall,
  pieceAt,
  reporterPart,
  reportersOf,
  VAULT_DESK,
  vaultBelow,
} from "./vault-contracts.ts";

const NO_APPROVAL = ["0x", `0x${"00".repeat(32)}`, 0n] as const;
const UNLIMITED = (1n << 256n) - 1n;
/** A bound that is none. */
const UNBOUNDED = { rise: 4_294_967_295n, drop: 10_000n };
const POLICY = { reject: 0n, clamp: 1n, hold: 2n } as const;
/** Gas of an order that reads what a vault holds with every operator. */
const VAULT_GAS = 60_000_000n;
/** Bits of requests and of instant exits: closed where a vault cannot be redeemed. */
export const REDEMPTION_BITS = 0b1010n;

/** Lets a vault take the assets of whoever calls. */
export function allowVault(world: DefiWorld, id: string, amount: Amount): Call {
  const data = contracts.token.encode("approve", [pieceAt(world, "vault", id), amount]);
  return { target: assetAt(world, id), data };
}

const orderOf = (world: DefiWorld, part: string, calls: readonly Call[]): Arrangement => ({
  part,
  actor: world.book.participants.address(PROTOCOL),
  calls,
  gasLimit: VAULT_GAS,
});

/** Contracts learn of each other, operators are admitted, fees and roles are set. */
function wireCalls(world: DefiWorld, vault: VaultSpec): readonly Call[] {
  const { id, buffer } = vault;
  const [self, oracle] = [pieceAt(world, "vault", id), pieceAt(world, "vaultOracle", id)];
  const [queue, delegators] = [pieceAt(world, "vaultQueue", id), pieceAt(world, "vaultDelegators", id)];
  const protocol = world.book.participants.address(PROTOCOL);
  const own = (data: string): Call => deskCall(world, self, data);
  const { capacity, drawdownFloor, minFeeBps, maxFeeBps } = buffer;
  return [
    own(coders.vault.encode("wire", [oracle, queue, delegators])),
    own(coders.vault.encode("setAssetRate", [assetAt(world, id)])),
    own(coders.vault.encode("setMinter", [protocol, UNLIMITED])),
    own(coders.vault.encode("setFeeCurve", [[capacity, drawdownFloor, minFeeBps, maxFeeBps, protocol]])),
    ...vault.operators.map(({ operator, weight }) => {
      const account = world.book.participants.address(operator);
      return deskCall(world, delegators, coders.delegators.encode("admit", [account, weight, NO_APPROVAL]));
    }),
    ...reportersOf(vault).map((number) => {
      const reporter = world.at(reporterPart(id, number));
      return deskCall(world, oracle, coders.oracle.encode("setReporter", [reporter, true]));
    }),
    deskCall(world, oracle, coders.oracle.encode("setQuorum", [BigInt(reportersOf(vault).length)])),
  ];
}

/** Calls after which the protocol has so much more of what a vault takes. */
function assetCalls(world: DefiWorld, id: string, amount: Amount): readonly Call[] {
  const below = vaultBelow(world, id);
  return below === null ? wrappedLstCalls(world, amount) : issueShares(world, { token: below.id, amount });
}

/** The protocol buys the first share and pays so much in that it is worth what the run begins with. */
function seedCalls(world: DefiWorld, vault: VaultSpec): readonly Call[] {
  const target = pieceAt(world, "vault", vault.id);
  const protocol = world.book.participants.address(PROTOCOL);
  const extra = vault.rate - WAD;
  return [
    ...assetCalls(world, vault.id, vault.rate),
    allowVault(world, vault.id, UNLIMITED),
    { target, data: coders.vault.encode("deposit", [WAD, protocol]) },
    ...(extra > 0n ? [{ target, data: coders.vault.encode("reward", [extra]) }] : []),
    ...pushCalls(world, vault),
  ];
}

/** A report of what a vault holds; none where its rate is live. */
export function pushCalls(world: DefiWorld, vault: VaultSpec): readonly Call[] {
  if (vault.oracle.mode === "live") return [];
  const reporters = reportersOf(vault).map((number) => world.at(reporterPart(vault.id, number)));
  const data = coders.desk.encode("push", [pieceAt(world, "vault", vault.id), reporters]);
  return [{ target: world.at(VAULT_DESK), data }];
}

/** Bounds, fee, freshness and doors, once the first rate stands. */
function closeCalls(world: DefiWorld, vault: VaultSpec): readonly Call[] {
  const { oracle, redeemable, id } = vault;
  const at = pieceAt(world, "vaultOracle", id);
  const { bps, policy } = oracle.guard ?? { bps: null, policy: "reject" as const };
  const bounds = [bps ?? UNBOUNDED.rise, bps ?? UNBOUNDED.drop, POLICY[policy], false] as const;
  const treasury = world.book.participants.address(PROTOCOL);
  const age = world.clock.units(oracle.maxAge ?? 0n);
  return [
    deskCall(world, at, coders.oracle.encode("setGuard", [bounds])),
    deskCall(world, at, coders.oracle.encode("setFee", [oracle.feeBps, treasury])),
    deskCall(world, at, coders.oracle.encode("setIntervals", [0n, age])),
    ...(redeemable
      ? []
      : [deskCall(world, pieceAt(world, "vault", id), coders.vault.encode("pause", [REDEMPTION_BITS]))]),
  ];
}

/** Every vault is wired and worth what the run begins with. */
export function wireVaults(world: DefiWorld): readonly Arrangement[] {
  return world.defi.vaults.flatMap((vault) => [
    orderOf(world, `vault ${vault.id}`, wireCalls(world, vault)),
    orderOf(world, `first share of vault ${vault.id}`, seedCalls(world, vault)),
  ]);
}

/** What is not kept in the buffer is restaked. */
export function restakeVaults(world: DefiWorld): readonly Arrangement[] {
  return world.defi.vaults.map((vault) => {
    const args = [pieceAt(world, "vault", vault.id), vault.buffer.target];
    const data = coders.desk.encode("restake", args);
    return orderOf(world, `stake of vault ${vault.id}`, [{ target: world.at(VAULT_DESK), data }]);
  });
}

/** A last report before the run, and the bounds of those in it. */
export function openVaults(world: DefiWorld): readonly Arrangement[] {
  return world.defi.vaults.map((vault) => {
    const calls = [...pushCalls(world, vault), ...closeCalls(world, vault)];
    return orderOf(world, `rate of vault ${vault.id}`, calls);
  });
}

/** Calls by which the protocol comes to hold shares of a vault. */
export function issueShares(world: DefiWorld, order: { token: string; amount: Amount }): readonly Call[] {
  const vault = world.defi.vaults.find(({ id }) => id === order.token);
  const assets = (order.amount * (vault?.rate ?? WAD)) / WAD + 2n;
  const protocol = world.book.participants.address(PROTOCOL);
  return [
    ...assetCalls(world, order.token, assets),
    allowVault(world, order.token, UNLIMITED),
    {
      target: pieceAt(world, "vault", order.token),
      data: coders.vault.encode("mint", [order.amount, protocol]),
    },
  ];
}
