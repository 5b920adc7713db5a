import type { TimelineEntry } from "../shock.ts";
import { isDefiShock, type DefiShock, type OracleFault, type PausablePart } from "../shocks/defi-shock.ts";
import type { DefiSpec } from "./defi.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";

const ids = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

/** Kinds of feed that a fault can befall. */
const FAULTY: Readonly<Record<OracleFault["kind"], readonly string[]>> = {
  stale: ["reported"],
  wrongUnit: ["reported"],
  wrongAnswer: ["reported"],
  misSetCap: ["cappedRate"],
  missingBase: ["fixed", "market", "exchangeRate", "cappedRate"],
  bounds: ["fixed", "market", "exchangeRate", "cappedRate", "median", "reported"],
};

function assertFeedKind(
  part: string,
  spec: DefiSpec,
  at: { readonly feed: string; readonly kinds: readonly string[] },
): void {
  assertKnown(part, { kind: "feed", name: at.feed }, ids(spec.feeds));
  const kind = spec.feeds.find(({ id }) => id === at.feed)?.kind ?? "unknown";
  if (at.kinds.includes(kind)) return;
  refuse(part, `feed ${at.feed} is of kind ${kind}`, `This needs one of kind ${at.kinds.join(", ")}.`);
}

function assertPool(
  part: string,
  spec: DefiSpec,
  at: { readonly pool: string; readonly tokens: readonly string[] },
): void {
  assertKnown(part, { kind: "pool", name: at.pool }, ids(spec.pools));
  const held = spec.pools.find(({ id }) => id === at.pool)?.tokens ?? [];
  for (const name of at.tokens) assertKnown(part, { kind: `token of ${at.pool}`, name }, held);
}

function assertReserve(part: string, spec: DefiSpec, at: { readonly market: string; readonly token: string }): void {
  assertKnown(part, { kind: "pooled market", name: at.market }, ids(spec.lending));
  const reserves = spec.lending.find(({ id }) => id === at.market)?.reserves ?? [];
  assertKnown(
    part,
    { kind: `reserve of ${at.market}`, name: at.token },
    reserves.map(({ token }) => token),
  );
}

function assertPart(where: string, spec: DefiSpec, part: PausablePart): void {
  switch (part.kind) {
    case "vault":
      return assertKnown(where, { kind: "vault", name: part.vault }, ids(spec.vaults));
    case "dollar":
      return assertKnown(where, { kind: "dollar", name: part.dollar }, ids(spec.dollars));
    case "fund":
      return assertKnown(where, { kind: "fund", name: part.fund }, ids(spec.funds));
    case "reserve":
    case "insurance":
      return assertReserve(where, spec, part);
  }
}

type EpochSlash = Extract<DefiShock, { type: "slashEpochVault" }>;

function assertEpochSlash(where: string, spec: DefiSpec, { vault, by, operator }: EpochSlash): void {
  assertKnown(where, { kind: "epoch vault", name: vault }, ids(spec.epochVaults));
  const networks = spec.epochVaults.find(({ id }) => id === vault)?.networks ?? [];
  assertKnown(
    where,
    { kind: `network of ${vault}`, name: by },
    networks.map(({ network }) => network),
  );
  const workers = networks.find(({ network }) => network === by)?.operators ?? [];
  assertKnown(
    where,
    { kind: `operator of ${by} in ${vault}`, name: operator },
    workers.map((one) => one.operator),
  );
}

function assertOne(where: string, spec: DefiSpec, shock: DefiShock): void {
  switch (shock.type) {
    case "pricePath":
      return assertFeedKind(where, spec, { feed: shock.feed, kinds: ["reported"] });
    case "oracleFault":
      return assertFeedKind(where, spec, { feed: shock.feed, kinds: FAULTY[shock.fault.kind] });
    case "dump":
      assertPool(where, spec, { pool: shock.pool, tokens: [shock.sell, shock.buy] });
      if (shock.sell === shock.buy) refuse(where, `it sells ${shock.sell} for itself`, "Name two tokens of the pool.");
      return;
    case "lpExit":
      return assertPool(where, spec, { pool: shock.pool, tokens: shock.into === null ? [] : [shock.into] });
    case "impairReserve":
    case "bankHoliday":
      return assertKnown(where, { kind: "dollar", name: shock.dollar }, ids(spec.dollars));
    case "slashVault":
      return assertKnown(where, { kind: "vault", name: shock.vault }, ids(spec.vaults));
    case "slashEpochVault":
      return assertEpochSlash(where, spec, shock);
    case "slashAdapter": {
      const { vault, adapter } = shock;
      assertKnown(where, { kind: "vault with adapters", name: vault }, ids(spec.adapterVaults));
      const own = spec.adapterVaults.find(({ id }) => id === vault)?.adapters ?? [];
      return assertKnown(where, { kind: `adapter of ${vault}`, name: adapter }, ids(own));
    }
    case "rateSqueeze":
      return assertReserve(where, spec, shock);
    case "keyCompromise":
      return assertKnown(where, { kind: "vault or dollar", name: shock.token }, [
        ...ids(spec.vaults),
        ...ids(spec.dollars),
      ]);
    case "halt":
      return assertPart(where, spec, shock.part);
  }
}

/**
 * Refuses shocks to parts of the DeFi layer that are not there, or cannot be befallen so.
 *
 * @throws {@link WorldImpossibleError} naming the entry of the timeline, the name and the nearest ones there are.
 */
export function assertDefiShocks(timeline: readonly TimelineEntry[], spec: DefiSpec): void {
  for (const [place, { at, shock }] of timeline.entries()) {
    const where = `timeline[${place}] (${shock.type})`;
    if (isDefiShock(shock)) assertOne(where, spec, shock);
    if (shock.type !== "slashEpochVault") continue;
    assertRange(where, { name: "captured", value: shock.captured, unit: "seconds" }, [0n, at - 1n]);
  }
}
