import type { Part } from "../../../../deploy/parts.ts";
import { divUp, minimum, positive } from "../../../maths/integer.ts";
import type { IsolatedView } from "../../../model/defi/credit.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import type {
  MarketVaultFact,
  MarketVaultSpec,
  MarketVaultView,
  VaultMarketView,
} from "../../../model/defi/market-vaults.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { WAD } from "../../../units/units.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiDomain, DefiPartsContext, DefiReading, DefiWorld } from "../domain.ts";
import { approveCall } from "../tokens/tokens.ts";
import { credit, ISOLATED_MARKETS, marketsFor, marketVaultPart } from "./credit-contracts.ts";

const PRICE_SCALE = 10n ** 36n;

/** The markets' contract comes first: a vault is built upon it. */
function parts({ defi, actorOf, token }: DefiPartsContext): readonly Part[] {
  if (defi.marketVaults.length === 0) return [];
  const vaults = defi.marketVaults.map(({ id, asset, curator }): Part => {
    const args = [actorOf(curator), `@${ISOLATED_MARKETS}`, token(asset)];
    return { id: marketVaultPart(id), contract: "MarketVault", args };
  });
  return [{ id: ISOLATED_MARKETS, contract: "IsolatedMarkets", args: [actorOf(PROTOCOL)] }, ...vaults];
}

function call(world: DefiWorld, vault: string, ...[fn, args]: Parameters<typeof credit.vault.encode>): Call {
  return { target: world.token(vault), data: credit.vault.encode(fn, args) };
}

/** Caps and the order of supplying; caps in their order make the order of withdrawing. */
function settle(world: DefiWorld): readonly Arrangement[] {
  return world.defi.marketVaults.map((vault): Arrangement => {
    const { id, curator, marksBadDebt } = vault;
    const idOf = new Map(marketsFor(world, vault).map(({ market, id: key }) => [market, key]));
    const keys = vault.markets.map(({ market }) => idOf.get(market) ?? "");
    const calls = [
      ...vault.markets.map(({ cap }, at) => call(world, id, "setCap", [keys[at] ?? "", cap])),
      call(world, id, "setSupplyQueue", [keys]),
      ...(marksBadDebt ? [call(world, id, "setBadDebtMarking", [true])] : []),
    ];
    return { part: `market vault ${id}`, actor: world.book.participants.address(curator), calls };
  });
}

function deposit(world: DefiWorld): readonly Arrangement[] {
  const here = world.defi.marketVaultPositions.filter(({ deposited }) => deposited > 0n);
  return here.map(({ vault: id, participant, deposited }): Arrangement => {
    const actor = world.book.participants.address(participant);
    const asset = world.defi.marketVaults.find((vault) => vault.id === id)?.asset ?? "";
    const calls = [approveCall(world, asset, world.token(id)), call(world, id, "deposit", [deposited, actor])];
    return { part: `deposit of ${participant} in ${id}`, actor, calls };
  });
}

/** Debt in a market that its borrowers' collateral does not pay at the market's price, the bonus being paid too. */
function unpaidIn({ positions, price, lif }: IsolatedView): bigint {
  if (price === 0n) return 0n;
  return Object.values(positions).reduce((sum, { borrowed, collateral }) => {
    const paid = divUp(divUp(collateral * price, PRICE_SCALE) * WAD, lif);
    return borrowed > paid ? sum + borrowed - paid : sum;
  }, 0n);
}

/** What the chain says of a vault's place in a market. */
interface Place {
  readonly supplied: bigint;
  readonly shares: bigint;
  readonly cap: bigint;
}

function toMarket(market: IsolatedView | undefined, { supplied, shares, cap }: Place): VaultMarketView {
  if (market === undefined) return { cap, supplied, unrecognised: 0n, liquidity: 0n };
  const free = positive(market.totalSupply - market.totalBorrow);
  const part = shares === 0n ? 0n : divUp(unpaidIn(market) * shares, market.totalSupplyShares);
  return { cap, supplied, unrecognised: part, liquidity: minimum(free, supplied) };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);

