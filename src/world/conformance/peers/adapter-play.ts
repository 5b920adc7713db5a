import type { Deployed } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import type { Answer } from "../defi/answer.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { PeerPlay, UNLIMITED } from "./peer-play.ts";

const WAD = 10n ** 18n;
const ORDINALS = ["First", "Second", "Third", "Fourth"];

/** A vault with one adapter and a line of redemptions; actors hold plenty of the token. */
interface AdapterBench {
  readonly token: Deployed;
  readonly vault: Deployed;
  readonly adapter: Deployed;
  readonly line: Deployed;
}

/** A vector of a vault with adapters being played. */
export class AdapterPlay extends PeerPlay {
  readonly bench: AdapterBench;
  /** Numbers of the requests in the line, and what each was paid, by their names in the vector. */
  readonly requests = new Map<string, bigint>();
  readonly paid = new Map<string, bigint>();
  #fills = 0;

  private constructor(ground: Ground, vector: Vector, bench: AdapterBench) {
    super(ground, vector);
    this.bench = bench;
  }

  static async open(ground: Ground, vector: Vector): Promise<AdapterPlay> {
    const owner = await ground.actor("owner");
    const token = await ground.token();
    const vault = await ground.deploy("AdapterVault", [owner, token, "Conformance", "CONF"]);
    const line = await ground.deploy("RedemptionLine", [vault]);
    await vault.must("owner", ["wire", line]);
    const given = new PeerPlay(ground, vector);
    const duration = given.find({ op: "given" }, "durationSeconds", "duration") ?? 100n;
    const [network, middleware] = [await ground.actor("network N"), await ground.actor("middleware")];
    const terms = [vault, network, middleware, await ground.actor("burner"), duration];
    const adapter = await ground.deploy("AppAdapter", [terms]);
    await vault.must("owner", ["setLimits", adapter, [UNLIMITED, WAD]]);
    for (const actor of ["staker", "donor"]) {
      await token.must(actor, ["mint", await ground.actor(actor), 2n ** 200n]);
      await token.must(actor, ["approve", vault, UNLIMITED]);
    }
    await vault.must("staker", ["approve", line, UNLIMITED]);
    return new AdapterPlay(ground, vector, { token, vault, adapter, line });
  }

  /** Notes what is said of seconds that are over before time goes on. */
  override async arrive(step: VectorStep): Promise<void> {
    const second = this.secondOf(step);
    const isFirstSlash = step.op === "slash" && !this.seen.has("slash");
    const isTwoStates = Object.keys(this.vector.expected).some((key) => key.startsWith("afterSlash"));
    if (isFirstSlash && isTwoStates) await this.#note(UNLIMITED);
    else if (second !== undefined) await this.#note(second);
    if (second !== undefined) await this.moveTo(second);
  }

  /** What can be slashed, is advertised or is free at a second, as things stand. */
  async at(what: string, second: bigint): Promise<bigint> {
    const { adapter } = this.bench;
    if (what !== "free") return await adapter.number(`${what}At`, this.start + second);
    return await this.supposing(async () => {
      await this.moveTo(second);
      return await adapter.number("freeAssets");
    });
  }

  async #note(before: bigint): Promise<void> {
    for (const key of Object.keys(this.vector.expected)) {
      const [, what = "", second = "0"] = /^(slashable|stake)(\d+)$/.exec(key) ?? [];
      if (what === "" || this.seen.has(key) || BigInt(second) >= before) continue;
      this.saw(await this.at(what, BigInt(second)), key);
    }
  }

  /** Brings the vault's assets to where `shares` are worth just `assets`. */
  async price(shares: bigint, assets: bigint): Promise<void> {
    const { vault, adapter, token } = this.bench;
    const supply = await vault.number("totalSupply");
    const now = await vault.number("totalAssets");
    const wanted = (assets * (supply + 1n) + shares - 1n) / shares - 1n;
    const target = wanted < 0n ? 0n : wanted;
    if (target > now) await token.must("donor", ["transfer", vault, target - now]);
    if (target < now) {
      const held = await adapter.number("slashableAt", this.ground.now);
      if (held < now - target) await vault.must("owner", ["allocate", adapter, now - target - held]);
      await adapter.must("middleware", ["slash", now - target]);
    }
  }

  /** Notes what every request could claim after a fill. */
  async filled(): Promise<void> {
    const word = ORDINALS[this.#fills] ?? "";
    this.#fills += 1;
    for (const [id, paid] of this.paid) {
      const claim = paid + (await this.bench.line.number("claimable", this.requests.get(id)));
      this.saw(claim, `claim${id}After${word}FillOnly`, `claim${id}After${word}Fill`);
    }
  }
}

