/**
 * How long the EVM's allocator keeps memory that is free before the system has it back [ms]. It would be 10 ms, and then
 * a large step spends more time on getting its memory again than on running (docs/decisions/0013). The allocator reads
 * this when the EVM's native module loads, which is after the configuration.
 */
process.env["MIMALLOC_PURGE_DELAY"] ??= "10000";

/** Hardhat's network as Faultline runs it: a step is one transaction, so a block must hold a whole step. */
export const SIMULATED_NETWORK = {
  type: "edr-simulated",
  chainType: "l1",
  /** No cap on a transaction's gas, which later hardforks have. */
  hardfork: "prague",
  blockGasLimit: 30_000_000_000n,
} as const;
