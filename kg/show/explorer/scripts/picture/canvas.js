// The canvas, and what is known of the picture on it.

export const canvas = document.getElementById("canvas");
export const pen = canvas.getContext("2d");
export const picture = {
  width: 0, height: 0, asked: false, stale: true, moving: false, moved: false, grid: null, labels: null,
  settled: 0, flight: 0,
};
