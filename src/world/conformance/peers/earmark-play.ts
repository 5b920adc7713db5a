import type { Answer } from "../defi/answer.ts";
import type { Deployed, Outcome } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { PeerPlay, UNLIMITED } from "./peer-play.ts";

const DAY = 86_400n;
const PLENTY = 1_000n * 10n ** 18n;
const HUNDRED_PERCENT = 100n * 10n ** 18n;
const ASSETS = ["assets", "amount", "shares"] as const;

/** A slash that was requested, and whether it is over. */
interface Slashing {
  readonly service: string;
  readonly id: bigint;
  isOver: boolean;
}

/** A vector of earmarked slashes being played: one operator, one vault, staked to every service that is named. */
export class EarmarkPlay extends PeerPlay {
  readonly core: Deployed;
  readonly vault: Deployed;
  /** Slashes by their service, in order. */
  readonly slashings: Slashing[] = [];
  /** Redemptions that are not finished, in order. */
  readonly redeeming: bigint[] = [];

  private constructor(ground: Ground, vector: Vector, parts: { readonly core: Deployed; readonly vault: Deployed }) {
    super(ground, vector);
    [this.core, this.vault] = [parts.core, parts.vault];
  }

  static serviceOf(vector: Vector, step: VectorStep): string {
    const first = vector.steps.map(({ dss }) => dss).find((name) => typeof name === "string");
    const own = step["dss"] ?? first;
    return typeof own === "string" || typeof own === "number" ? String(own) : "X";
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
    const isHistory = vector.steps.some(({ op }) => op !== "requestSlashing");
    const told = isHistory ? vector.steps.find((step) => step["totalAssets"] !== undefined) : undefined;
    const whole = assets ?? given.find(told ?? none, "totalAssets") ?? PLENTY;
    const staker = await ground.actor("staker");
    await token.must("staker", ["mint", staker, UNLIMITED / 2n]);
    await token.must("staker", ["approve", vault, UNLIMITED]);
    if (whole > 0n) await vault.must("staker", ["deposit(uint256,address)", whole, staker]);
    const leaving = await leaveBefore(given, vault);
    const play = new EarmarkPlay(ground, vector, { core, vault });
    play.redeeming.push(...leaving);
    return play;
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

/** Starts what a vector only finishes, so that it can be finished from second 0 on. */
async function leaveBefore(given: PeerPlay, vault: Deployed): Promise<readonly bigint[]> {
  const { steps } = given.vector;
  const started = steps.findIndex(({ op }) => op === "startRedeem");
  const early = (started < 0 ? steps : steps.slice(0, started)).filter(({ op }) => op === "finishRedeem");
  const amounts = early.map((step) => given.find(step, ...ASSETS)).filter((amount) => amount !== undefined);
  const staker = await given.ground.actor("staker");
  for (const amount of amounts) await vault.must("staker", ["startRedeem", amount, staker]);
  if (amounts.length > 0) await given.ground.advance(9n * DAY);
  return amounts.map((_, place) => BigInt(place));
}

type EarmarkOperation = (play: EarmarkPlay, step: VectorStep) => Promise<void>;

const requestSlashing: EarmarkOperation = async (play, step) => {
  const service = EarmarkPlay.serviceOf(play.vector, step);
  const percent = play.find(step, "pct", "percent", "wad") ?? HUNDRED_PERCENT / 10n;
  const requested = async (target: EarmarkPlay): Promise<bigint | undefined> => {
    play.outcome = await target.request(service, percent);
    if (!play.outcome.ok) return undefined;
    const id = play.outcome.values[0] as bigint;
    const [slashing] = await target.core.ask("slashingOf", id);
    const [earmark = 0n] = (slashing as { earmarks: readonly bigint[] }).earmarks;
    play.saw(earmark, "earmarks", "earmark", `earmark${service}`);
    return id;
  };
  const assets = play.find({ op: step.op, totalAssets: step["totalAssets"] }, "totalAssets");
  if (step["totalAssets"] !== undefined && assets !== (await play.vault.number("totalAssets"))) {
    await play.supposing(async () => await requested(await EarmarkPlay.open(play.ground, play.vector, assets)));
    return;
  }
  const id = await requested(play);
  if (id !== undefined) play.slashings.push({ service, id, isOver: false });
};

/** The slash that a step ends: by its number, or the oldest of its service that is not over, or else the latest. */
function slashingFor(play: EarmarkPlay, step: VectorStep): bigint {
  const own = step["dss"] === undefined ? undefined : EarmarkPlay.serviceOf(play.vector, step);
  const all = play.slashings.filter(({ service }) => own === undefined || service === own);
  return play.find(step, "index", "id") ?? (all.find(({ isOver }) => !isOver) ?? all.at(-1))?.id ?? 0n;
}

/** Marks a slash as over, whose service it tells. */
function over(play: EarmarkPlay, id: bigint): string {
  const slashing = play.slashings.find((one) => one.id === id);
  if (slashing !== undefined) slashing.isOver = true;
  return slashing?.service ?? "";
}

const finalizeSlashing: EarmarkOperation = async (play, step) => {
  const id = slashingFor(play, step);
  if (play.secondOf(step) === undefined)
    await play.moveTo(await play.firstOf(async () => await play.core.act("anybody", ["finaliseSlashing", id])));
  const before = await play.vault.number("totalAssets");
  play.outcome = await play.core.act("anybody", ["finaliseSlashing", id]);
  if (!play.outcome.ok) return;
  const [taken = 0n] = play.outcome.values[0] as readonly bigint[];
  play.saw(taken, `slashed${over(play, id)}`, "slashed", "results");
  if (before > 0n) play.saw((taken * HUNDRED_PERCENT) / before, "effectivePct", "effectivePercent", "lossPct");
};

const cancelSlashing: EarmarkOperation = async (play, step) => {
  const id = slashingFor(play, step);
  play.outcome = await play.core.act("veto", ["cancelSlashing", id]);
  if (play.outcome.ok) over(play, id);
};

const startRedeem: EarmarkOperation = async (play, step) => {
  const staker = await play.ground.actor("staker");
  const shares = play.find(step, "shares", "amount") ?? (await play.vault.number("balanceOf", staker)) / 2n;
  play.outcome = await play.vault.act("staker", ["startRedeem", shares, staker]);
  if (play.outcome.ok) play.redeeming.push(play.outcome.values[0] as bigint);
};

const finishRedeem: EarmarkOperation = async (play, step) => {
  const id = play.find(step, "index", "id") ?? play.redeeming[0] ?? 0n;
  play.outcome = await play.vault.act("anybody", ["finishRedeem", id]);
  if (!play.outcome.ok) return;
  play.redeeming.splice(play.redeeming.indexOf(id), 1);
  play.saw(play.outcome.values[0] as bigint, "redeemed", "paid", "withdrawn");
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
  const waiting = play.redeeming.at(-1);
  const finish = async (): Promise<bigint> =>
    waiting === undefined
      ? play.complain({ op: "startRedeem" }, "a redemption to finish", "none")
      : await play.firstOf(async () => await vault.act("anybody", ["finishRedeem", waiting]));
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
