/** Vaults of ERC-7540, each as anybody sees it who knows the standard only. */
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import { deployVault } from "./restaking-vault.ts";
import { DAY, deployStablecoin } from "./stablecoin.ts";

/** What alice brings in before anything is asked for. */
const BROUGHT = 1_000_000n;
const RESTAKING_DELAY = 10n;
/** A value of a fund's share that does not divide. */
const NAV = 1_042_317n;
/** The bit that pauses claims, of both vaults. */
export const PAUSED_CLAIM = 1n << 2n;

interface Parts {
  readonly vault: { getAddress(): Promise<string> };
  readonly share: { getAddress(): Promise<string> };
  readonly asset: { getAddress(): Promise<string> };
  /** Owner of the vault, and who holds shares, nothing, nothing. */
  readonly owner: HardhatEthersSigner;
  readonly alice: HardhatEthersSigner;
  readonly bob: HardhatEthersSigner;
  readonly carol: HardhatEthersSigner;
  /** Lets everything that was requested become claimable. */
  readonly mature: () => Promise<void>;
}

async function asSeenByAnybody({ ethers }: NetworkConnection, parts: Parts) {
  const at = await parts.vault.getAddress();
  const share = await ethers.getContractAt("FundShare", await parts.share.getAddress());
  return {
    ...parts,
    at,
    share,
    asset: await ethers.getContractAt("Token__MockForMarkets", await parts.asset.getAddress()),
    operators: await ethers.getContractAt("IERC7540Operator", at),
    deposits: await ethers.getContractAt("IERC7540Deposit", at),
    redemptions: await ethers.getContractAt("IERC7540Redeem", at),
    vault: await ethers.getContractAt("IERC7575", at),
    pausable: await ethers.getContractAt("IPausableFlags", at),
    introspection: await ethers.getContractAt("RestakingVault", at),
    held: await share.balanceOf(parts.alice),
  };
}

export type AsynchronousVault = Awaited<ReturnType<typeof asSeenByAnybody>>;

/** A restaking vault whose share is worth more than an asset; its queue asks for ten blocks. */
export async function openRestakingVault(network: NetworkConnection): Promise<AsynchronousVault> {
  const { vault, token, owner, alice, bob, carol, put } = await deployVault(network, { delay: RESTAKING_DELAY });
  await put(alice, BROUGHT);
  await vault.connect(owner).reward(BROUGHT / 3n);
  const mature = async () => await network.networkHelpers.mine(RESTAKING_DELAY);
  return await asSeenByAnybody(network, { vault, share: vault, asset: token, owner, alice, bob, carol, mature });
}

/** A fund whose share is worth more than its money; its orders wait for a value, and for days. */
export async function openFundTeller(network: NetworkConnection): Promise<AsynchronousVault> {
  const { teller, fundShare, usdc, owner, alice, bob, carol } = await deployStablecoin(network, { firstNav: NAV });
  const mature = async () => {
    for (let day = 0; day < 3; day += 1) {
      await network.networkHelpers.time.increase(DAY);
      await teller.strike(NAV);
    }
  };
  await teller.connect(alice).requestDeposit(BROUGHT, alice, alice);
  await mature();
  await teller.connect(alice).claim(1n, alice);
  await usdc.connect(owner).transfer(teller, BROUGHT);
  return await asSeenByAnybody(network, {
    ...{ vault: teller, share: fundShare, asset: usdc, owner, alice, bob, carol, mature },
  });
}
