/** Id of the part that is the service of an AVS. */
export const servicePart = (avs: string): string => `service_${identifier(avs)}`;
/** Id of the part that judges a set. */
export const rulePart = (set: string): string => `rule_${identifier(set)}`;
export const strategyPart = (strategy: string): string => `strategy_${identifier(strategy)}`;
export const assetPart = (strategy: string): string => `asset_${identifier(strategy)}`;
export const arbiterPart = (set: string): string => `arbiter_${identifier(set)}`;

/** Ignition's ids take letters, digits and underscores. */
function identifier(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
