import type { NetworkConnection } from "hardhat/types/network";

/** Length of an epoch [s]. */
export const EPOCH = 1_000n;
const UNLIMITED = 2n ** 256n - 1n;

/** Word for the first part of a network. */
export const partOf = (network: string): string => network.toLowerCase() + "0".repeat(24);

/** An epoch vault of a token that anybody may mint, with its registry; its delegator and slasher are still to be named. */
export async function deployEpochVault({ ethers }: NetworkConnection) {
  const [owner, ada, bob, network, middleware, op, other, burner] = await ethers.getSigners();
  if (!owner || !ada || !bob || !network || !middleware || !op || !other || !burner) {
    throw new RangeError("too few accounts");
  }
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const registry = await ethers.deployContract("EpochRegistry");
  const terms = { owner, asset: token, burner, epochDuration: EPOCH };
  const vault = await ethers.deployContract("EpochVault", [terms]);
  for (const holder of [ada, bob]) {
    await token.mint(holder, 10n ** 60n);
    await token.connect(holder).approve(vault, UNLIMITED);
  }
  await registry.connect(network).setMiddleware(middleware);
  for (const operator of [op, other]) {
    await registry.connect(operator).optIn(vault);
    await registry.connect(operator).optIn(network);
  }
  const part = partOf(network.address);
  return { token, registry, vault, part, owner, ada, bob, network, middleware, op, other, burner };
}
