import { expect } from "chai";
import { network } from "hardhat";

import { SET, deploySlashing, keyOf, registerKey, sign } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deploySlashing(connection);
  const says = {
    avs: await world.service.getAddress(),
    setId: SET.instant,
    topic: ethers.id("weather"),
    round: 1n,
    value: ethers.id("rain"),
  };
  return { ...world, says };
}

describe("OperatorKeys", () => {
  it("knows the operator of a key and the key of an operator", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const key = keyOf(world, world.ada);

    expect(await world.keys.keyOf(world.ada)).to.equal(key.address);
    expect(await world.keys.operatorOf(key.address)).to.equal(world.ada.address);
  });

  it("names the author of a signed statement", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const signature = await sign(world, { by: world.ada, says: world.says });

    expect(await world.keys.authorOf(world.says, signature)).to.equal(world.ada.address);
  });

  it("agrees with the EIP-712 digests that wallets sign", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const signature = keyOf(world, world.ada).signingKey.sign(await world.keys.digestOf(world.says)).serialized;

    expect(signature).to.equal(await sign(world, { by: world.ada, says: world.says }));
  });

  it("holds an operator accountable for what its retired keys sign", async () => {
    const world = await networkHelpers.loadFixture(fixture);

    await registerKey(world, world.ada, 1);

    expect(await world.keys.keyOf(world.ada)).to.equal(keyOf(world, world.ada, 1).address);
    for (const generation of [0, 1]) {
      const signature = await sign(world, { by: world.ada, says: world.says, generation });
      expect(await world.keys.authorOf(world.says, signature)).to.equal(world.ada.address);
    }
  });

  it("emits the key that an operator registers", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { keys, other } = world;
    const key = keyOf(world, other);
    const proof = key.signingKey.sign(await keys.proofDigestOf(other, key.address)).serialized;

    await expect(keys.connect(other).registerKey(key.address, proof))
      .to.emit(keys, "KeyRegistered")
      .withArgs(other.address, key.address);
  });

  it("reverts when a key is registered a second time, by anybody", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { keys, ada, bob } = world;
    const key = keyOf(world, ada);
    const proof = key.signingKey.sign(await keys.proofDigestOf(bob, key.address)).serialized;

    for (const caller of [ada, bob]) {
      await expect(keys.connect(caller).registerKey(key.address, proof))
        .to.be.revertedWithCustomError(keys, "OperatorKeysKeyTaken")
        .withArgs(key.address, ada.address);
    }
  });

  it("reverts when the key did not consent to speak for this operator", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { keys, ada, other } = world;
    const key = keyOf(world, other);
    const proof = key.signingKey.sign(await keys.proofDigestOf(ada, key.address)).serialized;

    await expect(keys.connect(other).registerKey(key.address, proof)).to.be.revertedWithCustomError(
      keys,
      "OperatorKeysInvalidProof",
    );
  });

  it("reverts for a statement signed by nobody's key, and for a malformed signature", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const signature = await sign(world, { by: world.other, says: world.says });

    await expect(world.keys.authorOf(world.says, signature))
      .to.be.revertedWithCustomError(world.keys, "OperatorKeysUnknownSigner")
      .withArgs(keyOf(world, world.other).address);
    await expect(world.keys.authorOf(world.says, signature.slice(0, -2))).to.be.revertedWithCustomError(
      world.keys,
      "ECDSAInvalidSignatureLength",
    );
  });

  it("refuses the malleable twin of a signature", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { r, s, v } = ethers.Signature.from(await sign(world, { by: world.ada, says: world.says }));
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const twin = ethers.concat([r, ethers.toBeHex(order - BigInt(s), 32), v === 27 ? "0x1c" : "0x1b"]);

    await expect(world.keys.authorOf(world.says, twin)).to.be.revertedWithCustomError(
      world.keys,
      "ECDSAInvalidSignatureS",
    );
  });
});
