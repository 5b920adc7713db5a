import { PROTOCOL } from "../../../model/names.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import type { TokenAction, TokenFact, TokenSpec } from "../../../model/defi/tokens.ts";
import type { ExternalToken, ITokenLens, IWrappedEther } from "../../../../typechain-types/index.ts";
import { prepareContract } from "../../codec/prepare-contract.ts";
import { asText, type DecodedEvent } from "../../codec/prepared-contract.ts";
import { contracts } from "../../contracts.ts";
import type { FactContext } from "../../facts/fact-context.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiDomain, type DefiReading, type DefiWorld, type DomainPreparers } from "../domain.ts";

/** Also the coder of any ERC-20. */
const erc20 = await prepareContract<ExternalToken>("ExternalToken");
const wrappedEther = await prepareContract<IWrappedEther>("IWrappedEther");
const lens = await prepareContract<ITokenLens>("ITokenLens");

const LENS = "tokenLens";
/** Most holders of one question: the chain in this process keeps every opcode of a call. */
const HOLDERS = 100;

/** A transfer, for every domain's use. */
export function transferCall(world: DefiWorld, order: { token: string; to: string; amount: bigint }): Call {
  return { target: world.token(order.token), data: erc20.encode("transfer", [order.to, order.amount]) };
}

/** Asks how much of a token an account holds. */
export function balanceCall(world: DefiWorld, token: string, account: string): Call {
  return { target: world.token(token), data: erc20.encode("balanceOf", [account]) };
}

/** Lets `spender` take any amount of a token. */
export function approveCall(world: DefiWorld, token: string, spender: string): Call {
  return { target: world.token(token), data: erc20.encode("approve", [spender, (1n << 256n) - 1n]) };
}

function placeOf(token: TokenSpec): string {
  return token.kind === "wrappedLst" ? "wrapped" : defiPart("token", token.id);
}

function issue(world: DefiWorld, { token: id, amount }: { token: string; amount: bigint }): readonly Call[] {
  const kind = world.defi.tokens.find((token) => token.id === id)?.kind;
  const target = world.token(id);
  if (kind === "wrappedEther") return [{ target, data: wrappedEther.encode("wrap", []), value: amount }];
  if (kind === "external") {
    return [{ target, data: erc20.encode("mint", [world.book.participants.address(PROTOCOL), amount]) }];
  }
  return wrappedLstCalls(world, amount);
}

/**
 * Calls after which their sender has at least `amount` more wrapped LST, bought with ether at a rate of two ether per
 * token at most.
 */
export function wrappedLstCalls(world: DefiWorld, amount: bigint): readonly Call[] {
  return [
    { target: world.at("lst"), data: contracts.lst.encode("submit", []), value: 2n * amount + 2n },
    { target: world.at("wrapped"), data: contracts.wrapped.encode("wrap", [2n * amount]) },
  ];
}

/** Every token with a contract of its own, those that other domains make included. */
function tokenIds(world: DefiWorld): readonly string[] {
  const { tokens, vaults, funds, dollars, pools, cdps, marketVaults, adapterVaults } = world.defi;
  const liquid = pools.filter(({ kind }) => kind !== "banded");
  return [...tokens, ...vaults, ...funds, ...dollars, ...liquid, ...cdps, ...marketVaults, ...adapterVaults].map(
    ({ id }) => id,
  );
}

