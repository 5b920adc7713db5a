import type { Answer } from "../defi/answer.ts";
import type { Deployed, Outcome } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { PeerPlay, UNLIMITED } from "./peer-play.ts";

const DAY = 86_400n;
const PLENTY = 1_000n * 10n ** 18n;
const HUNDRED_PERCENT = 100n * 10n ** 18n;

/** A vector of earmarked slashes being played: one operator, one vault, staked to every service that is named. */
export class EarmarkPlay extends PeerPlay {
  readonly core: Deployed;
  readonly vault: Deployed;
  /** Slashes by their service, in order. */
  readonly slashings: { readonly service: string; readonly id: bigint }[] = [];
  redemptions = 0n;

  private constructor(ground: Ground, vector: Vector, parts: { readonly core: Deployed; readonly vault: Deployed }) {
    super(ground, vector);
    [this.core, this.vault] = [parts.core, parts.vault];
  }

  static serviceOf(vector: Vector, step: VectorStep): string {
    const first = vector.steps.map(({ dss }) => dss).find((name) => typeof name === "string");
    const own = step["dss"] ?? first;
    return typeof own === "string" ? own : "X";
  }

  /** Stakes a vault of so many assets to every service of a vector; that takes nine days each, before second 0. */
  static async open(ground: Ground, vector: Vector, assets?: bigint): Promise<EarmarkPlay> {
    const given = new PeerPlay(ground, vector);
    const none: VectorStep = { op: "given" };
    const [token, operator] = [await ground.token(), await ground.actor("op")];
    const core = await ground.deploy("EarmarkCore", [await ground.actor("veto")]);
    const terms = [core, operator, token, await ground.actor("handler")];
    const vault = await ground.deploy("EarmarkVault", [terms, "Conformance", "CONF"]);
    const most = given.find(none, "maxSlashPct", "maxSlashPercentage", "maxPct", "dssMax") ?? HUNDRED_PERCENT;
    for (const service of new Set(vector.steps.map((step) => EarmarkPlay.serviceOf(vector, step)))) {
      const address = await ground.actor(`dss ${service}`);
      await core.must(`dss ${service}`, ["registerService", most]);
      await core.must("op", ["setMembership", address, true]);
      await core.must("op", ["requestStakeUpdate", vault, address, true]);
      await ground.advance(9n * DAY);
      await core.must("op", ["finaliseStakeUpdate", vault]);
    }
    const whole = assets ?? given.find(none, "totalAssets") ?? PLENTY;
    const staker = await ground.actor("staker");
    await token.must("staker", ["mint", staker, UNLIMITED / 2n]);
    await token.must("staker", ["approve", vault, UNLIMITED]);
    if (whole > 0n) await vault.must("staker", ["deposit(uint256,address)", whole, staker]);
    return new EarmarkPlay(ground, vector, { core, vault });
  }

  async request(service: string, percent: bigint): Promise<Outcome> {
    const call = ["requestSlashing", await this.ground.actor("op"), [this.vault], [percent]] as const;
    return await this.core.act(`dss ${service}`, call);
  }

  /** First second from `from` on in which something succeeds, tried and forgotten. */
  async firstOf(attempt: () => Promise<Outcome>, from = this.now): Promise<bigint> {
    let [low, high] = [from, from + 40n * DAY];
    const succeeds = async (second: bigint): Promise<boolean> =>
      await this.supposing(async () => {
        await this.moveTo(second);
        return (await attempt()).ok;
      });
    while (low < high) {
      const middle = (low + high) / 2n;
      if (await succeeds(middle)) high = middle;
      else low = middle + 1n;
    }
    return low;
  }
}

type EarmarkOperation = (play: EarmarkPlay, step: VectorStep) => Promise<void>;

const requestSlashing: EarmarkOperation = async (play, step) => {
  const service = EarmarkPlay.serviceOf(play.vector, step);
  const own = step["totalAssets"];
  const target =
    own === undefined ? play : await EarmarkPlay.open(play.ground, play.vector, play.need(step, "totalAssets"));
  play.outcome = await target.request(service, play.find(step, "pct", "percent", "wad") ?? HUNDRED_PERCENT / 10n);
  if (!play.outcome.ok) return;
  const id = play.outcome.values[0] as bigint;
  if (target === play) play.slashings.push({ service, id });
  const [slashing] = await target.core.ask("slashingOf", id);
  const [earmark = 0n] = (slashing as { earmarks: readonly bigint[] }).earmarks;
  play.saw(earmark, "earmarks", "earmark", `earmark${service}`);
};

