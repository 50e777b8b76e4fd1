/* How many papers are compared. */
export const LEAST = 2,
  MOST = 5;
