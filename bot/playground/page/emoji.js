// Signs people react with. Where the machine has no emoji font, the commonest are drawn, the others left to the browser.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = {
  "👍": [["#f6b93b", "M3 11h4v10H3zM8 11l4-8c2 0 3 1.4 2.6 3L14 9h5.500c1.5 0 2.3 1.3 2 2.600l-1.8 7.400c-.3 1.2-1.2 2-2.5 2H8z"]],
  "❤": [["#e0453a", "M12 21C5 15.5 2.5 12 2.5 8.5 2.5 5.5 4.8 3.5 7.3 3.500c2 0 3.7 1.1 4.7 3 1-1.9 2.7-3 4.7-3 2.5 0 4.8 2 4.8 5 0 3.5-2.5 7-9.5 12.500z"]],
  "🔥": [["#f0703a", "M12 2c1 4 6 6.5 6 12a6 6 0 0 1-12 0c0-3 1.5-4.5 2.5-6.5.5 1.5 1 2 2 2.500C11 7 10.5 5 12 2z"], ["#ffd166", "M12 12c.5 2 3 3 3 5.500a3 3 0 0 1-6 0c0-2 2-3 3-5.500z"]],
  "😢": [["#f8c94b", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"], ["#4a3a12", "M7.5 9h2v3h-2zM14.5 9h2v3h-2zM8 18c1.5-3 6.5-3 8 0h-1.600c-1.4-1.4-3.4-1.4-4.8 0z"], ["#4aa3df", "M7 13c1.2 2 2 2.8 2 4a2 2 0 0 1-4 0c0-1.2.8-2 2-4z"]],
};

const plain = (emoji) => emoji.replaceAll("\ufe0f", "");

let known; // whether this machine can show emoji, found out once

/** True when a thumb comes out different from the box that stands for an unknown character. */
function fontHasEmoji() {
  const look = (text) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = "20px sans-serif";
    pen.fillText(text, 0, 20);
    return pen.getImageData(0, 0, 24, 24).data.join();
  };
  // A private character no font has: where the thumb looks like it, both are the box.
  return look("👍") !== look("\u{10fffd}");
}

/** Whether `emoji` will be seen as a picture on this machine. */
export function canShow(emoji) {
  known ??= fontHasEmoji();
  return known || plain(emoji) in DRAWN;
}

/** A node that shows `emoji`. */
export function emojiNode(emoji) {
  known ??= fontHasEmoji();
  const shapes = known ? null : DRAWN[plain(emoji)];
  if (!shapes) return document.createTextNode(emoji);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "drawn-emoji");
  svg.setAttribute("aria-hidden", "true");
  for (const [colour, d] of shapes) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("fill", colour);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
