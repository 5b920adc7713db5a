import { ChainError } from "../errors/chain-error.ts";
import { reasonOf } from "./rpc-decoding.ts";

/** Time between two looks at a transaction that has not been answered [ms]: few steps take so long. */
const PATIENCE = 250;

type Request = (method: string, params?: readonly unknown[]) => Promise<unknown>;

/** A transaction that waits for its receipt, as it was sent. */
interface Sent {
  readonly gas: string;
}

const numberOf = (value: unknown, field: string): bigint | undefined => {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof found === "string" ? BigInt(found) : undefined;
};

/** Why a transaction that the chain threw away could not be: what a read of it is refused with. */
async function refusalOf(request: Request, sent: Sent): Promise<string> {
  try {
    await request("eth_call", [sent, "latest"]);
  } catch (error) {
    return reasonOf(error instanceof ChainError && error.cause !== undefined ? error.cause : error);
  }
  return "its gas, its value or its size cannot be";
}

/**
 * Looks once at a transaction: one that no block has room for will wait for ever, and one that is in neither the pool nor
 * a block was thrown away.
 */
async function whyLost(request: Request, sent: Sent): Promise<string | undefined> {
  const limit = numberOf(await request("eth_getBlockByNumber", ["latest", false]), "gasLimit");
  if (limit !== undefined && BigInt(sent.gas) > limit)
    return `its ${BigInt(sent.gas)} gas are more than a block's ${limit}`;
  const pool = await request("txpool_status");
  if (numberOf(pool, "pending") !== 0n || numberOf(pool, "queued") !== 0n) return undefined;
  return await refusalOf(request, sent);
}

/**
 * Waits for the answer to a transaction that was sent, but no longer than it can still come: some chains take an invalid
 * transaction, mine a block without it, and are silent for half a minute.
 *
 * @param answer - What the chain answers when the transaction is in a block.
 * @throws {@link ChainError} where it can never be in one, at the second look that says so.
 */
export async function watchSending<T>(answer: Promise<T>, request: Request, sent: Sent): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let [over, suspicions] = [false, 0];
  const lost = new Promise<never>((_, reject) => {
    const look = async (): Promise<void> => {
      const reason = await whyLost(request, sent).catch(() => undefined);
      suspicions = reason === undefined ? 0 : suspicions + 1;
      if (over) return;
      // The first time the answer may just be on its way.
      if (suspicions < 2) wait();
      else reject(new ChainError("eth_sendTransaction", `the transaction entered no block: ${reason ?? ""}`));
    };
    const wait = (): void => {
      // eslint-disable-next-line no-restricted-syntax -- no step waits here, but a look at a chain that says nothing
      timer = setTimeout(() => void look(), PATIENCE);
    };
    wait();
  });
  try {
    return await Promise.race([answer, lost]);
  } finally {
    over = true;
    clearTimeout(timer);
  }
}
