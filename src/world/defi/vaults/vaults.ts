import type { DefiFact, DefiView } from "../../../model/defi/defi.ts";
import { inEther } from "../../../model/defi/nesting.ts";
import type { VaultRequestView, VaultSpec, VaultView } from "../../../model/defi/vaults.ts";
import { WAD } from "../../../units/units.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { DefiDomain, DefiReading, DefiWorld } from "../domain.ts";
import { coders, pieceAt, piecePart, VAULT_LENS, vaultBelow } from "./vault-contracts.ts";
import { vaultParts } from "./vault-parts.ts";
import { issueShares, openVaults, restakeVaults, wireVaults } from "./vault-setup.ts";

/** Pause bits without which a vault counts as open: deposits and claims. */
const DOORS = 0b0101n;

interface VaultState {
  readonly supply: bigint;
  readonly assets: bigint;
  readonly rate: bigint;
  readonly buffer: bigint;
  readonly owed: bigint;
  readonly deficit: bigint;
  readonly feeBps: bigint;
  readonly updatedAt: bigint;
  readonly isOpen: boolean;
  readonly pausedFlags: bigint;
}

interface OperatorStake {
  readonly operator: string;
  readonly delegated: bigint;
  readonly queued: bigint;
}

interface RequestState {
  readonly id: bigint;
  readonly controller: string;
  readonly requestedAt: bigint;
  readonly shares: bigint;
  readonly quote: bigint;
  readonly worth: bigint;
  readonly isClaimable: boolean;
}

interface Read {
  readonly state: VaultState;
  readonly operators: readonly OperatorStake[];
  readonly requests: readonly RequestState[];
}

function requestView(world: DefiWorld, request: RequestState): VaultRequestView {
  const { id, shares, quote, worth: payable, isClaimable: claimable } = request;
  const holder = nameOf(world, request.controller);
  return { id, holder, shares, quote, payable, requestedAt: world.clock.time(request.requestedAt), claimable };
}

interface Seeing extends Pick<DefiReading, "world" | "lst">, Pick<DefiView, "balances"> {
  /** Vaults that were read already: those below come first. */
  readonly below: DefiView["vaults"];
}

/** A vault as the scenario sees it; rates in ether, of which its asset is worth what the LST or the vault below says. */
function vaultView(
  { world, lst, balances, below }: Seeing,
  id: string,
  { state, operators, requests }: Read,
): VaultView {
  const { supply, assets, buffer, owed, deficit } = state;
  const under = vaultBelow(world, id)?.id;
  const asset = below[under ?? ""];
  const held = Object.entries(balances).map(([holder, own]) => [holder, own[id] ?? 0n] as const);
  return {
    ...{ supply, assets, buffer, owed, deficit },
    reportedRate: inEther(state.rate, asset?.reportedRate ?? lst.rate),
    liveRate: inEther(supply === 0n ? WAD : (assets * WAD) / supply, asset?.liveRate ?? lst.rate),
    delegated: Object.fromEntries(operators.map((stake) => [nameOf(world, stake.operator), stake.delegated])),
    strategy: world.defi.vaults.find((vault) => vault.id === id)?.strategy ?? "",
    ...(under === undefined ? {} : { below: under }),
    queued: operators.reduce((sum, { queued }) => sum + queued, 0n),
    instantFeeBps: state.feeBps,
    requests: requests.map((request) => requestView(world, request)),
    pushedAt: world.clock.time(state.updatedAt),
    paused: !state.isOpen || (state.pausedFlags & DOORS) !== 0n,
    holders: Object.fromEntries(held.filter(([, shares]) => shares > 0n)),
  };
}

async function read(reading: DefiReading): Promise<Partial<DefiView>> {
  const { world, ask, before } = reading;
  const { vaults: specs } = world.defi;
  if (specs.length === 0) return {};
  const questions = specs.map(({ id }) => {
    const from = before?.vaults[id]?.requests[0]?.id ?? 1n;
    return { target: world.at(VAULT_LENS), data: coders.lens.encode("read", [pieceAt(world, "vault", id), from, []]) };
  });
  const answers = await ask(questions);
  const { balances = {} } = await reading.known;
  const vaults = specs.reduce<DefiView["vaults"]>((below, { id }, at) => {
    const decoded = coders.lens.decode("read", answers[at] ?? "") as unknown as Read;
    return { ...below, [id]: vaultView({ ...reading, balances, below }, id, decoded) };
  }, {});
  return { vaults };
}

