import type { DefiView } from "../../../model/defi/defi.ts";
import type {
  EpochHolderView,
  EpochPoolView,
  EpochVaultSpec,
  EpochVaultView,
} from "../../../model/defi/epoch-vaults.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiReading } from "../domain.ts";
import { balanceCall } from "../tokens/tokens.ts";
import { vaultCall } from "./epoch-actions.ts";
import { delegatorPart, epoch, epochVaultPart, subnetworkOf } from "./epoch-contracts.ts";

/** A vault at the time of a reading. */
interface Reading extends DefiReading {
  readonly vault: EpochVaultSpec;
  readonly then: EpochVaultView | undefined;
  /** The running epoch. */
  readonly now: bigint;
}

/** Epochs whose buckets somebody may have something in: this one, the next, and those that were not empty before. */
function epochsOf({ then, now }: Reading): readonly bigint[] {
  const known = Object.values(then?.holders ?? {}).flatMap(({ waiting }) => Object.keys(waiting).map(BigInt));
  return [...new Set([...known, now, now + 1n])].sort((a, b) => (a < b ? -1 : 1));
}

async function numbers(ask: DefiReading["ask"], calls: readonly Call[]): Promise<readonly bigint[]> {
  return (await ask(calls)).map(BigInt);
}

async function readBuckets(reading: Reading): Promise<Readonly<Record<string, EpochPoolView>>> {
  const { world, ask, vault } = reading;
  const epochs = epochsOf(reading);
  const fns = ["withdrawals", "withdrawalShares"] as const;
  const answers = await numbers(
    ask,
    epochs.flatMap((at) => fns.map((fn) => vaultCall(world, vault.id, fn, [at]))),
  );
  const pools = epochs.map((at, place) => {
    return [at.toString(), { assets: answers[2 * place] ?? 0n, shares: answers[2 * place + 1] ?? 0n }] as const;
  });
  return Object.fromEntries(pools.filter(([, { shares }]) => shares > 0n));
}

/** What the holders have that the last step may have touched; all others as they were. */
async function readHolders(reading: Reading): Promise<Readonly<Record<string, EpochHolderView>>> {
  const { world, ask, changed, vault, then } = reading;
  const ids = world.spec.participants.map(({ id }) => id).filter((id) => changed?.has(id) ?? true);
  const epochs = epochsOf(reading);
  const each = 1 + 2 * epochs.length;
  const answers = await numbers(
    ask,
    ids.flatMap((id) => {
      const who = world.book.participants.address(id);
      const ofEpoch = (at: bigint): readonly Call[] => [
        vaultCall(world, vault.id, "withdrawalSharesOf", [at, who]),
        vaultCall(world, vault.id, "isClaimed", [at, who]),
      ];
      return [vaultCall(world, vault.id, "activeSharesOf", [who]), ...epochs.flatMap(ofEpoch)];
    }),
  );
  const read = ids.map((id, place): readonly [string, EpochHolderView] => {
    const [shares = 0n, ...rest] = answers.slice(place * each, (place + 1) * each);
    const waiting = epochs.flatMap((at, which): readonly (readonly [string, bigint])[] => {
      const [part = 0n, claimed = 0n] = rest.slice(2 * which);
      return part === 0n || claimed === 1n ? [] : [[at.toString(), part]];
    });
    return [id, { shares, waiting: Object.fromEntries(waiting) }];
  });
  const all = Object.entries({ ...then?.holders, ...Object.fromEntries(read) });
  return Object.fromEntries(all.filter(([, { shares, waiting }]) => shares > 0n || Object.keys(waiting).length > 0));
}

async function readPromised(reading: Reading): Promise<EpochVaultView["promised"]> {
  const { world, ask, vault } = reading;
  const pairs = vault.networks.flatMap(({ network, operators }) =>
    operators.map(({ operator }) => [network, operator] as const),
  );
  const answers = await numbers(
    ask,
    pairs.map(([network, operator]): Call => {
      const args = [subnetworkOf(world, network), world.book.participants.address(operator)];
      return { target: world.at(delegatorPart(vault.id)), data: epoch.full.encode("stake", args) };
    }),
  );
  const promised: Record<string, Record<string, bigint>> = {};
  for (const [place, [network, operator]] of pairs.entries()) {
    (promised[network] ??= {})[operator] = answers[place] ?? 0n;
  }
  return promised;
}

async function readVault(reading: DefiReading, vault: EpochVaultSpec): Promise<EpochVaultView> {
  const { world, ask, before } = reading;
  const own = (["activeStake", "activeShares", "currentEpoch", "currentEpochStart"] as const).map((fn) =>
    vaultCall(world, vault.id, fn, []),
  );
  const held = balanceCall(world, vault.asset, world.at(epochVaultPart(vault.id)));
  const [assets = 0n, shares = 0n, now = 0n, began = 0n, balance = 0n] = await numbers(ask, [...own, held]);
  const at: Reading = { ...reading, vault, then: before?.epochVaults[vault.id], now };
  const [buckets, holders, promised] = await Promise.all([readBuckets(at), readHolders(at), readPromised(at)]);
  return {
    asset: vault.asset,
    active: { assets, shares },
    buckets,
    held: balance,
    epoch: now,
    epochEnds: world.clock.time(began + vault.epoch),
    holders,
    promised,
  };
}

/** Reads epoch vaults between two blocks. */
export async function readEpochVaults(reading: DefiReading): Promise<Partial<DefiView>> {
  const specs = reading.world.defi.epochVaults;
  if (specs.length === 0) return {};
  const views = await Promise.all(specs.map(async (vault) => [vault.id, await readVault(reading, vault)] as const));
  return { epochVaults: Object.fromEntries(views) };
}
