/**
 * How long the EVM's allocator keeps memory that is free before the system has it back [ms]. It would be 10 ms, and then
 * a large step spends more time on getting its memory again than on running (docs/decisions/0013). The allocator reads
 * this when the EVM's native module loads, which is after the configuration.
 */
process.env["MIMALLOC_PURGE_DELAY"] ??= "10000";

/** Newest states, of the last blocks and of those asked for since, that the network keeps; older ones it works out. */
export const STATES_KEPT = 32;

/**
 * Left alone, the network keeps the state of every block, which is most of what a long run costs in memory
 * (docs/decisions/0013). It reads this when a chain opens.
 */
process.env["__EDR_MAX_CACHED_STATES"] ??= String(STATES_KEPT);

/**
 * The contract that keeps the hashes of past blocks (EIP-2935). A chain of ours takes its code away: each block would fill
 * a slot of it, so that a run became slower with every step; nothing here asks for such a hash.
 */
export const BLOCK_HASHES = "0x0000F90827F1C53a10cb7A02335B175320002935";

/** Hardhat's network as Faultline runs it: a step is one transaction, so a block must hold a whole step. */
export const SIMULATED_NETWORK = {
  type: "edr-simulated",
  chainType: "l1",
  /** No cap on a transaction's gas, which later hardforks have. */
  hardfork: "prague",
  blockGasLimit: 30_000_000_000n,
} as const;