type Facts = (context: FactContext & { readonly world: DefiWorld }, event: DecodedEvent) => readonly DefiFact[];

const big = (event: DecodedEvent, name: string): bigint => event.args[name] as bigint;

/** What a vault's own events tell. */
function ownFacts(vault: string, { world }: { readonly world: DefiWorld }, event: DecodedEvent): readonly DefiFact[] {
  const { args, name } = event;
  const shares = args["shares"] as bigint;
  if (name === "Deposit") {
    const holder = nameOf(world, args["owner"]);
    return [{ kind: "vaultDeposited", vault, holder, assets: big(event, "assets"), shares }];
  }
  if (name === "InstantExit") {
    const paid = { holder: nameOf(world, args["owner"]), request: null, shares };
    return [{ kind: "vaultPaid", vault, ...paid, assets: big(event, "assets"), fee: big(event, "fee") }];
  }
  if (name !== "UnbackedMinted") return [];
  const to = nameOf(world, args["to"]);
  return [{ kind: "unbackedMinted", token: vault, to, amount: shares, value: big(event, "value") }];
}

/** What the events of a vault's queue tell. */
function queueFacts(vault: string, { world }: { readonly world: DefiWorld }, event: DecodedEvent): readonly DefiFact[] {
  const { args, name } = event;
  const [request, shares] = [args["id"] as bigint, args["shares"] as bigint];
  if (name === "RedemptionQueued") {
    const holder = nameOf(world, args["controller"]);
    return [{ kind: "vaultRequested", vault, holder, request, shares, quote: big(event, "quote") }];
  }
  if (name === "RedemptionFrozen") return [{ kind: "vaultSettled", vault, request, assets: big(event, "assets") }];
  if (name !== "RedemptionClaimed") return [];
  const holder = nameOf(world, args["receiver"]);
  return [{ kind: "vaultPaid", vault, holder, request, shares, assets: big(event, "assets"), fee: 0n }];
}

/** What the events of a vault's oracle tell. */
function oracleFacts(vault: string, { events }: FactContext, event: DecodedEvent): readonly DefiFact[] {
  if (event.name === "NavHeld") {
    const rate = big(event, "rate");
    const live = big(event, "reported");
    return [{ kind: "ratePushed", vault, before: rate, after: rate, live, accepted: false, feeShares: 0n }];
  }
  if (event.name !== "NavReported") return [];
  const isClamped = events.some(({ address, name }) => address === event.address && name === "NavClamped");
  const rates = { before: big(event, "before"), after: big(event, "rate"), live: big(event, "live") };
  return [{ kind: "ratePushed", vault, ...rates, accepted: !isClamped, feeShares: big(event, "feeShares") }];
}

const facts: Facts = (context, event) => {
  const { world } = context;
  const isAt = (piece: Parameters<typeof pieceAt>[1], { id }: VaultSpec): boolean =>
    pieceAt(world, piece, id) === event.address;
  return world.defi.vaults.flatMap((vault): readonly DefiFact[] => {
    if (isAt("vault", vault)) return ownFacts(vault.id, context, event);
    if (isAt("vaultQueue", vault)) return queueFacts(vault.id, context, event);
    return isAt("vaultOracle", vault) ? oracleFacts(vault.id, context, event) : [];
  });
};

/** Liquid restaking tokens over the world's own restaking core. */
export const vaults: DefiDomain = {
  name: "vaults",
  parts: vaultParts,
  tokens: ({ vaults: specs }) => Object.fromEntries(specs.map(({ id }) => [id, piecePart("vault", id)])),
  issue: issueShares,
  arrange: { wire: wireVaults, fund: restakeVaults, open: openVaults },
  read,
  readers: (world) =>
    world.defi.vaults.flatMap(({ id }) => [
      { address: pieceAt(world, "vault", id), decoder: coders.vault },
      { address: pieceAt(world, "vaultQueue", id), decoder: coders.queue },
      { address: pieceAt(world, "vaultOracle", id), decoder: coders.oracle },
    ]),
  facts,
};
