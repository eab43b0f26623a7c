/**
 * How likely independent trials succeed at least so many times: the upper tail
 * of the binomial distribution.
 *
 * @param options.probability - of the success of each, between 0 and 1 exclusively
 */
export function chanceOfAsMany(options: {
  trials: number;
  successes: number;
  probability: number;
}): number {
  const { trials, successes, probability } = options;
  let fewer = 0;
  // Of exactly so many successes; each follows from the one before.
  let exactly = (1 - probability) ** trials;
  for (let count = 0; count < successes; count++) {
    fewer += exactly;
    exactly *=
      ((trials - count) / (count + 1)) * (probability / (1 - probability));
  }
  return Math.max(0, 1 - fewer);
}
