import type { KnownNames } from "./assert-credit.ts";
import type { DefiSpec } from "./defi.ts";
import type { EpochNetworkSpec, EpochVaultSpec } from "./epoch-vaults.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";

/** Longest epoch [s]: a year. */
const LONGEST = 31_536_000n;

function assertNetwork(
  vault: string,
  at: EpochNetworkSpec,
  known: KnownNames & { operators: readonly string[] },
): void {
  const part = `network ${at.network} of epoch vault ${vault}`;
  assertKnown(part, { kind: "participant", name: at.network }, known.participants);
  assertRange(part, { name: "limit", value: at.limit }, [1n, null]);
  for (const [place, { operator, stake }] of at.operators.entries()) {
    assertKnown(part, { kind: "operator", name: operator }, known.operators);
    assertRange(part, { name: `stake of ${operator}`, value: stake }, [1n, null]);
    if (at.operators.findIndex((one) => one.operator === operator) !== place) {
      refuse(part, `it names operator ${operator} twice`, "Name it once, with its whole stake.");
    }
  }
}

function assertVault(
  spec: DefiSpec,
  vault: EpochVaultSpec,
  known: KnownNames & { operators: readonly string[] },
): void {
  const { id, asset, curator, epoch, burner, networks } = vault;
  const part = `epoch vault ${id}`;
  const assets = [...spec.tokens, ...spec.vaults, ...spec.dollars].map((one) => one.id);
  assertKnown(part, { kind: "token, vault or dollar", name: asset }, assets);
  assertKnown(part, { kind: "participant", name: curator }, known.participants);
  if (burner !== null) assertKnown(part, { kind: "participant", name: burner }, known.participants);
  assertRange(part, { name: "epoch", value: epoch, unit: "seconds" }, [1n, LONGEST]);
  for (const [place, network] of networks.entries()) {
    assertNetwork(id, network, known);
    if (networks.findIndex((one) => one.network === network.network) !== place) {
      refuse(part, `it names network ${network.network} twice`, "Name it once, with all its operators.");
    }
  }
}

/**
 * Refuses epoch vaults that contradict themselves, and deposits in vaults that are not there.
 *
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertEpochVaults(spec: DefiSpec, known: KnownNames & { operators: readonly string[] }): void {
  const vaults = spec.epochVaults.map(({ id }) => id);
  for (const { vault, participant, deposited } of spec.epochPositions) {
    const part = `deposit of ${participant} in ${vault}`;
    assertKnown(part, { kind: "epoch vault", name: vault }, vaults);
    assertRange(part, { name: "amount", value: deposited }, [0n, null]);
  }
  for (const vault of spec.epochVaults) assertVault(spec, vault, known);
}
