import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";

/** One contract of a world: its own id, what to deploy, with which arguments; `@id` is another part's address. */
export interface Part {
  readonly id: string;
  readonly contract: string;
  readonly args: readonly ArgumentType[];
}

/**
 * Builds the module that deploys what differs from world to world: strategies, services and rules.
 *
 * @param parts - Contracts in order; one may name an earlier one as an argument.
 * @returns A module whose results carry the parts' ids.
 */
export function buildPartsModule(parts: readonly Part[]) {
  return buildModule("Parts", (m) => {
    const futures: Record<string, NamedArtifactContractDeploymentFuture<string>> = {};
    for (const { id, contract, args } of parts) {
      const resolved = args.map((arg) =>
        typeof arg === "string" && arg.startsWith("@") ? (futures[arg.slice(1)] ?? arg) : arg,
      );
      futures[id] = m.contract(contract, resolved, { id });
    }
    return futures;
  });
}
