/** What a colour means in a picture. Categories are safe for colour-blind readers in their order. */
export type ColourName =
  | "ink"
  | "muted"
  | "grid"
  | "surface"
  | "loss"
  | "escape"
  | "window"
  | "blue"
  | "vermilion"
  | "green"
  | "purple"
  | "amber"
  | "sky"
  | "olive"
  | "grey";

/** One appearance: a colour for each meaning. */
export type Theme = Readonly<Record<ColourName, string>>;

/** On white: screens by day, print, PNG. Graphics reach 3:1 and text 7:1 against the surface. */
export const LIGHT: Theme = {
  ink: "#14202b",
  muted: "#4a5a68",
  grid: "#d5dce2",
  surface: "#ffffff",
  loss: "#c8450a",
  escape: "#007a5a",
  window: "#a87800",
  blue: "#0068a8",
  vermilion: "#c8450a",
  green: "#008a66",
  purple: "#a8508a",
  amber: "#a87800",
  sky: "#2e8fc7",
  olive: "#6b7a1f",
  grey: "#7b8792",
};

/** On near-black: dark rooms and dark mode. */
export const DARK: Theme = {
  ink: "#eef3f7",
  muted: "#aebbc6",
  grid: "#2f3b46",
  surface: "#10171e",
  loss: "#ff8a50",
  escape: "#3fd0a2",
  window: "#f0bf4c",
  blue: "#58aef2",
  vermilion: "#ff8a50",
  green: "#3fd0a2",
  purple: "#e79ac8",
  amber: "#f0bf4c",
  sky: "#9bd6ff",
  olive: "#c3d05a",
  grey: "#93a1ad",
};

/** Colours of categories, in order. */
export const CATEGORIES = ["blue", "amber", "green", "purple", "sky", "vermilion", "olive", "grey"] as const;

const NAMES = Object.keys(LIGHT).filter((name): name is ColourName => name in LIGHT);

/** Stands for a colour while a picture is drawn; {@link paint} puts the theme's in its place. */
export function colour(name: ColourName): string {
  return `#fa${NAMES.indexOf(name).toString(16).padStart(4, "0")}`;
}

/** Picks the colour of the nth category; the last repeats. */
export function category(place: number): string {
  return colour(CATEGORIES[Math.min(place, CATEGORIES.length - 1)] ?? "grey");
}

/** Replaces the stand-ins in an SVG's attributes. */
export function paint(svg: string, colourOf: (name: ColourName) => string): string {
  return svg.replace(/="#fa(00[0-9a-f]{2})"/g, (whole, digits: string) => {
    const name = NAMES[Number.parseInt(digits, 16)];
    return name === undefined ? whole : `="${colourOf(name)}"`;
  });
}

/** Writes a theme as CSS variables. */
export function toCssVariables(theme: Theme): string {
  return NAMES.map((name) => `--${name}:${theme[name]};`).join("");
}
