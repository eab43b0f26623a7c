type Json = any;

/** JSON merge patch (RFC 7386): null removes, objects merge, the rest replaces. */
export function mergePatch(target: Json, patch: Json): Json {
  return merge(target, patch, (_current, next) => next);
}

/**
 * Strategic merge patch, as far as lists go that are merged by `name`
 * (containers, env, ports, volumes); other lists are replaced.
 */
export function strategicMergePatch(target: Json, patch: Json): Json {
  return merge(target, patch, mergeByName);
}

function merge(
  target: Json,
  patch: Json,
  mergeList: (current: Json[], next: Json[]) => Json[],
): Json {
  if (Array.isArray(patch)) {
    return Array.isArray(target) ? mergeList(target, patch) : patch;
  }
  if (typeof patch !== 'object' || patch === null) return patch;
  const base = isObject(target) ? target : {};
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(base[key], value, mergeList);
  }
  return result;
}

function mergeByName(current: Json[], next: Json[]): Json[] {
  if (![...current, ...next].every(item => isObject(item) && item.name)) {
    return next;
  }
  const merged = current.map(item => {
    const change = next.find(other => other.name === item.name);
    return change ? strategicMergePatch(item, change) : item;
  });
  const added = next.filter(
    item => !current.some(other => other.name === item.name),
  );
  return [...merged, ...added].filter(item => item.$patch !== 'delete');
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
