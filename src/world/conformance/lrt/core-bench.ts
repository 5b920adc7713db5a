import type { Deployed } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";

/** All of an allocation, and one whole token. */
export const WAD = 10n ** 18n;
/** Nobody's address. */
const NOBODY = `0x${"00".repeat(20)}`;
const NO_APPROVAL = { signature: "0x", salt: `0x${"00".repeat(32)}`, expiry: 0n };
/** Delay that the core is deployed with where no case says otherwise [blocks]. */
const DELAY = 5n;

/** The restaking core on the ground: one strategy on a token that anybody may mint, one AVS with numbered sets. */
export class CoreBench {
  readonly ground: Ground;
  readonly token: Deployed;
  readonly core: Readonly<Record<string, Deployed>>;
  readonly strategy: Deployed;
  readonly #sets = new Set<bigint>();
  #operators = 0;

  private constructor(
    ground: Ground,
    parts: { token: Deployed; core: Readonly<Record<string, Deployed>>; strategy: Deployed },
  ) {
    this.ground = ground;
    this.token = parts.token;
    this.core = parts.core;
    this.strategy = parts.strategy;
  }

  /** Deploys and wires the six contracts. */
  static async open(ground: Ground): Promise<CoreBench> {
    const owner = await ground.actor("owner");
    const core: Record<string, Deployed> = {
      restakingManager: await ground.deploy("RestakingManager", [owner]),
      podManager: await ground.deploy("PodManager", [owner, 0n]),
      operatorDelegation: await ground.deploy("OperatorDelegation", [owner, 0n, DELAY]),
      avsRegistry: await ground.deploy("AVSRegistry", [owner, 0n, DELAY, DELAY, 0n]),
      allocationManager: await ground.deploy("AllocationManager", [owner, 0n, DELAY, DELAY]),
      slasher: await ground.deploy("Slasher", [owner, 0n]),
    };
    for (const component of Object.values(core)) await component.must("owner", ["wire", Object.values(core)]);
    const token = await ground.token();
    const bench = new CoreBench(ground, {
      token,
      core,
      strategy: await ground.deploy("Strategy", [token, core["restakingManager"]]),
    });
    await bench.part("restakingManager").must("owner", ["setWhitelisted", [bench.strategy], true]);
    await bench.part("avsRegistry").must("avs", ["registerAVS", "conformance"]);
    return bench;
  }

  /** One of the six contracts. */
  part(name: string): Deployed {
    return this.core[name] as Deployed;
  }

  /** The words for "no approval needed". */
  get noApproval(): typeof NO_APPROVAL {
    return NO_APPROVAL;
  }

  /** Makes a new operator that allocates these magnitudes to the sets 1, 2, ...; its name. */
  async operator(magnitudes: readonly bigint[], strategy: string = this.strategy.address): Promise<string> {
    this.#operators += 1;
    const name = `operator ${this.#operators}`;
    await this.part("operatorDelegation").must(name, ["registerAsOperator", NOBODY, 0n, "conformance"]);
    const avs = await this.ground.actor("avs");
    for (const [at, magnitude] of magnitudes.entries()) {
      const id = BigInt(at + 1);
      if (!this.#sets.has(id)) {
        const set = [id, [strategy], avs, NOBODY, 0n, NOBODY];
        await this.part("avsRegistry").must("avs", ["createOperatorSet", set]);
        this.#sets.add(id);
      }
      await this.part("avsRegistry").must(name, ["registerForOperatorSets", avs, [id], "0x"]);
      if (magnitude > 0n) {
        const change = [[[[avs, id], [strategy], [magnitude]]]];
        await this.part("allocationManager").must(name, ["modifyAllocations", ...change]);
      }
    }
    return name;
  }

  /** Slashes a fraction of what an operator allocated to a set. */
  async slash(operator: string, order: { set: bigint; wad: bigint; strategy?: string }): Promise<void> {
    const avs = await this.ground.actor("avs");
    const strategies = [order.strategy ?? this.strategy.address];
    const params = [await this.ground.actor(operator), [avs, order.set], strategies, [order.wad], "conformance"];
    await this.part("slasher").must("avs", ["slash", params]);
  }

  /** Gives an account tokens, and lets a contract take them. */
  async endow(actor: string, spender: Deployed, amount: bigint): Promise<void> {
    await this.token.must(actor, ["mint", await this.ground.actor(actor), amount]);
    await this.token.must(actor, ["approve", spender, 2n ** 256n - 1n]);
  }
}
