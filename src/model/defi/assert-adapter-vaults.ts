import { WAD } from "../../units/units.ts";
import type { AdapterSpec, AdapterVaultSpec } from "./adapter-vaults.ts";
import type { KnownNames } from "./assert-credit.ts";
import type { DefiSpec } from "./defi.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";

/** Most adapters of a vault, as its contract has it. */
const MOST_ADAPTERS = 20;
/** Longest duration [s]: two years. */
const LONGEST = 63_072_000n;

function assertAdapter(vault: string, adapter: AdapterSpec, known: KnownNames): void {
  const part = `adapter ${adapter.id} of vault ${vault}`;
  const { network, burner, duration, limit, allocated } = adapter;
  assertKnown(part, { kind: "participant", name: network }, known.participants);
  if (burner !== null) assertKnown(part, { kind: "participant", name: burner }, known.participants);
  assertRange(part, { name: "duration", value: duration, unit: "seconds" }, [1n, LONGEST]);
  assertRange(part, { name: "limit.amount", value: limit.amount }, [0n, null]);
  assertRange(part, { name: "limit.part", value: limit.part, unit: "fraction" }, [0n, WAD]);
  assertRange(part, { name: "allocated", value: allocated }, [0n, limit.amount]);
}

function assertVault(spec: DefiSpec, { id, asset, curator, adapters }: AdapterVaultSpec, known: KnownNames): void {
  const part = `vault ${id} with adapters`;
  const assets = [...spec.tokens, ...spec.vaults, ...spec.dollars].map((one) => one.id);
  assertKnown(part, { kind: "token, vault or dollar", name: asset }, assets);
  assertKnown(part, { kind: "participant", name: curator }, known.participants);
  if (adapters.length > MOST_ADAPTERS) {
    refuse(part, `it has ${adapters.length} adapters`, `Give it ${MOST_ADAPTERS} at most.`);
  }
  for (const [place, adapter] of adapters.entries()) {
    assertAdapter(id, adapter, known);
    if (adapters.findIndex((one) => one.id === adapter.id) !== place) {
      refuse(part, `two of its adapters are named ${adapter.id}`, "Rename one.");
    }
  }
  const deposited = spec.adapterPositions.reduce((sum, one) => (one.vault === id ? sum + one.deposited : sum), 0n);
  const allocated = adapters.reduce((sum, one) => sum + one.allocated, 0n);
  if (allocated > deposited) {
    refuse(part, `${allocated} is allocated, and ${deposited} deposited`, "Allocate less, or deposit more.");
  }
  for (const adapter of adapters) {
    const most = (deposited * adapter.limit.part) / WAD;
    if (adapter.allocated <= most) continue;
    const reason = `adapter ${adapter.id} has ${adapter.allocated}, its limit is ${most} of ${deposited} deposited`;
    refuse(part, reason, "Allocate less, or raise limit.part.");
  }
}

/**
 * Refuses vaults with adapters that contradict themselves, and deposits in vaults that are not there.
 *
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertAdapterVaults(spec: DefiSpec, known: KnownNames): void {
  const vaults = spec.adapterVaults.map(({ id }) => id);
  for (const { vault, participant, deposited } of spec.adapterPositions) {
    const part = `deposit of ${participant} in ${vault}`;
    assertKnown(part, { kind: "vault with adapters", name: vault }, vaults);
    assertRange(part, { name: "amount", value: deposited }, [0n, null]);
  }
  for (const vault of spec.adapterVaults) assertVault(spec, vault, known);
}
