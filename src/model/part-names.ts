/** What behaviours and measures name, by what it is; `issuer` is a vault or a dollar, `market` one of any kind. */
export type PartKind =
  | "token"
  | "pool"
  | "feed"
  | "market"
  | "issuer"
  | "vault"
  | "dollar"
  | "fund"
  | "epoch vault"
  | "vault with adapters"
  | "branches of debt"
  | "population"
  | "operator set";

/** One name, or several; those left out name nothing. */
export type Names = string | readonly (string | null | undefined)[] | null | undefined;

/** Names that a behaviour or a measure cannot do without; one that nothing declares is refused. */
export type PartNames = { readonly [K in PartKind]?: Names };
