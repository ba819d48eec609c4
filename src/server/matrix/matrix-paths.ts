/** The beginnings of the paths under which other servers ask; next.config.mjs names the same. */
export const matrixPaths = ["/_matrix/", "/.well-known/matrix/server"] as const;
