import {
  deploy,
  DeploymentResultType,
  type Artifact,
  type ArtifactResolver,
  type BuildInfo,
} from "@nomicfoundation/ignition-core";
import { Interface } from "ethers";

import type { ChainBackend } from "../../chain/chain-backend.ts";
import { ChainError } from "../../errors/chain-error.ts";

type Deployment = Parameters<typeof deploy>[0];

/** Addresses of what a module deployed, by the names of its results. */
export type Deployed = Readonly<Record<string, string>>;

/** Contracts that were read, by their names: nothing compiles while worlds are made. */
const read = new Map<string, Artifact>();

/**
 * Reads a compiled contract, once. Ignition parses the ABI anew for every transaction, which took half of the time that
 * it takes to make a world: parts that are parsed already it takes as they are.
 */
async function readContract(name: string): Promise<Artifact> {
  const known = read.get(name);
  if (known !== undefined) return known;
  const { artifacts } = await import("hardhat");
  const artifact = (await artifacts.readArtifact(name)) as Artifact;
  const parsed = { ...artifact, abi: [...new Interface(artifact.abi).fragments] };
  read.set(name, parsed);
  return parsed;
}

/** Compiled contracts, as Hardhat keeps them. Build information serves verification only, which no run wants. */
function openArtifacts(): ArtifactResolver {
  return {
    loadArtifact: readContract,
    getBuildInfo: async (): Promise<BuildInfo | undefined> => await Promise.resolve(undefined),
  };
}

/** Says in one line why a deployment failed. */
function reasonOf(result: object): string {
  return JSON.stringify(result, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/**
 * Deploys one Ignition module, whatever chain is behind the provider.
 *
 * @param chain - Chain to deploy on; its sender pays.
 * @param ignitionModule - Module under `deploy/`.
 * @param parameters - Parameters by name, of the module and of those that it uses by their ids.
 * @returns Addresses in lower case by the names of the module's results.
 * @throws {@link ChainError} when a contract cannot be deployed or a call of the module reverts.
 */
export async function runModules(
  chain: Pick<ChainBackend, "provider" | "sender">,
  ignitionModule: Deployment["ignitionModule"],
  parameters: Deployment["deploymentParameters"],
): Promise<Deployed> {
  const result = await deploy({
    config: { blockPollingInterval: 1, requiredConfirmations: 1, timeBeforeBumpingFees: 600_000 },
    artifactResolver: openArtifacts(),
    provider: chain.provider,
    ignitionModule,
    deploymentParameters: parameters,
    accounts: [chain.sender],
    defaultSender: chain.sender,
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    throw new ChainError(`the deployment of ${ignitionModule.id}`, reasonOf(result));
  }
  const { contracts } = result;
  return Object.fromEntries(
    Object.entries(ignitionModule.results).map(([name, future]) => {
      const address = contracts[future.id]?.address;
      if (address === undefined) throw new ChainError(`the deployment of ${ignitionModule.id}`, `${name} is missing`);
      return [name, address.toLowerCase()];
    }),
  );
}

/** As {@link runModules}, for a module that uses no other with parameters: these are its own by name. */
export async function runModule(
  chain: Pick<ChainBackend, "provider" | "sender">,
  ignitionModule: Deployment["ignitionModule"],
  parameters: Deployment["deploymentParameters"][string] = {},
): Promise<Deployed> {
  return await runModules(chain, ignitionModule, { [ignitionModule.id]: parameters });
}
