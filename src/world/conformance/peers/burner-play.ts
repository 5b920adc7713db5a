import type { Answer } from "../defi/answer.ts";
import type { Deployed } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { PeerPlay } from "./peer-play.ts";

const NOBODY = `0x${"0".repeat(40)}`;
/** Receivers of a pair that has them, in their order. */
const LEVELS = ["operatorNetwork", "network", "global"] as const;

/** A vector of a burner router being played: a pair of every level, each with a receiver of its own. */
export class BurnerPlay extends PeerPlay {
  readonly token: Deployed;
  readonly router: Deployed;
  last = "receiver global";

  private constructor(ground: Ground, vector: Vector, parts: { readonly token: Deployed; readonly router: Deployed }) {
    super(ground, vector);
    [this.token, this.router] = [parts.token, parts.router];
  }

  static async open(ground: Ground, vector: Vector): Promise<BurnerPlay> {
    const token = await ground.token();
    const everybody = await ground.actor("receiver global");
    const router = await ground.deploy("BurnerRouter", [await ground.actor("owner"), token, 0n, everybody]);
    const play = new BurnerPlay(ground, vector, { token, router });
    for (const level of LEVELS.slice(0, 2)) {
      const operator = level === "network" ? NOBODY : await ground.actor("op");
      const network = await ground.actor(`network of ${level}`);
      await router.must("owner", ["setReceiver", network, operator, await ground.actor(`receiver ${level}`)]);
    }
    // Where both are named, the pair's own comes first.
    const [first, second] = [await ground.actor("network of operatorNetwork"), await ground.actor("receiver network")];
    await router.must("owner", ["setReceiver", first, NOBODY, second]);
    return play;
  }
}

/** Which of its receivers a step is about. */
function levelOf(play: BurnerPlay, step: VectorStep, fallback: string): string {
  const told = play.text(step, fallback, "receiver", "level");
  const level = LEVELS.find((one) => one.toLowerCase() === told.toLowerCase().replace(/[^a-z]/g, ""));
  return level ?? play.complain(step, `one of ${LEVELS.join(", ")} in receiver`, told);
}

type BurnerOperation = (play: BurnerPlay, step: VectorStep) => Promise<void>;

const donate: BurnerOperation = async (play, step) => {
  await play.token.must("donor", ["mint", play.router, play.need(step, "amount")]);
};

const onSlash: BurnerOperation = async (play, step) => {
  const level = levelOf(play, step, "global");
  await play.token.must("vault", ["mint", play.router, play.need(step, "amountTransferred", "amount")]);
  play.last = `receiver ${level}`;
  const receiver = await play.ground.actor(play.last);
  const before = await play.router.number("creditOf", receiver);
  const part = (await play.ground.actor(`network of ${level}`)) + "0".repeat(24);
  play.outcome = await play.router.act("slasher", ["onSlash", part, await play.ground.actor("op"), 0n, 0n]);
  play.saw((await play.router.number("creditOf", receiver)) - before, "credited", "credits");
};

const triggerTransfer: BurnerOperation = async (play, step) => {
  const level = levelOf(play, step, play.last.replace("receiver ", ""));
  play.outcome = await play.router.act("anybody", ["pay", await play.ground.actor(`receiver ${level}`)]);
  if (play.outcome.ok) play.saw(play.outcome.values[0] as bigint, "paid", "transferred");
};

/** Operations by name. */
export const burnerOperations: Readonly<Record<string, BurnerOperation>> = { donate, onSlash, triggerTransfer };

/** What the contracts say to an observable; undefined when there is none of that name. */
export async function burnerAnswer(play: BurnerPlay, key: string): Promise<Answer | undefined> {
  if (key === "lastBalance" || key === "lastBalanceAfter") return await play.router.number("lastBalance");
  const level = /^(?:balance|credit)Of(\w+)$/.exec(key)?.[1];
  if (level === undefined) return undefined;
  const name = LEVELS.find((one) => one.toLowerCase() === level.toLowerCase()) ?? level;
  return await play.router.number("creditOf", await play.ground.actor(`receiver ${name}`));
}