type AdapterOperation = (play: AdapterPlay, step: VectorStep) => Promise<void>;

const allocate: AdapterOperation = async (play, step) => {
  const { vault, adapter } = play.bench;
  const amount = play.need(step, "amount", "assets");
  await vault.must("staker", ["deposit", amount, await play.ground.actor("staker")]);
  play.outcome = await vault.act("owner", ["allocate", adapter, amount]);
};

const requestDeallocate: AdapterOperation = async (play, step) => {
  const call = ["requestDeallocate", play.bench.adapter, play.need(step, "amount", "assets")] as const;
  play.outcome = await play.bench.vault.act("owner", call);
};

const deallocate: AdapterOperation = async (play, step) => {
  const call = ["deallocate", play.bench.adapter, play.need(step, "amount", "assets")] as const;
  play.outcome = await play.bench.vault.act("owner", call);
};

/** The network takes, or gives back. */
const take =
  (fn: "slash" | "release"): AdapterOperation =>
  async (play, step) => {
    play.outcome = await play.bench.adapter.act("middleware", [fn, play.need(step, "amount", "assets")]);
    if (play.outcome.ok) play.saw(play.outcome.values[0] as bigint, fn, fn === "slash" ? "slashed" : "released");
  };

const requestRedeem: AdapterOperation = async (play, step) => {
  const { vault, line } = play.bench;
  const shares = play.need(step, "shares", "amount");
  const staker = await play.ground.actor("staker");
  await vault.must("staker", ["mint", shares, staker]);
  play.outcome = await line.act("staker", ["requestRedeem", shares, staker]);
  if (!play.outcome.ok) return;
  const id = play.text(step, String(play.outcome.values[0]), "id", "request");
  play.requests.set(id, play.outcome.values[0] as bigint);
  play.paid.set(id, 0n);
};

const fill: AdapterOperation = async (play, step) => {
  const shares = play.need(step, "shares");
  if (shares === 0n) play.complain(step, "one or more in shares", "0");
  await play.price(shares, play.need(step, "assets"));
  play.outcome = await play.bench.line.act("staker", ["fill", shares]);
  if (play.outcome.ok) await play.filled();
};

const claim: AdapterOperation = async (play, step) => {
  const id = play.text(step, "0", "id", "request");
  const number = play.requests.get(id) ?? play.need({ op: step.op, id }, "id");
  play.outcome = await play.bench.line.act("staker", ["claim", number, await play.ground.actor("staker")]);
  if (!play.outcome.ok) return;
  const paid = play.outcome.values[0] as bigint;
  play.paid.set(id, (play.paid.get(id) ?? 0n) + paid);
  play.saw(paid, "claimed", "claims", "paid");
};

/** Operations by name. */
export const adapterOperations: Readonly<Record<string, AdapterOperation>> = {
  ...{ allocate, requestDeallocate, deallocate, slash: take("slash"), release: take("release") },
  ...{ requestRedeem, fill, claim },
};

/** What the contracts say to an observable; undefined when there is none of that name. */
export async function adapterAnswer(play: AdapterPlay, key: string): Promise<Answer | undefined> {
  const [, what = "", second = "0"] = /^(?:afterSlash_?)?(slashable|stake|free)(\d+)$/i.exec(key) ?? [];
  if (what !== "") return await play.at(what.toLowerCase(), BigInt(second));
  const id = /^claim(\w+)$/.exec(key)?.[1] ?? "";
  const number = play.requests.get(id);
  if (number !== undefined) return (play.paid.get(id) ?? 0n) + (await play.bench.line.number("claimable", number));
  if (key === "totalAssets" || key === "totalSupply") return await play.bench.vault.number(key);
  return key === "free" ? await play.bench.adapter.number("freeAssets") : undefined;
}
