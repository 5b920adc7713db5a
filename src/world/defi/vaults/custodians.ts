import type { ChainBackend } from "../../../chain/chain-backend.ts";
import { custodianId } from "../../../model/names.ts";
import { asText } from "../../codec/prepared-contract.ts";
import type { WorldContext } from "../../world-context.ts";
import { defiWorld } from "../defi-world.ts";
import { coders, pieceAt } from "./vault-contracts.ts";

/** Names the contracts that hold a vault's stake at each operator, so that slashes and withdrawals tell whose they are. */
export async function nameCustodians(backend: ChainBackend, at: WorldContext): Promise<void> {
  const world = defiWorld(at);
  if (world === null) return;
  const { participants } = world.book;
  for (const { id, operators } of world.defi.vaults) {
    for (const { operator } of operators) {
      const data = coders.delegators.encode("delegatorOf", [participants.address(operator)]);
      const answer = await backend.call(pieceAt(world, "vaultDelegators", id), data);
      const [custodian] = Object.values(coders.delegators.decode("delegatorOf", answer));
      participants.add(custodianId(id, operator), asText(custodian));
    }
  }
}
