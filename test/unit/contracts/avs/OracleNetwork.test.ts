import { expect } from "chai";
import { network } from "hardhat";

import { SERVICE_SET, establish, speaker } from "../../../helpers/services.ts";
import { WAD, deploySlashing, signedEvidence } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const TERMS = { band: WAD / 50n, baseFraction: WAD / 100n, slope: WAD / 2n, maxFraction: WAD / 5n };
const PRICE = 2_000n * WAD;

async function fixture() {
  const world = await deploySlashing(connection);
  const { owner, registry, keys } = world;
  const oracle = await ethers.deployContract("OracleNetwork", [owner, registry, keys, 2]);
  const rule = await ethers.deployContract("PriceDeviationRule", [keys, TERMS]);
  const set = await establish(world, oracle, [rule]);
  const voice = speaker(world, set.avs, await oracle.PRICE_TOPIC());
  type Operator = typeof world.ada;
  const submit = async (operator: Operator, round: bigint, price: bigint) =>
    await oracle.connect(operator).submitPrice(SERVICE_SET, round, price, await voice.sign(operator, round, price));
  const evidence = async (operator: Operator, round: bigint, price: bigint) =>
    await signedEvidence(world, { by: operator, says: voice.says(round, price) });
  /** Opens a round, lets the operators answer and publishes the median. */
  const play = async (prices: readonly [bigint, bigint, bigint]) => {
    await oracle.openRound(SERVICE_SET);
    const round = await oracle.latestRound(SERVICE_SET, await oracle.PRICE_TOPIC());
    for (const [index, operator] of [world.ada, world.bob, world.cyd].entries()) {
      await submit(operator, round, prices[index] ?? 0n);
    }
    await oracle.publish(SERVICE_SET, round);
    return round;
  };
  return { ...world, oracle, rule, set, voice, submit, evidence, play };
}

