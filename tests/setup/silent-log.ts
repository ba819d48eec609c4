import type { Log } from "../../src/shared/log.ts";

const ignore = (): void => undefined;

/** For parts under test whose log lines no test looks at. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
