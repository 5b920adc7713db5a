import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { ArgumentType, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";

/** One contract of a world: its own id, what to deploy, with which arguments; `@id` is another part's address, however
 * deep in an argument it stands. */
export interface Part {
  readonly id: string;
  readonly contract: string;
  readonly args: readonly ArgumentType[];
}

type Futures = Readonly<Record<string, NamedArtifactContractDeploymentFuture<string>>>;

/** Puts contracts where their ids stand, in lists and structs as well. */
function resolve(arg: ArgumentType, futures: Futures): ArgumentType {
  if (typeof arg === "string") return arg.startsWith("@") ? (futures[arg.slice(1)] ?? arg) : arg;
  if (Array.isArray(arg)) return arg.map((item) => resolve(item, futures));
  if (typeof arg !== "object" || Object.getPrototypeOf(arg) !== Object.prototype || "type" in arg) return arg;
  return Object.fromEntries(Object.entries(arg).map(([name, item]) => [name, resolve(item, futures)]));
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
      const resolved = args.map((arg) => resolve(arg, futures));
      futures[id] = m.contract(contract, resolved, { id });
    }
    return futures;
  });
}
