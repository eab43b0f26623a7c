/** Mixes the bits of a number (the finalizer of MurmurHash3): equal for equal input, else unrelated. */
function scatter(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A whole number below 2^32 that is always the same for the same seed and numbers. */
export function mix(seed: number, a: number, b = 0): number {
  const first = scatter(Math.imul(seed ^ 0x9e3779b9, 0x85ebca77) ^ a);
  return scatter(Math.imul(first, 0xc2b2ae3d) ^ b);
}

/** Like {@link mix}, from 0 up to but without 1. */
export function share(seed: number, a: number, b = 0): number {
  return mix(seed, a, b) / 4_294_967_296;
}

/** Like {@link mix}, from `low` to `high`, both possible. */
export function between(
  [low, high]: readonly [number, number],
  seed: number,
  a: number,
  b = 0,
): number {
  return low + (mix(seed, a, b) % (high - low + 1));
}

/** Hexadecimal digits, eight for each of `words`. */
function hexOf(words: number, seed: number, a: number, b: number): string {
  let text = '';
  for (let word = 0; word < words; word++) {
    text += mix(seed + word * 0x3c6ef372, a, b)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

/** A uid (RFC 4122 layout, version 4) that is always the same for the same numbers. */
export function uidFrom(seed: number, a: number, b: number): string {
  const hex = hexOf(4, seed, a, b);
  const variant = '89ab'[mix(seed, a, b) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(
    13,
    16,
  )}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Characters as Kubernetes makes them for generated names; at most six for each number. */
export function lettersFrom(length: number, ...numbers: number[]): string {
  let text = '';
  for (const number of numbers) {
    let rest = number;
    for (let count = 0; count < 6 && text.length < length; count++) {
      text += ALPHABET[rest % ALPHABET.length];
      rest = Math.floor(rest / ALPHABET.length);
    }
  }
  return text;
}
