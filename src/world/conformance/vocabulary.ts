import { Interface } from "ethers";

import {
  IAllocationManager__factory,
  IAVSRegistry__factory,
  ICoreComponent__factory,
  ILens__factory,
  IMockPod__factory,
  IOperatorDelegation__factory,
  IPausableFlags__factory,
  IPodManager__factory,
  IRestakingManager__factory,
  IRewardsCoordinator__factory,
  ISlasher__factory,
  IStrategy__factory,
} from "../../../typechain-types/index.ts";

/** Contracts of a conformance run. */
export type ContractName =
  | "restakingManager"
  | "podManager"
  | "operatorDelegation"
  | "avsRegistry"
  | "allocationManager"
  | "slasher"
  | "strategy"
  | "token"
  | "lens"
  | "pod"
  | "rewards";

const token = new Interface([
  "function approve(address spender, uint256 amount) returns (bool)",
  "function mint(address account, uint256 amount)",
  "function burn(address account, uint256 amount)",
  "function balanceOf(address account) view returns (uint256)",
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
]);

/** What the contracts understand; every interface is complete, so the interface is enough. */
const interfaces: Readonly<Record<ContractName, Interface>> = {
  restakingManager: IRestakingManager__factory.createInterface(),
  podManager: IPodManager__factory.createInterface(),
  operatorDelegation: IOperatorDelegation__factory.createInterface(),
  avsRegistry: IAVSRegistry__factory.createInterface(),
  allocationManager: IAllocationManager__factory.createInterface(),
  slasher: ISlasher__factory.createInterface(),
  strategy: IStrategy__factory.createInterface(),
  token,
  lens: ILens__factory.createInterface(),
  pod: IMockPod__factory.createInterface(),
  rewards: IRewardsCoordinator__factory.createInterface(),
};

/** Every error that any of them raises, once. */
function allErrors(): Interface {
  const sources = [
    ...Object.values(interfaces),
    ICoreComponent__factory.createInterface(),
    IPausableFlags__factory.createInterface(),
    new Interface(["error Error(string message)", "error Panic(uint256 code)"]),
  ];
  const errors = new Map<string, string>();
  for (const source of sources) {
    source.forEachError((fragment) => errors.set(fragment.selector, fragment.format("full")));
  }
  return new Interface([...errors.values()]);
}

/** Names and shapes of everything that is said to, and by, the contracts. */
export const vocabulary = { interfaces, errors: allErrors() } as const;