describe("OracleNetwork", () => {
  it("publishes the median of signed prices", async () => {
    const { oracle, voice, set, submit, ada, bob, cyd } = await networkHelpers.loadFixture(fixture);
    await oracle.openRound(SERVICE_SET);
    await submit(ada, 1n, PRICE + 2n);
    await submit(bob, 1n, PRICE - 4n);
    await submit(cyd, 1n, PRICE);
    expect((await oracle.truthOf(set.id, voice.says(1n, 0n).topic, 1n))[0]).to.equal(false);

    await expect(oracle.publish(SERVICE_SET, 1n))
      .to.emit(oracle, "MedianPublished")
      .withArgs(SERVICE_SET, 1n, PRICE, 3n);

    const { topic } = voice.says(1n, 0n);
    expect(await oracle.truthOf(set.id, topic, 1n)).to.deep.equal([true, ethers.toBeHex(PRICE, 32)]);
    expect((await oracle.truthOf(set.id, ethers.ZeroHash, 1n))[0]).to.equal(false);
    expect(await oracle.serversOf(set.id, topic, 1n)).to.deep.equal([ada.address, bob.address, cyd.address]);
    expect(await oracle.servedBy(set.id, ada)).to.equal(1n);
  });

  it("takes the mean of the middle two, rounded down, when prices are even in number", async () => {
    const { oracle, submit, ada, bob } = await networkHelpers.loadFixture(fixture);
    await oracle.openRound(SERVICE_SET);
    await submit(ada, 1n, 10n);
    await submit(bob, 1n, 5n);

    expect(await oracle.publish.staticCall(SERVICE_SET, 1n)).to.equal(7n);
  });

  it("counts no answers at all as too few, even when none are asked for", async () => {
    const { oracle, owner, registry, keys } = await networkHelpers.loadFixture(fixture);
    const lax = await ethers.deployContract("OracleNetwork", [owner, registry, keys, 0]);

    await expect(lax.publish(SERVICE_SET, 1n))
      .to.be.revertedWithCustomError(oracle, "OracleNetworkTooFewAnswers")
      .withArgs(1n, 0n, 1n);
  });

  it("reverts with too few prices, on a second publication, and for prices after it", async () => {
    const { oracle, submit, play, ada } = await networkHelpers.loadFixture(fixture);
    await oracle.openRound(SERVICE_SET);
    await submit(ada, 1n, PRICE);
    await expect(oracle.publish(SERVICE_SET, 1n))
      .to.be.revertedWithCustomError(oracle, "OracleNetworkTooFewAnswers")
      .withArgs(1n, 1n, 2n);

    const round = await play([PRICE, PRICE, PRICE]);

    await expect(oracle.publish(SERVICE_SET, round)).to.be.revertedWithCustomError(oracle, "OracleNetworkRoundClosed");
    await expect(submit(ada, round, PRICE)).to.be.revertedWithCustomError(oracle, "OracleNetworkRoundClosed");
  });

  it("reverts when somebody else than the owner opens rounds or changes the software", async () => {
    const { oracle, ada } = await networkHelpers.loadFixture(fixture);

    const stranger = oracle.connect(ada);
    for (const call of [() => stranger.openRound(SERVICE_SET), () => stranger.setVersion(1)]) {
      await expect(call()).to.be.revertedWithCustomError(oracle, "OwnableUnauthorizedAccount");
    }
  });

  describe("PriceDeviationRule", () => {
    it("tolerates a deviation up to the band, inclusive, and charges more beyond it", async () => {
      const { rule, set, evidence, play, ada } = await networkHelpers.loadFixture(fixture);
      const edge = PRICE + PRICE / 50n;
      const round = await play([edge, PRICE, PRICE]);

      await expect(rule.judge(set, await evidence(ada, round, edge)))
        .to.be.revertedWithCustomError(rule, "PriceDeviationRuleWithinBand")
        .withArgs(edge, PRICE, TERMS.band, TERMS.band);
      // 1 % + (12 % - 2 %) / 2
      const verdict = await rule.judge(set, await evidence(ada, round, PRICE - (PRICE * 12n) / 100n));
      expect(verdict.fractions).to.deep.equal([(6n * WAD) / 100n]);
    });

    it("caps the cost and does not stumble over absurd prices", async () => {
      const { rule, set, evidence, play, ada } = await networkHelpers.loadFixture(fixture);
      const round = await play([PRICE, PRICE, PRICE]);

      for (const price of [0n, PRICE * 2n, 2n ** 256n - 1n]) {
        expect((await rule.judge(set, await evidence(ada, round, price))).fractions).to.deep.equal([TERMS.maxFraction]);
      }
      expect(await rule.deviationOf(2n ** 256n - 1n, 1n)).to.equal(WAD * WAD);
    });

    it("slashes the operator that signed a wrong price", async () => {
      const { instant, rule, set, evidence, play, bob } = await networkHelpers.loadFixture(fixture);
      const round = await play([PRICE, PRICE * 2n, PRICE]);

      await expect(instant.report(set, rule, await evidence(bob, round, PRICE * 2n))).to.emit(
        instant,
        "VerdictExecuted",
      );
    });

    it("reverts without a median, or with one of zero", async () => {
      const { oracle, rule, set, evidence, play, ada } = await networkHelpers.loadFixture(fixture);
      await play([0n, 0n, 0n]);
      await oracle.openRound(SERVICE_SET);

      for (const round of [1n, 2n]) {
        await expect(rule.judge(set, await evidence(ada, round, PRICE))).to.be.revertedWithCustomError(
          rule,
          "PriceDeviationRuleNoMedian",
        );
      }
    });

    it("reverts at deployment for terms that make no sense", async () => {
      const { rule, keys } = await networkHelpers.loadFixture(fixture);

      for (const change of [{ baseFraction: TERMS.maxFraction + 1n }, { slope: WAD * WAD + 1n }]) {
        await expect(
          ethers.deployContract("PriceDeviationRule", [keys, { ...TERMS, ...change }]),
        ).to.be.revertedWithCustomError(rule, "PriceDeviationRuleInvalidTerms");
      }
    });
  });

  describe("stale-median bug", () => {
    it("makes an honest operator look at fault in a moving market, and gets it slashed", async () => {
      const { oracle, instant, rule, set, evidence, play, ada } = await networkHelpers.loadFixture(fixture);
      await play([PRICE, PRICE, PRICE]);
      const moved = (PRICE * 88n) / 100n;
      const honest = await play([moved, moved, moved]);
      await expect(rule.judge(set, await evidence(ada, honest, moved))).to.be.revertedWithCustomError(
        rule,
        "PriceDeviationRuleWithinBand",
      );

      await expect(oracle.setVersion(1)).to.emit(oracle, "VersionSet").withArgs(1n);
      const round = await play([PRICE, PRICE, PRICE]);

      expect((await oracle.truthOf(set.id, await oracle.PRICE_TOPIC(), round))[1]).to.equal(ethers.toBeHex(moved, 32));
      await expect(instant.report(set, rule, await evidence(ada, round, PRICE))).to.emit(instant, "VerdictExecuted");
    });

    it("does no harm in the first round", async () => {
      const { oracle, set, play } = await networkHelpers.loadFixture(fixture);
      await oracle.setVersion(1);

      const round = await play([PRICE, PRICE, PRICE]);

      expect((await oracle.truthOf(set.id, await oracle.PRICE_TOPIC(), round))[1]).to.equal(ethers.toBeHex(PRICE, 32));
    });
  });
});
