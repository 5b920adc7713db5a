/** Hardhat's network as Faultline runs it: a step is one transaction, so a block must hold a whole step. */
export const SIMULATED_NETWORK = {
  type: "edr-simulated",
  chainType: "l1",
  /** No cap on a transaction's gas, which later hardforks have. */
  hardfork: "prague",
  blockGasLimit: 30_000_000_000n,
} as const;
