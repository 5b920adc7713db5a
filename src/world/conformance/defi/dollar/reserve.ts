import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";

const NO_LIMIT = (1n << 256n) - 1n;
const NOBODY = `0x${"00".repeat(20)}`;
/** No fee at any level of cash. */
const FREE = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };

/** Length of the gate's epoch [s]. */
export const EPOCH = 86_400n;

/** A dollar, its reserve in money of 18 decimals, and what stands around it. */
export interface Reserve {
  readonly money: Deployed;
  readonly dollar: Deployed;
  readonly reserve: Deployed;
  readonly junior: Deployed;
  readonly queue: Deployed;
}

/** A reserve without fees whose gate lets `epochCap` dollars through in an epoch; its owner is `owner`. */
export async function openReserve(ground: Ground, epochCap = NO_LIMIT): Promise<Reserve> {
  const owner = await ground.actor("owner");
  const money = await ground.token();
  const dollar = await ground.deploy("Dollar", [owner, "Dollar", "USD"]);
  const gate = { epochLength: EPOCH, epochCap, blockLimit: NO_LIMIT, calendar: NOBODY };
  const reserve = await ground.deploy("DollarReserve", [owner, dollar, money, NOBODY, gate, FREE]);
  const junior = await ground.deploy("JuniorTranche", [reserve, 0n]);
  const queue = await ground.deploy("RedemptionQueue", [reserve, 0n]);
  await reserve.must("owner", ["wire", junior, queue, NOBODY]);
  await dollar.must("owner", ["setIssuer", reserve, true]);
  return { money, dollar, reserve, junior, queue };
}

/** Gives an actor money that a contract may take. */
export async function endow(
  ground: Ground,
  money: Deployed,
  order: { readonly to: string; readonly amount: bigint; readonly spender: Deployed },
): Promise<void> {
  await money.must(order.to, ["mint", await ground.actor(order.to), order.amount]);
  await money.must(order.to, ["approve", order.spender, order.amount]);
}

/** Mints dollars at par for an actor. */
export async function mintDollars(
  ground: Ground,
  at: Reserve,
  { to, amount }: { readonly to: string; readonly amount: bigint },
): Promise<void> {
  if (amount === 0n) return;
  await endow(ground, at.money, { to, amount, spender: at.reserve });
  await at.reserve.must(to, ["mint", amount, await ground.actor(to)]);
}
