import type { Wad, Wei } from "../../units/units.ts";

/** Units of a token's smallest part. */
export type Amount = bigint;
/** US dollars with 8 decimals, as price feeds and the pooled market count. */
export type Usd8 = bigint;

/**
 * A token that the world declares. Vaults, dollars, funds, pools and branches of debt make further tokens, whose ids are
 * the ids of what makes them.
 */
export type TokenSpec =
  /** Ether as an ERC-20, one to one. */
  | { readonly id: string; readonly kind: "wrappedEther" }
  /** The wrapped form of the world's liquid staking token; it is there already. */
  | { readonly id: string; readonly kind: "wrappedLst" }
  /** A token whose issuer is no part of the world: par dollars, governance tokens. */
  | { readonly id: string; readonly kind: "external"; readonly decimals: number; readonly worth: TokenWorth };

/** What one whole token is truly worth: in ether or in dollars [WAD]. */
export type TokenWorth =
  { readonly in: "ether"; readonly value: Wad } | { readonly in: "dollars"; readonly value: Wad };

export interface TokenView {
  readonly decimals: number;
  readonly supply: Amount;
  /** True worth of one whole token [wei of ether]: what its backing gives, whatever markets or oracles say. */
  readonly worth: Wad;
}

export type TokenAction =
  | { readonly type: "transferToken"; readonly token: string; readonly to: string; readonly amount: Amount }
  | { readonly type: "wrapEther"; readonly token: string; readonly amount: Wei }
  | { readonly type: "unwrapEther"; readonly token: string; readonly amount: Wei }
  /** The wallet's liquid staking tokens become their wrapped form [wei of ether at today's rate], and back [tokens]. */
  | { readonly type: "wrapLst"; readonly amount: Wei }
  | { readonly type: "unwrapLst"; readonly amount: Amount }
  /** The issuer of an external token (the protocol's administrator) makes some. */
  | { readonly type: "issueToken"; readonly token: string; readonly to: string; readonly amount: Amount };

export type TokenFact = {
  readonly kind: "tokenTransferred";
  readonly token: string;
  /** Participant, or null where tokens were made; `to` null where they were destroyed. */
  readonly from: string | null;
  readonly to: string | null;
  readonly amount: Amount;
};
