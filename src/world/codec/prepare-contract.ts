import { Interface, type InterfaceAbi } from "ethers";

import { PreparedContract } from "./prepared-contract.ts";

/** Compiled contracts as Hardhat keeps them. */
const { artifacts } = await import("hardhat");

/** Prepared coder of a compiled contract or interface, typed by what TypeChain wrote of it. */
export async function prepareContract<T extends { readonly interface: Interface }>(
  name: string,
): Promise<PreparedContract<T["interface"]>> {
  const { abi } = await artifacts.readArtifact(name);
  return new PreparedContract(new Interface(abi as InterfaceAbi));
}
