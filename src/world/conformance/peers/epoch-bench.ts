import type { Deployed } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import { UNLIMITED } from "./peer-play.ts";

/** Who the vault's stake stands for, and who takes it. */
export type DelegatorName = "NetworkRestake" | "FullRestake" | "OperatorSpecific" | "OperatorNetworkSpecific";
export type SlasherName = "none" | "EpochSlasher" | "EpochVetoSlasher";

/** How a case's epoch vault is set up. */
export interface EpochTerms {
  readonly epoch: bigint;
  readonly delegator: DelegatorName;
  /** With "none" the actor "slasher" slashes the vault itself. */
  readonly slasher: SlasherName;
  readonly veto: bigint;
  readonly resolverDelay: bigint;
}

/** Most stake of a network, and of an operator in it; without, no limit. */
export interface Limits {
  readonly network?: bigint;
  readonly operator?: bigint;
}

export const WEEK = 604_800n;
const DEFAULTS: EpochTerms = {
  epoch: WEEK,
  delegator: "FullRestake",
  slasher: "none",
  veto: 172_800n,
  resolverDelay: 3n,
};

/** An epoch vault with its registry, delegator and slasher: actors come by their names, and hold plenty of the token. */
export class EpochBench {
  readonly ground: Ground;
  readonly terms: EpochTerms;
  readonly token: Deployed;
  readonly vault: Deployed;
  readonly registry: Deployed;
  readonly delegator: Deployed;
  readonly slasher: Deployed | undefined;
  readonly #networks = new Set<string>();
  readonly #operators = new Set<string>();
  readonly #holders = new Set<string>();
  readonly #limited = new Set<string>();

  private constructor(
    ground: Ground,
    terms: EpochTerms,
    parts: Readonly<Record<"token" | "vault" | "registry" | "delegator", Deployed>> & { slasher: Deployed | undefined },
  ) {
    this.ground = ground;
    this.terms = terms;
    this.token = parts.token;
    this.vault = parts.vault;
    this.registry = parts.registry;
    this.delegator = parts.delegator;
    this.slasher = parts.slasher;
  }

  /** Deploys them; the actor "owner" is curator, "burner" receives what is slashed. */
  static async open(ground: Ground, changes: Partial<EpochTerms> = {}): Promise<EpochBench> {
    const terms = { ...DEFAULTS, ...changes };
    const owner = await ground.actor("owner");
    const token = await ground.token();
    const registry = await ground.deploy("EpochRegistry");
    const vault = await ground.deploy("EpochVault", [[owner, token, await ground.actor("burner"), terms.epoch]]);
    const chosen: Record<DelegatorName, readonly string[]> = {
      NetworkRestake: [],
      FullRestake: [],
      OperatorSpecific: [await ground.actor("op")],
      OperatorNetworkSpecific: [await ground.actor("op"), await ground.actor("network N")],
    };
    const delegator = await ground.deploy(terms.delegator, [vault, registry, owner, ...chosen[terms.delegator]]);
    const windows = terms.slasher === "EpochVetoSlasher" ? [terms.veto, terms.resolverDelay] : [];
    const slasher =
      terms.slasher === "none" ? undefined : await ground.deploy(terms.slasher, [vault, registry, false, ...windows]);
    await vault.must("owner", ["wire", delegator, slasher ?? (await ground.actor("slasher"))]);
    return new EpochBench(ground, terms, { token, vault, registry, delegator, slasher });
  }

  /** Word for the first part of a network. */
  async subnetwork(name: string): Promise<string> {
    return (await this.network(name)) + "0".repeat(24);
  }

  /** A network by its name, which "middleware" slashes for; its own limit, where it is new, is none. */
  async network(name: string): Promise<string> {
    const actor = `network ${name}`;
    const address = await this.ground.actor(actor);
    if (this.#networks.has(name)) return address;
    this.#networks.add(name);
    await this.registry.must(actor, ["setMiddleware", await this.ground.actor("middleware")]);
    return address;
  }

  /** An operator by its name, opted in to the vault where it is new. */
  async operator(name: string): Promise<string> {
    const address = await this.ground.actor(name);
    if (this.#operators.has(name)) return address;
    this.#operators.add(name);
    await this.registry.must(name, ["optIn", this.vault]);
    return address;
  }

  /** Makes an operator work for a network, with no limit but these. */
  async serve(operator: string, network: string, limits: Limits = {}): Promise<void> {
    const [who, part] = [await this.operator(operator), await this.subnetwork(network)];
    await this.registry.must(operator, ["optIn", await this.network(network)]);
    const own = limits.operator ?? UNLIMITED;
    if (!this.#limited.has(network)) await this.#limit(network, limits.network ?? UNLIMITED);
    if (this.terms.delegator === "FullRestake" && own > 0n) {
      await this.delegator.must("owner", ["setOperatorLimit", part, who, own]);
    }
  }

  async #limit(network: string, limit: bigint): Promise<void> {
    this.#limited.add(network);
    const isOnly = this.terms.delegator === "OperatorNetworkSpecific";
    const maximum = isOnly ? limit : UNLIMITED;
    if (maximum > 0n) await this.delegator.must(`network ${network}`, ["setMaxNetworkLimit", 0n, maximum]);
    if (!isOnly && limit > 0n) {
      await this.delegator.must("owner", ["setNetworkLimit", await this.subnetwork(network), limit]);
    }
  }

  /** Gives an actor plenty of the token, once. */
  async endow(actor: string): Promise<string> {
    const address = await this.ground.actor(actor);
    if (this.#holders.has(actor)) return address;
    this.#holders.add(actor);
    await this.token.must(actor, ["mint", address, 2n ** 248n]);
    await this.token.must(actor, ["approve", this.vault, UNLIMITED]);
    return address;
  }

  async deposit(actor: string, amount: bigint): Promise<void> {
    await this.vault.must(actor, ["deposit", await this.endow(actor), amount]);
  }

  /** All that the burner received. */
  async burned(): Promise<bigint> {
    return await this.token.number("balanceOf", await this.ground.actor("burner"));
  }
}
