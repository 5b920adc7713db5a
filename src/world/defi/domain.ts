import type { Part } from "../../../deploy/parts.ts";
import type { Action } from "../../model/action.ts";
import type { DefiFact, DefiSpec, DefiView } from "../../model/defi/defi.ts";
import type { Amount } from "../../model/defi/tokens.ts";
import type { LstView } from "../../model/view.ts";
import type { ActionContext, PreparedAction } from "../actions/prepared-action.ts";
import type { DecodedEvent, PreparedContract } from "../codec/prepared-contract.ts";
import type { PartsContext } from "../deploy/parts-context.ts";
import type { FactContext } from "../facts/fact-context.ts";
import type { Arrangement } from "../set-up/arrange.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";

/** A world that has a DeFi layer. */
export interface DefiWorld extends WorldContext {
  readonly defi: DefiSpec;
  /** Address of a token by its id; throws {@link ActionInvalidError} where there is none. */
  readonly token: (id: string) => string;
}

/** What the parts of the DeFi layer are built upon. */
export interface DefiPartsContext extends PartsContext {
  readonly defi: DefiSpec;
  /** Argument that stands for a token's contract: an address, or `@` and the id of the part that makes it. */
  readonly token: (id: string) => string;
}

/** Tokens that somebody needs when the world is set up, besides the wallets' balances. */
export interface Demand {
  readonly participant: string;
  readonly token: string;
  readonly amount: Amount;
}

/**
 * The set-up's stages, in their order; within a stage the domains come in the order of the registry.
 *
 * `wire`: roles and settings; then the protocol makes all tokens that are demanded and hands them out. `fund`: first
 * liquidity. Then time passes until every delay of the restaking core is over, so that averages have a history. `open`:
 * first rounds of feeds and funds. `supply`: what lenders and borrowers bring. `borrow`: debts, seconds before the run.
 */
export type SetUpStage = "wire" | "fund" | "open" | "supply" | "borrow";

/** How a domain reads its state. */
export interface DefiReading {
  readonly world: DefiWorld;
  /**
   * Answers to views at the state between two blocks, in their order. What the domains ask before they wait for anything
   * goes to the chain in one request.
   */
  readonly ask: (calls: readonly Call[]) => Promise<readonly string[]>;
  /** Participants that the last step may have touched; null: everybody. All else stands as in `before`. */
  readonly changed: ReadonlySet<string> | null;
  /** The view before the last step; undefined at the first read. */
  readonly before: DefiView | undefined;
  readonly lst: LstView;
  /** What the domains before this one in the registry read in this very reading; ask for everything else first. */
  readonly known: Promise<Partial<DefiView>>;
}

/** Actions of a domain, by their type. */
export type DomainPreparers<T extends Action["type"]> = {
  readonly [K in T]: (
    context: ActionContext & { readonly world: DefiWorld },
    action: Extract<Action, { type: K }>,
  ) => PreparedAction | Promise<PreparedAction>;
};

/**
 * One domain of the DeFi layer as the world sees it: pools, lenders, a dollar. The registry lists them in the order in
 * which their contracts can be deployed; a world deploys what its specification names, so a domain answers with empty
 * lists where it has nothing.
 */
export interface DefiDomain {
  readonly name: string;
  /** Contracts to deploy, in order; an argument `@id` is another part's address, of this domain or an earlier one. */
  readonly parts: (context: DefiPartsContext) => readonly Part[];
  /** Where the tokens that it makes live: ids of parts, or names that the world knows, by token id. */
  readonly tokens?: (defi: DefiSpec) => Readonly<Record<string, string>>;
  /** Tokens that its own set-up consumes. */
  readonly demands?: (defi: DefiSpec) => readonly Demand[];
  /** Calls by which the protocol's account comes to hold `amount` of one of the domain's tokens. */
  readonly issue?: (world: DefiWorld, order: { readonly token: string; readonly amount: Amount }) => readonly Call[];
  readonly arrange?: Partial<Record<SetUpStage, (world: DefiWorld) => readonly Arrangement[]>>;
  /** The domain's part of the view. */
  readonly read: (reading: DefiReading) => Promise<Partial<DefiView>>;
  /** Contracts whose events it understands. */
  readonly readers?: (world: DefiWorld) => readonly { readonly address: string; readonly decoder: EventReader }[];
  /** Facts that one of these events tells; called with events of the domain's own readers only. */
  readonly facts?: (context: FactContext & { readonly world: DefiWorld }, event: DecodedEvent) => readonly DefiFact[];
}

type EventReader = Pick<PreparedContract, "event">;

/** Part's id of an instrument; Ignition's ids take letters, digits and underscores. */
export function defiPart(kind: string, id: string): string {
  return `${kind}_${id.replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}`;
}
