/** Arrays and texts of the source grow no longer than this; what would is unknown. */
export const MAX_ITEMS = 100_000;
