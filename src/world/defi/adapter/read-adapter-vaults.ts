import type { AdapterVaultSpec, AdapterVaultView, LineRequestView } from "../../../model/defi/adapter-vaults.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiReading } from "../domain.ts";
import { balanceCall } from "../tokens/tokens.ts";
import { adapterCall, adapterPart, coders, lineCall, linePart, vaultCall } from "./adapter-contracts.ts";

const NOBODY = `0x${"00".repeat(20)}`;
/** Last second of any clock [unix s]. */
const LATEST = (1n << 48n) - 1n;
/** How many requests are looked for at once beyond those that are known. */
const AHEAD = 16n;

interface RequestState {
  readonly owner: string;
  readonly next: bigint;
  readonly end: bigint;
}

async function askRequests(
  { world, ask }: DefiReading,
  vault: string,
  ids: readonly bigint[],
): Promise<readonly (RequestState & { readonly id: bigint; readonly claimable: bigint })[]> {
  const answers = await ask(
    ids.flatMap((id) => (["requestOf", "claimable"] as const).map((fn): Call => lineCall(world, vault, fn, [id]))),
  );
  return ids.map((id, at) => {
    const state = coders.line.decode("requestOf", answers[2 * at] ?? "")[0] as unknown as RequestState;
    return { ...state, id, claimable: BigInt(answers[2 * at + 1] ?? 0) };
  });
}

const range = (from: bigint, length: bigint): readonly bigint[] =>
  Array.from({ length: Number(length) }, (_, at) => from + BigInt(at));

/** Requests that are open: those that were, and those that have come since. */
async function readLine(
  reading: DefiReading,
  vault: string,
  then: AdapterVaultView | undefined,
): Promise<Pick<AdapterVaultView, "requests" | "nextRequest">> {
  const { world, ask } = reading;
  const filled = BigInt((await ask([lineCall(world, vault, "filledShares", [])]))[0] ?? 0);
  let next = then?.nextRequest ?? 0n;
  const found = [
    ...(await askRequests(
      reading,
      vault,
      (then?.requests ?? []).map(({ id }) => id),
    )),
  ];
  for (;;) {
    const some = await askRequests(reading, vault, range(next, AHEAD));
    const fresh = some.filter(({ owner }) => owner !== NOBODY);
    found.push(...fresh);
    next += BigInt(fresh.length);
    if (fresh.length < some.length) break;
  }
  const requests = found.map(({ id, owner, next: from, end, claimable }): LineRequestView => {
    const begun = from > filled ? from : filled;
    const holder = world.book.participants.name(owner) ?? owner;
    return { id, holder, waiting: end > begun ? end - begun : 0n, claimable };
  });
  return { requests: requests.filter(({ waiting, claimable }) => waiting > 0n || claimable > 0n), nextRequest: next };
}

async function readVault(reading: DefiReading, vault: AdapterVaultSpec): Promise<AdapterVaultView> {
  const { world, ask, before } = reading;
  const { id, asset, adapters } = vault;
  const then = before?.adapterVaults[id];
  const own = (["totalSupply", "totalAssets", "freeAssets"] as const).map((fn) => vaultCall(world, id, fn, []));
  const held = adapters.flatMap((adapter) => {
    const at = world.at(adapterPart(id, adapter.id));
    return [
      adapterCall(at, "totalAssets", []),
      adapterCall(at, "freeAssets", []),
      adapterCall(at, "slashableAt", [LATEST]),
    ];
  });
  const inLine = balanceCall(world, asset, world.at(linePart(id)));
  const [answers, line] = await Promise.all([ask([...own, inLine, ...held]), readLine(reading, id, then)]);
  const [supply = 0n, assets = 0n, free = 0n, owed = 0n, ...rest] = answers.map(BigInt);
  const views = adapters.map((adapter, at) => {
    const [total = 0n, loose = 0n, staying = 0n] = rest.slice(3 * at);
    const slashable = total - loose;
    return [adapter.id, { network: adapter.network, total, slashable, recalled: slashable - staying }] as const;
  });
  return { asset, supply, assets, free, adapters: Object.fromEntries(views), owed, ...line };
}

/** Reads vaults with adapters between two blocks. */
export async function readAdapterVaults(reading: DefiReading): Promise<Partial<DefiView>> {
  const specs = reading.world.defi.adapterVaults;
  if (specs.length === 0) return {};
  const views = await Promise.all(specs.map(async (vault) => [vault.id, await readVault(reading, vault)] as const));
  return { adapterVaults: Object.fromEntries(views) };
}
