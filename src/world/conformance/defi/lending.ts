import type { DefiKind } from "./kind.ts";
import { accountKinds } from "./lending/accounts.ts";
import { insuranceKinds } from "./lending/insurance.ts";
import { interestKinds } from "./lending/interest.ts";

/** Cases about pooled and isolated lending, interest, liquidation, deficits. */
export const lendingKinds: readonly DefiKind[] = [...interestKinds, ...accountKinds, ...insuranceKinds];
