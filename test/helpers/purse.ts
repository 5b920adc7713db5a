import { demand } from "./model.ts";

/** Tokens in wallets, by token and owner: `dollar`, `gas`, and each collateral by the number of its branch. */
export class Purse {
  readonly balances = new Map<string, bigint>();
  supply = 0n;

  of(token: string, who: string): bigint {
    return this.balances.get(`${token}/${who}`) ?? 0n;
  }

  add(token: string, who: string, amount: bigint): void {
    this.balances.set(`${token}/${who}`, this.of(token, who) + amount);
  }

  mint(who: string, amount: bigint): void {
    this.supply += amount;
    this.add("dollar", who, amount);
  }

  take(who: string, amount: bigint): void {
    const held = this.of("dollar", who);
    demand(amount <= held, "ERC20InsufficientBalance", who, held, amount);
    this.add("dollar", who, -amount);
  }

  burn(who: string, amount: bigint): void {
    this.take(who, amount);
    this.supply -= amount;
  }
}
