/** Shorter beginnings say nothing. */
const SHORTEST = 2;

/** What names of layers begin with, `conv3` of `conv3_1_bn` and `conv3_4_2`; else the first and the last name. */
export const titleOf = (names: readonly string[]): string => {
  const [first = ''] = names;
  const last = names[names.length - 1] ?? first;
  let common = first;
  for (const name of names) while (!name.startsWith(common)) common = common.slice(0, -1);
  // `conv1` is not what conv10 and conv11 have in common.
  if (names.some((name) => /\d$/.test(common) && /^\d/.test(name.slice(common.length)))) common = common.replace(/\d+$/, '');
  common = common.replace(/[^\p{L}\p{N}]+$/u, '');
  if (common.length >= SHORTEST && /\p{L}/u.test(common)) return common;
  return first === last ? first : `${first} … ${last}`;
};
