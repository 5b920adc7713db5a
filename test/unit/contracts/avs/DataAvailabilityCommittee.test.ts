import { expect } from "chai";
import { network } from "hardhat";

import { SERVICE_SET, establish, speaker } from "../../../helpers/services.ts";
import { WAD, deploySlashing, signedEvidence } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const WINDOW = 10n;
const DATA = ethers.toUtf8Bytes("all the transactions of a rollup");
const HASH = ethers.keccak256(DATA);
const coder = ethers.AbiCoder.defaultAbiCoder();

/** One blob, round 1, attested by Ada and Bob. */
async function fixture() {
  const world = await deploySlashing(connection);
  const { owner, registry, keys } = world;
  const service = await ethers.deployContract("DataAvailabilityCommittee", [
    owner,
    registry,
    keys,
    WINDOW,
    (WAD * 2n) / 3n,
  ]);
  const broken = await ethers.deployContract("BrokenPromiseRule", [WAD / 4n]);
  const lie = await ethers.deployContract("FalseStatementRule", [keys, WAD / 3n]);
  const set = await establish(world, service, [broken, lie]);
  const topic = await service.BLOB_TOPIC();
  const voice = speaker(world, set.avs, topic);
  const attest = async (operator: typeof world.ada, round: bigint, hash = HASH) =>
    await service.connect(operator).attest(SERVICE_SET, round, hash, await voice.sign(operator, round, hash));
  const accuse = (operator: typeof world.ada) =>
    coder.encode(["address", "bytes32", "uint64"], [operator.address, topic, 1]);
  await service.postBlob(SERVICE_SET, HASH);
  await attest(world.ada, 1n);
  await attest(world.bob, 1n);
  return { ...world, service, broken, lie, set, topic, voice, attest, accuse };
}

async function challenged() {
  const world = await fixture();
  await world.service.challenge(SERVICE_SET, 1n);
  return { ...world, deadline: BigInt(await ethers.provider.getBlockNumber()) + WINDOW };
}

