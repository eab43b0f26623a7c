/** A tag that names a version: numbers, and what follows them. */
interface TaggedImage {
  /** Name without registry and path: a mirror serves the same software. */
  name: string;
  numbers: number[];
  suffix: string;
}

/** Suffixes of versions that come before the one they name. */
const PRE_RELEASE = /^[-.]?(alpha|beta|rc|pre|preview|snapshot|dev|nightly)/i;

/** Calendar versions of up to six parts fit; a date or a build number alone is no version. */
const VERSION_TAG = /^v?(\d+(?:\.\d+){1,5})([-.+_].*|[a-z].*)?$/i;

function parseTaggedImage(image: string): TaggedImage | undefined {
  const [reference] = image.split('@');
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  const match = colon < 0 ? null : VERSION_TAG.exec(last.slice(colon + 1));
  return match
    ? {
        name: last.slice(0, colon),
        numbers: match[1].split('.').map(Number),
        suffix: match[2] ?? '',
      }
    : undefined;
}

function compareNumbers(a: number[], b: number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `image` is older than `other` for sure. */
function isOlder(image: TaggedImage, other: TaggedImage): boolean {
  if (image.name !== other.name || PRE_RELEASE.test(other.suffix)) {
    return false;
  }
  const difference = compareNumbers(image.numbers, other.numbers);
  if (PRE_RELEASE.test(image.suffix) && other.suffix === '') {
    return difference <= 0;
  }
  // `1.27-alpine` and `1.28` are built for different ends.
  return image.suffix === other.suffix && difference < 0;
}

/**
 * The image references that are older than another of the same name.
 *
 * @remarks
 * Compares versions in tags, as numbers part by part. A release candidate makes
 * no release older; it is older itself once its release is there. Tags that
 * name no version (`latest`, a commit) are never said to be older: that is not
 * known.
 *
 * @param images - such as `registry.example/shop/cart:4.18.2`
 *
 * @public
 */
export function olderImages(images: readonly string[]): Set<string> {
  const parsed = [...new Set(images)].flatMap(image => {
    const tagged = parseTaggedImage(image);
    return tagged ? [{ image, tagged }] : [];
  });
  return new Set(
    parsed
      .filter(({ tagged }) => parsed.some(o => isOlder(tagged, o.tagged)))
      .map(({ image }) => image),
  );
}
