import { expect } from "chai";
import { network } from "hardhat";

import { SERVICE_SET, establish, speaker } from "../../../helpers/services.ts";
import { WAD, deploySlashing, signedEvidence } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const FUNDS = 1_000n * WAD;
const AMOUNT = 10n * WAD;

/** A bridge with funds, and one deposit: nonce 1, for Other. */
async function fixture() {
  const world = await deploySlashing(connection);
  const { owner, registry, keys, token, other } = world;
  const bridge = await ethers.deployContract("Bridge", [owner, registry, keys, token, (WAD * 2n) / 3n]);
  const rule = await ethers.deployContract("FalseStatementRule", [keys, WAD]);
  const set = await establish(world, bridge, [rule]);
  await token.mint(bridge, FUNDS);
  const voice = speaker(world, set.avs, await bridge.RELEASE_TOPIC());
  const ascending = [world.ada, world.bob, world.cyd].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
  const message = (nonce: bigint, amount = AMOUNT) => ({
    setId: SERVICE_SET,
    nonce,
    recipient: other.address,
    amount,
  });
  const attestations = async (what: ReturnType<typeof message>, signers: typeof ascending) => {
    const hash = await bridge.hashOf(what);
    return await Promise.all(signers.map(async (signer) => await voice.sign(signer, what.nonce, hash)));
  };
  await bridge.recordDeposit(SERVICE_SET, other, AMOUNT);
  return { ...world, bridge, rule, set, voice, ascending, message, attestations };
}

describe("Bridge", () => {
  it("pays what a quorum attests, once", async () => {
    const { bridge, token, other, ascending, message, attestations } = await networkHelpers.loadFixture(fixture);
    const signatures = await attestations(message(1n), ascending.slice(0, 2));

    await expect(bridge.release(message(1n), signatures))
      .to.emit(bridge, "Released")
      .withArgs(SERVICE_SET, 1n, other.address, AMOUNT, false);

    expect(await token.balanceOf(other)).to.equal(AMOUNT);
    expect(await bridge.isReleased(SERVICE_SET, 1n)).to.equal(true);
    await expect(bridge.release(message(1n), signatures))
      .to.be.revertedWithCustomError(bridge, "BridgeAlreadyReleased")
      .withArgs(1n);
  });

  it("puts attestations on record for whoever wants to be counted", async () => {
    const { bridge, set, voice, ada, message } = await networkHelpers.loadFixture(fixture);
    const hash = await bridge.hashOf(message(1n));

    await bridge.connect(ada).attest(SERVICE_SET, 1n, hash, await voice.sign(ada, 1n, hash));

    expect(await bridge.servedBy(set.id, ada)).to.equal(1n);
  });

  it("pays a forged message too, and lets everybody who attested it be slashed", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { bridge, token, instant, rule, set, voice, ascending, message, attestations, other } = world;
    const forged = message(77n, FUNDS);
    const thieves = ascending.slice(0, 2);
    const hash = await bridge.hashOf(forged);
    const [first, second] = await Promise.all(
      thieves.map(async (by) => await signedEvidence(world, { by, says: voice.says(77n, hash) })),
    );
    // Nothing has happened on this chain yet that the statement could be judged by.
    await expect(instant.report(set, rule, first ?? "0x")).to.be.revertedWithCustomError(
      rule,
      "StatementRuleUnknownRound",
    );

    await expect(bridge.release(forged, await attestations(forged, thieves)))
      .to.emit(bridge, "Released")
      .withArgs(SERVICE_SET, 77n, other.address, FUNDS, true);

    expect(await token.balanceOf(other)).to.equal(FUNDS);
    for (const evidence of [first, second]) {
      await expect(instant.report(set, rule, evidence ?? "0x")).to.emit(instant, "VerdictExecuted");
    }
  });

  it("judges a message other than the one deposited under a nonce, released or not", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { bridge, rule, set, voice, ada, message } = world;
    const inflated = voice.says(1n, await bridge.hashOf(message(1n, AMOUNT * 2n)));
    const honest = voice.says(1n, await bridge.hashOf(message(1n)));

    const verdict = await rule.judge(set, await signedEvidence(world, { by: ada, says: inflated }));

    expect(verdict.operator).to.equal(ada.address);
    expect(verdict.fractions).to.deep.equal([WAD]);
    await expect(rule.judge(set, await signedEvidence(world, { by: ada, says: honest }))).to.be.revertedWithCustomError(
      rule,
      "FalseStatementRuleTrue",
    );
  });

  it("does not know the truth about other topics", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { bridge, service, rule, ada } = world;
    const topic = ethers.id("weather");
    await service.openRound(SERVICE_SET, topic);
    const foreign = speaker(world, await service.getAddress(), topic).says(1n, 5n);
    const set = { avs: await service.getAddress(), id: SERVICE_SET };

    await expect(rule.judge(set, await signedEvidence(world, { by: ada, says: foreign })))
      .to.be.revertedWithCustomError(rule, "FalseStatementRuleUnsettled")
      .withArgs(topic, 1n);
    expect((await bridge.truthOf(SERVICE_SET, topic, 1n))[0]).to.equal(false);
  });

  it("skips a nonce that a forgery used up", async () => {
    const { bridge, other, ascending, message, attestations } = await networkHelpers.loadFixture(fixture);
    await bridge.release(message(2n), await attestations(message(2n), ascending));

    await expect(bridge.recordDeposit(SERVICE_SET, other, AMOUNT))
      .to.emit(bridge, "DepositRecorded")
      .withArgs(SERVICE_SET, 3n, other.address, AMOUNT);
  });

  it("reverts without a quorum", async () => {
    const { bridge, ascending, message, attestations } = await networkHelpers.loadFixture(fixture);

    await expect(bridge.release(message(1n), await attestations(message(1n), ascending.slice(0, 1))))
      .to.be.revertedWithCustomError(bridge, "BridgeNoQuorum")
      .withArgs(1n, 2n);
  });

  it("reverts when one operator signs twice, or in the wrong order", async () => {
    const { bridge, ascending, message, attestations } = await networkHelpers.loadFixture(fixture);
    const signatures = await attestations(message(1n), ascending);
    const [first = "0x", second = "0x"] = signatures;

    for (const wrong of [
      [first, first],
      [second, first],
    ]) {
      await expect(bridge.release(message(1n), wrong)).to.be.revertedWithCustomError(
        bridge,
        "BridgeAttestersNotAscending",
      );
    }
  });

  it("reverts when an operator that has left signs", async () => {
    const { bridge, registry, set, ascending, message, attestations } = await networkHelpers.loadFixture(fixture);
    const [leaver] = ascending;
    if (!leaver) throw new RangeError("no operators");
    await registry.connect(leaver).deregisterFromOperatorSets(leaver, set.avs, [SERVICE_SET]);

    await expect(bridge.release(message(1n), await attestations(message(1n), ascending)))
      .to.be.revertedWithCustomError(bridge, "ServiceNotMember")
      .withArgs(leaver.address, SERVICE_SET);
  });

  it("needs at least one attester even of an empty set", async () => {
    const { bridge, message } = await networkHelpers.loadFixture(fixture);

    await expect(bridge.release({ ...message(1n), setId: 9 }, []))
      .to.be.revertedWithCustomError(bridge, "BridgeNoQuorum")
      .withArgs(0n, 1n);
  });
});