async function readVault({ world, ask, known }: DefiReading, vault: MarketVaultSpec): Promise<MarketVaultView> {
  const { id, asset } = vault;
  const ours = marketsFor(world, vault);
  const at = world.token(id);
  const questions = ours.flatMap(({ id: key }) => [
    call(world, id, "suppliedTo", [key]),
    call(world, id, "capOf", [key]),
    { target: world.at(ISOLATED_MARKETS), data: credit.markets.encode("positionOf", [key, at]) },
  ]);
  const own = (["marksBadDebt", "supplyQueue", "withdrawQueue"] as const).map((fn) => call(world, id, fn, []));
  const answers = await ask([...own, ...questions]);
  const { isolated, tokens } = await known;
  const [marks, ...queues] = [
    credit.vault.decode("marksBadDebt", answers[0] ?? "")[0] as boolean,
    credit.vault.decode("supplyQueue", answers[1] ?? "")[0] as readonly string[],
    credit.vault.decode("withdrawQueue", answers[2] ?? "")[0] as readonly string[],
  ] as const;
  const markets = ours.map(({ market }, place) => {
    const [supplied, cap, position] = answers.slice(3 + 3 * place);
    const state = credit.markets.decode("positionOf", position ?? "")[0] as unknown as { supplyShares: bigint };
    const where = { supplied: BigInt(supplied ?? 0), cap: BigInt(cap ?? 0), shares: state.supplyShares };
    return [market, toMarket(isolated?.[market], where)] as const;
  });
  const names = new Map(ours.map(({ market, id: key }) => [key, market]));
  const [supplyQueue, withdrawQueue] = queues.map((queue) => queue.map((key) => names.get(key) ?? key));
  const atPar = sum(markets.map(([, { supplied }]) => supplied));
  const unrecognised = sum(markets.map(([, market]) => market.unrecognised));
  return {
    asset,
    supply: tokens?.[id]?.supply ?? 0n,
    assets: marks ? positive(atPar - unrecognised) : atPar,
    atPar,
    unrecognised,
    liquidity: sum(markets.map(([, { liquidity }]) => liquidity)),
    marksBadDebt: marks,
    supplyQueue: supplyQueue ?? [],
    withdrawQueue: withdrawQueue ?? [],
    markets: Object.fromEntries(markets),
  };
}

async function read(reading: DefiReading): Promise<Partial<DefiView>> {
  const specs = reading.world.defi.marketVaults;
  if (specs.length === 0) return {};
  const views = await Promise.all(specs.map(async (vault) => [vault.id, await readVault(reading, vault)] as const));
  return { marketVaults: Object.fromEntries(views) };
}

function facts(context: FactContext & { readonly world: DefiWorld }, event: DecodedEvent): readonly MarketVaultFact[] {
  const { world } = context;
  const vault = world.defi.marketVaults.find(({ id }) => world.token(id) === event.address)?.id;
  if (vault === undefined) return [];
  const { args } = event;
  if (event.name === "Reallocated") {
    return [{ kind: "marketVaultReallocated", vault, amount: args["assets"] as bigint }];
  }
  if (event.name !== "Deposit" && event.name !== "Withdraw") return [];
  const move = event.name === "Deposit" ? ("deposit" as const) : ("withdraw" as const);
  const who = nameOf(world, args["owner"]);
  const [assets, shares] = [args["assets"] as bigint, args["shares"] as bigint];
  return [{ kind: "marketVaultMoved", vault, move, who, assets, shares }];
}

/** The vaults themselves, whose shares pools and markets may hold. */
export const marketVaultShares: DefiDomain = {
  name: "marketVaultShares",
  parts,
  tokens: ({ marketVaults: vaults }) => Object.fromEntries(vaults.map(({ id }) => [id, marketVaultPart(id)])),
  read: async () => await Promise.resolve({}),
};

/** Vaults over isolated markets: what they are told, what is in them, what happens to them. */
export const marketVaults: DefiDomain = {
  name: "marketVaults",
  parts: () => [],
  demands: ({ marketVaults: vaults, marketVaultPositions }) =>
    marketVaultPositions.flatMap(({ vault: id, participant, deposited: amount }) => {
      const vault = vaults.find((one) => one.id === id);
      return vault === undefined ? [] : [{ participant, token: vault.asset, amount }];
    }),
  arrange: { open: settle, supply: deposit },
  read,
  readers: (world) => world.defi.marketVaults.map(({ id }) => ({ address: world.token(id), decoder: credit.vault })),
  facts,
};
