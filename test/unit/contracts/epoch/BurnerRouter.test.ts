import { expect } from "chai";
import { network as hardhat } from "hardhat";

const { ethers, networkHelpers } = await hardhat.create();
const NOBODY = ethers.ZeroAddress;
const DELAY = 100n;

async function fixture() {
  const [owner, ada, bob, cyd, network, op] = await ethers.getSigners();
  if (!owner || !ada || !bob || !cyd || !network || !op) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const router = await ethers.deployContract("BurnerRouter", [owner, token, DELAY, ada]);
  return { owner, ada, bob, cyd, network, op, token, router, part: network.address.toLowerCase() + "0".repeat(24) };
}

describe("BurnerRouter", () => {
  it("credits what arrived since the last credit, and pays it to anybody who asks for its receiver", async () => {
    const { router, token, part, op, ada, bob } = await networkHelpers.loadFixture(fixture);
    await token.mint(router, 7n);
    await expect(router.onSlash(part, op, 1_000n, 0n))
      .to.emit(router, "Credited")
      .withArgs(ada.address, 7n);
    await token.mint(router, 5n);
    await expect(router.connect(bob).pay(ada)).to.changeTokenBalances(ethers, token, [router, ada], [-7n, 7n]);
    expect(await router.lastBalance()).to.equal(0n);
    await router.onSlash(part, op, 0n, 0n);
    expect(await router.creditOf(ada)).to.equal(5n);
    await expect(router.pay(bob))
      .to.be.revertedWithCustomError(router, "BurnerRouterNothingToPay")
      .withArgs(bob.address);
  });

  it("names receivers after the delay: the pair's own, else the network's, else the one of all", async () => {
    const { router, network, op, ada, bob, cyd } = await networkHelpers.loadFixture(fixture);
    await router.setReceiver(network, NOBODY, bob);
    await router.setReceiver(network, op, cyd);
    expect(await router.receiverOf(network, op)).to.equal(ada.address);
    await networkHelpers.time.increase(DELAY);
    expect(await router.receiverOf(network, op)).to.equal(cyd.address);
    expect(await router.receiverOf(network, ada)).to.equal(bob.address);
    await router.setReceiver(network, op, NOBODY);
    await networkHelpers.time.increase(DELAY);
    expect(await router.receiverOf(network, op)).to.equal(bob.address);
  });

  it("replaces a pending change, which waits anew, and cancels it for the present receiver", async () => {
    const { router, ada, bob, cyd, op } = await networkHelpers.loadFixture(fixture);
    await router.setReceiver(NOBODY, NOBODY, bob);
    await networkHelpers.time.increase(DELAY - 10n);
    await router.setReceiver(NOBODY, NOBODY, cyd);
    await networkHelpers.time.increase(DELAY - 10n);
    expect(await router.receiverOf(cyd, op)).to.equal(ada.address);
    await router.setReceiver(NOBODY, NOBODY, ada);
    await networkHelpers.time.increase(DELAY);
    expect(await router.receiverOf(cyd, op)).to.equal(ada.address);
    await expect(router.setReceiver(NOBODY, NOBODY, ada)).to.be.revertedWithCustomError(
      router,
      "BurnerRouterUnchanged",
    );
  });

  it("refuses nobody as the receiver of all, an operator without a network, and strangers", async () => {
    const { router, token, owner, ada, bob, op } = await networkHelpers.loadFixture(fixture);
    await expect(router.setReceiver(NOBODY, NOBODY, NOBODY)).to.be.revertedWithCustomError(
      router,
      "BurnerRouterZeroReceiver",
    );
    await expect(router.setReceiver(NOBODY, op, bob)).to.be.revertedWithCustomError(router, "BurnerRouterNoNetwork");
    await expect(router.connect(ada).setReceiver(NOBODY, NOBODY, bob)).to.be.revertedWithCustomError(
      router,
      "OwnableUnauthorizedAccount",
    );
    const deployed = ethers.deployContract("BurnerRouter", [owner, token, DELAY, NOBODY]);
    await expect(deployed).to.be.revertedWithCustomError(router, "BurnerRouterZeroReceiver");
  });
});
