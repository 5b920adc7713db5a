import { clean } from "../format/text.ts";

/** Width of a terminal that everything fits into. */
export const WIDTH = 80;

/** Breaks a text into lines of at most `width` characters; words too long for a line are cut. */
export function wrap(text: string, width = WIDTH, indent = ""): string[] {
  const room = width - indent.length;
  const lines: string[] = [];
  let line = "";
  for (const word of clean(text)
    .split(/ +/)
    .flatMap((piece) => cut(piece, room))) {
    if (line === "") line = word;
    else if (length(line) + 1 + length(word) <= room) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((content) => (indent + content).trimEnd());
}

/** Breaks a path or a command where it must, after a slash if it can, and loses nothing. */
function cut(word: string, width: number): string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  return [characters.slice(0, width).join(""), ...cut(characters.slice(width).join(""), width)];
}

function length(text: string): number {
  return [...text].length;
}
