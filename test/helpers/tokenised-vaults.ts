/** Vaults of ERC-4626, each as anybody sees it who knows the standard only. */
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import { deployEtherAndDollars } from "./lending.ts";
import { deployVault } from "./restaking-vault.ts";

/** What alice brings in, and what comes on top where the vault counts it: the price of a share then does not divide. */
export const BROUGHT = 1_000_000n;
const GIVEN = BROUGHT / 3n;
const UNLIMITED = 2n ** 256n - 1n;

interface Parts {
  readonly vault: { getAddress(): Promise<string> };
  readonly asset: { getAddress(): Promise<string> };
  readonly alice: HardhatEthersSigner;
  readonly bob: HardhatEthersSigner;
  readonly carol: HardhatEthersSigner;
  /** Disables deposits, where the vault can. */
  readonly close?: () => Promise<unknown>;
  /** Disables what leaves at once, where the vault can. */
  readonly hold?: () => Promise<unknown>;
}

async function asSeenByAnybody({ ethers }: NetworkConnection, parts: Parts) {
  const at = await parts.vault.getAddress();
  const asset = await ethers.getContractAt("Token__MockForMarkets", await parts.asset.getAddress());
  for (const holder of [parts.alice, parts.bob]) {
    await asset.mint(holder, 10n ** 30n);
    await asset.connect(holder).approve(at, UNLIMITED);
  }
  return { ...parts, at, asset, vault: await ethers.getContractAt("AdapterVault", at) };
}

export type TokenisedVault = Awaited<ReturnType<typeof asSeenByAnybody>>;

export async function openRestakingVault(network: NetworkConnection): Promise<TokenisedVault> {
  const { vault, token, owner, alice, bob, carol, put } = await deployVault(network);
  await put(alice, BROUGHT);
  await vault.connect(owner).reward(GIVEN);
  const close = async () => await vault.connect(owner).pause(1n);
  return await asSeenByAnybody(network, { vault, asset: token, alice, bob, carol, close });
}

/** An insurance whose alice may leave. */
export async function openInsuranceModule(network: NetworkConnection): Promise<TokenisedVault> {
  const { ethers, networkHelpers } = network;
  const { pool, dollars, ether, owner, alice, bob, carol } = await deployEtherAndDollars(network);
  const terms = {
    ...{ owner, pool, reserve: dollars.asset, underlying: ether.asset, underlyingFeed: ether.feed },
    ...{ maxAge: 2n ** 40n, receiver: owner, offset: 0n, feeBps: 0n, cooldown: 10n, window: 10n ** 6n },
  };
  const module = await ethers.deployContract("InsuranceModule", [terms, 1]);
  const seen = await asSeenByAnybody(network, {
    ...{ vault: module, asset: ether.asset, alice, bob, carol },
    close: async () => await module.connect(owner).pause(1n),
    hold: async () => await module.connect(owner).pause(2n),
  });
  await module.connect(alice).deposit(BROUGHT, alice);
  await module.connect(alice).cooldown();
  await networkHelpers.time.increase(20n);
  return seen;
}

/** A vault with alice as its line, who alone may redeem. */
export async function openAdapterVault(network: NetworkConnection): Promise<TokenisedVault> {
  const { ethers } = network;
  const [owner, alice, bob, carol] = await ethers.getSigners();
  if (!owner || !alice || !bob || !carol) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const vault = await ethers.deployContract("AdapterVault", [owner, token, "Adapters", "ADP"]);
  await vault.wire(alice);
  const adapter = await ethers.deployContract("AppAdapter", [
    { vault, network: owner, middleware: owner, burner: owner, duration: 100n },
  ]);
  await vault.setLimits(adapter, { absolute: UNLIMITED, share: 10n ** 18n });
  const hold = async () => await vault.allocate(adapter, UNLIMITED);
  const seen = await asSeenByAnybody(network, { vault, asset: token, alice, bob, carol, hold });
  await vault.connect(alice).deposit(BROUGHT, alice);
  await token.mint(vault, GIVEN);
  return seen;
}

/** A vault that nothing leaves at once. */
export async function openEarmarkVault(network: NetworkConnection): Promise<TokenisedVault> {
  const { ethers } = network;
  const [owner, alice, bob, carol] = await ethers.getSigners();
  if (!owner || !alice || !bob || !carol) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const terms = { core: owner, operator: owner, asset: token, handler: owner };
  const vault = await ethers.deployContract("EarmarkVault", [terms, "Earmarks", "EAR"]);
  const seen = await asSeenByAnybody(network, { vault, asset: token, alice, bob, carol });
  await vault.connect(alice)["deposit(uint256,address)"](BROUGHT, alice);
  await token.mint(vault, GIVEN);
  return seen;
}