async function read({ world, ask, changed, before }: DefiReading): Promise<Partial<DefiView>> {
  const ids = tokenIds(world);
  const addresses = ids.map((id) => world.token(id));
  const holders = world.spec.participants.map(({ id }) => id).filter((id) => changed?.has(id) ?? true);
  const parts = Array.from({ length: Math.ceil(holders.length / HOLDERS) || 1 }, (_, at) =>
    holders.slice(at * HOLDERS, (at + 1) * HOLDERS),
  );
  const questions = parts.map((part): Call => {
    const accounts = part.map((id) => world.book.participants.address(id));
    return { target: world.at(LENS), data: lens.encode("read", [addresses, accounts]) };
  });
  const answers = (await ask(questions)).map((answer) => lens.decode("read", answer));
  const supplies = (answers[0]?.["supplies"] ?? []) as readonly bigint[];
  const decimals = (answers[0]?.["decimals"] ?? []) as readonly bigint[];
  const tokens = ids.map((id, at) => {
    return [id, { decimals: Number(decimals[at] ?? 18n), supply: supplies[at] ?? 0n, worth: 0n }] as const;
  });
  const balances = parts.flatMap((part, which) => {
    const held = (answers[which]?.["balances"] ?? []) as readonly (readonly bigint[])[];
    return part.map((holder, at) => {
      const own = ids.map((id, token) => [id, held[at]?.[token] ?? 0n] as const);
      return [holder, Object.fromEntries(own.filter(([, amount]) => amount > 0n))] as const;
    });
  });
  return { tokens: Object.fromEntries(tokens), balances: { ...before?.balances, ...Object.fromEntries(balances) } };
}

/** Participant behind an address; null where it is a contract's or nobody's. */
function holderOf({ world }: FactContext, address: unknown): string | null {
  return world.book.participants.name(asText(address as string));
}

function facts(context: FactContext & { readonly world: DefiWorld }, event: DecodedEvent): readonly TokenFact[] {
  const token = tokenIds(context.world).find((id) => context.world.token(id) === event.address);
  if (event.name !== "Transfer" || token === undefined) return [];
  const [from, to] = [holderOf(context, event.args["from"]), holderOf(context, event.args["to"])];
  if (from === null && to === null) return [];
  return [{ kind: "tokenTransferred", token, from, to, amount: event.args["value"] as bigint }];
}

/** What participants can want of tokens. */
export const tokenPreparers: DomainPreparers<TokenAction["type"]> = {
  transferToken: ({ world }, { token, to, amount }) => ({
    calls: [transferCall(world, { token, to: world.book.participants.address(to), amount })],
  }),
  wrapEther: ({ world }, { token, amount: value }) => ({
    calls: [{ target: world.token(token), data: wrappedEther.encode("wrap", []), value }],
  }),
  unwrapEther: ({ world }, { token, amount }) => ({
    calls: [{ target: world.token(token), data: wrappedEther.encode("unwrap", [amount]) }],
  }),
  wrapLst: ({ world }, { amount }) => ({
    calls: [{ target: world.at("wrapped"), data: contracts.wrapped.encode("wrap", [amount]) }],
  }),
  unwrapLst: ({ world }, { amount }) => ({
    calls: [{ target: world.at("wrapped"), data: contracts.wrapped.encode("unwrap", [amount]) }],
  }),
  issueToken: ({ world }, { token, to, amount }) => ({
    calls: [
      ...issue(world, { token, amount }),
      ...(to === PROTOCOL ? [] : [transferCall(world, { token, to: world.book.participants.address(to), amount })]),
    ],
  }),
};

/** Wrapped ether, the wrapped LST and tokens from outside; reads every token of the layer. */
export const tokens: DefiDomain = {
  name: "tokens",
  parts: ({ defi, actorOf }) => [
    { id: LENS, contract: "TokenLens", args: [] },
    ...defi.tokens.flatMap((token) => {
      const id = defiPart("token", token.id);
      if (token.kind === "wrappedEther") return [{ id, contract: "WrappedEther", args: [] }];
      if (token.kind === "wrappedLst") return [];
      return [{ id, contract: "ExternalToken", args: [actorOf(PROTOCOL), token.id, BigInt(token.decimals)] }];
    }),
  ],
  tokens: ({ tokens: own }) => Object.fromEntries(own.map((token) => [token.id, placeOf(token)])),
  issue,
  read,
  readers: (world) => tokenIds(world).map((id) => ({ address: world.token(id), decoder: erc20 })),
  facts,
};
