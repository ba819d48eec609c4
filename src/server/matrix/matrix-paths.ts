/** The beginnings of the paths under which other servers ask; tools/build-app.mjs names the same. */
export const matrixPaths = ["/_matrix/", "/.well-known/matrix/server"] as const;