/** The slash that a step ends: of its service, by its number, or the oldest. */
function slashingFor(play: EarmarkPlay, step: VectorStep): bigint {
  const index = play.find(step, "index", "id");
  const own = step["dss"];
  return index ?? play.slashings.find(({ service }) => own === undefined || service === own)?.id ?? 0n;
}

const finalizeSlashing: EarmarkOperation = async (play, step) => {
  const id = slashingFor(play, step);
  if (step["t"] === undefined)
    await play.moveTo(await play.firstOf(async () => await play.core.act("anybody", ["finaliseSlashing", id])));
  play.outcome = await play.core.act("anybody", ["finaliseSlashing", id]);
  if (!play.outcome.ok) return;
  const [taken = 0n] = play.outcome.values[0] as readonly bigint[];
  const service = play.slashings.find((one) => one.id === id)?.service ?? "";
  play.saw(taken, `slashed${service}`, "slashed", "results");
};

const cancelSlashing: EarmarkOperation = async (play, step) => {
  play.outcome = await play.core.act("veto", ["cancelSlashing", slashingFor(play, step)]);
};

const startRedeem: EarmarkOperation = async (play, step) => {
  const staker = await play.ground.actor("staker");
  const shares = play.find(step, "shares", "amount") ?? (await play.vault.number("balanceOf", staker)) / 2n;
  play.outcome = await play.vault.act("staker", ["startRedeem", shares, staker]);
  if (play.outcome.ok) play.redemptions += 1n;
};

const finishRedeem: EarmarkOperation = async (play, step) => {
  play.outcome = await play.vault.act("anybody", ["finishRedeem", play.find(step, "index", "id") ?? 0n]);
  if (play.outcome.ok) play.saw(play.outcome.values[0] as bigint, "redeemed", "paid", "withdrawn");
};

const requestUpdateStake: EarmarkOperation = async (play, step) => {
  const service = await play.ground.actor(`dss ${EarmarkPlay.serviceOf(play.vector, step)}`);
  play.outcome = await play.core.act("op", ["requestStakeUpdate", play.vault, service, step["toStake"] === true]);
};

const finalizeUpdateStake: EarmarkOperation = async (play) => {
  play.outcome = await play.core.act("anybody", ["finaliseStakeUpdate", play.vault]);
};

/** Operations by name. */
export const earmarkOperations: Readonly<Record<string, EarmarkOperation>> = {
  ...{ requestSlashing, finalizeSlashing, finaliseSlashing: finalizeSlashing, cancelSlashing },
  ...{ startRedeem, finishRedeem, requestUpdateStake, finalizeUpdateStake },
};

/** What the contracts say to an observable, by trying it where it is a second; undefined when there is none. */
export async function earmarkAnswer(play: EarmarkPlay, key: string): Promise<Answer | undefined> {
  const { core, vault } = play;
  const service = EarmarkPlay.serviceOf(play.vector, { op: "given" });
  const finish = async (): Promise<bigint> =>
    await play.firstOf(async () => await vault.act("anybody", ["finishRedeem", play.redemptions - 1n]));
  const tries: Readonly<Record<string, () => Promise<Answer>>> = {
    remaining: async () => await vault.number("totalAssets"),
    totalAssets: async () => await vault.number("totalAssets"),
    finalizeFrom: async () => await play.firstOf(async () => await core.act("anybody", ["finaliseSlashing", 0n])),
    nextRequestFrom: async () => await play.firstOf(async () => await play.request(service, 1n)),
    finishRedeemFrom: finish,
    finalizeStakeUpdateFrom: async () =>
      await play.firstOf(async () => await core.act("anybody", ["finaliseStakeUpdate", vault])),
    lastRequestThatBeatsRedeem: async () => {
      const end = await finish();
      // A request beats the redemption when it can be finished in the redemption's first second.
      const tooLate = await play.firstOf(async () => {
        const requested = await play.request(service, 1n);
        if (!requested.ok) return requested;
        if (play.now < end) await play.moveTo(end);
        const done = await core.act("anybody", ["finaliseSlashing", requested.values[0]]);
        return done.ok ? { ok: false, reason: "in time", error: "in time" } : { ok: true, values: requested.values };
      });
      return tooLate - 1n;
    },
  };
  return await tries[key]?.();
}