describe("DataAvailabilityCommittee", () => {
  it("calls a blob available once a quorum of members attested its own hash", async () => {
    const { service, attest, registry, set, bob } = await networkHelpers.loadFixture(fixture);
    expect(await service.isAvailable(SERVICE_SET, 1n)).to.equal(true);
    await service.postBlob(SERVICE_SET, HASH);
    expect(await service.isAvailable(SERVICE_SET, 2n)).to.equal(false);
    await attest(bob, 2n, ethers.id("something else"));
    expect(await service.isAvailable(SERVICE_SET, 2n)).to.equal(false);

    await registry.connect(bob).deregisterFromOperatorSets(bob, set.avs, [SERVICE_SET]);

    expect(await service.isAvailable(SERVICE_SET, 1n)).to.equal(false);
  });

  it("never calls a blob available that nobody attests", async () => {
    const { owner, registry, keys } = await networkHelpers.loadFixture(fixture);
    const lax = await ethers.deployContract("DataAvailabilityCommittee", [owner, registry, keys, WINDOW, 0]);

    expect(await lax.isAvailable(SERVICE_SET, 1n)).to.equal(false);
  });

  it("emits posted blobs and challenges", async () => {
    const { service } = await networkHelpers.loadFixture(fixture);

    await expect(service.postBlob(SERVICE_SET, HASH)).to.emit(service, "BlobPosted").withArgs(SERVICE_SET, 2n, HASH);
    const now = BigInt(await ethers.provider.getBlockNumber());
    await expect(service.challenge(SERVICE_SET, 1n))
      .to.emit(service, "BlobChallenged")
      .withArgs(SERVICE_SET, 1n, now + 1n + WINDOW);
    expect(await service.deadlineOf(SERVICE_SET, 1n)).to.equal(now + 1n + WINDOW);
  });

  it("accepts the data through the deadline, inclusive, and counts a breach from the next block", async () => {
    const { service, set, topic, ada, bob, deadline } = await networkHelpers.loadFixture(challenged);
    await networkHelpers.mineUpTo(deadline - 1n);

    await expect(service.connect(ada).reveal(SERVICE_SET, 1n, DATA))
      .to.emit(service, "BlobRevealed")
      .withArgs(SERVICE_SET, 1n, ada.address);
    expect(await service.breachedAt(set.id, topic, 1n, bob)).to.equal(0n);

    await expect(service.connect(bob).reveal(SERVICE_SET, 1n, DATA))
      .to.be.revertedWithCustomError(service, "DataAvailabilityCommitteeNotChallenged")
      .withArgs(1n, deadline);
    // The refusal was in the block after the deadline.
    expect(await service.breachedAt(set.id, topic, 1n, bob)).to.equal(deadline + 1n);
    expect(await service.breachedAt(set.id, topic, 1n, ada)).to.equal(0n);
  });

  it("slashes an attester that withholds, not one that revealed or never attested", async () => {
    const world = await networkHelpers.loadFixture(challenged);
    const { service, instant, broken, set, accuse, ada, bob, cyd, deadline } = world;
    await service.connect(ada).reveal(SERVICE_SET, 1n, DATA);
    await networkHelpers.mineUpTo(deadline + 1n);

    await expect(instant.report(set, broken, accuse(bob))).to.emit(instant, "VerdictExecuted");
    await expect(instant.report(set, broken, accuse(bob))).to.be.revertedWithCustomError(
      instant,
      "SlasherModuleFaultConsumed",
    );
    for (const innocent of [ada, cyd]) {
      await expect(instant.report(set, broken, accuse(innocent))).to.be.revertedWithCustomError(
        broken,
        "BrokenPromiseRuleKept",
      );
    }
  });

  it("slashes an operator that signs another hash than the blob's, on or off the record", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { instant, lie, set, voice, cyd, bob } = world;
    const forged = await signedEvidence(world, { by: cyd, says: voice.says(1n, ethers.id("forged")) });

    await expect(instant.report(set, lie, forged)).to.emit(instant, "VerdictExecuted");
    const honest = await signedEvidence(world, { by: bob, says: voice.says(1n, HASH) });
    await expect(instant.report(set, lie, honest))
      .to.be.revertedWithCustomError(lie, "FalseStatementRuleTrue")
      .withArgs(HASH);
  });

  it("reverts for challenges of unknown blobs, second challenges and attestations after one", async () => {
    const { service, attest, topic, cyd } = await networkHelpers.loadFixture(challenged);

    await expect(service.challenge(SERVICE_SET, 5n))
      .to.be.revertedWithCustomError(service, "ServiceRoundNotOpen")
      .withArgs(topic, 5n);
    await expect(service.challenge(SERVICE_SET, 1n)).to.be.revertedWithCustomError(
      service,
      "DataAvailabilityCommitteeAlreadyChallenged",
    );
    await expect(attest(cyd, 1n)).to.be.revertedWithCustomError(service, "DataAvailabilityCommitteeAlreadyChallenged");
  });

  it("reverts for wrong data, and without a challenge", async () => {
    const { service, ada } = await networkHelpers.loadFixture(challenged);
    const wrong = ethers.toUtf8Bytes("something else");

    await expect(service.connect(ada).reveal(SERVICE_SET, 1n, wrong))
      .to.be.revertedWithCustomError(service, "DataAvailabilityCommitteeWrongData")
      .withArgs(1n, HASH, ethers.keccak256(wrong));
    await service.postBlob(SERVICE_SET, HASH);
    await expect(service.connect(ada).reveal(SERVICE_SET, 2n, DATA))
      .to.be.revertedWithCustomError(service, "DataAvailabilityCommitteeNotChallenged")
      .withArgs(2n, 0n);
  });

  it("reverts at deployment without a response window", async () => {
    const { service, owner, registry, keys } = await networkHelpers.loadFixture(fixture);

    await expect(
      ethers.deployContract("DataAvailabilityCommittee", [owner, registry, keys, 0, WAD]),
    ).to.be.revertedWithCustomError(service, "DataAvailabilityCommitteeZeroWindow");
  });
});
