// Least and greatest: of lists too long for Math.min, which takes each number as an argument.

/** The least and the greatest of some numbers, however many there are. */
export function extremes(numbers) {
  return numbers.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [Infinity, -Infinity]);
}
