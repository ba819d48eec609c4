import { AppError } from "../../../shared/app-error.ts";

const storageFull = new Set(["53100", "ENOSPC"]);
/** SQLSTATEs, errors of the connection, and what the typed client calls the same: P1001, P1002, P1008, P1017, P2024, P2028. */
const unreachable =
	/^(08|57P0|53300|40001|40P01|25006|XX001$)|^E(CONN|PIPE|TIMEDOUT|HOST)|^P(1001|1002|1008|1017|2024|2028)$/;

/**
 * What a failed database call means to a caller: `storage-full` (nothing was written), `unavailable` (it cannot be
 * reached or is going down; a retry under the same transaction id is safe), or the error itself, which is a defect.
 */
export const databaseError = (error: unknown): unknown => {
	if (error instanceof AppError || !(error instanceof Error)) return error;
	const code = codeOf(error);
	if (storageFull.has(code)) return new AppError("storage-full", { cause: error });
	if (
		unreachable.test(code) ||
		/Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
	) {
		return new AppError("unavailable", { cause: error, retryAfterMs: 1000 });
	}
	return error;
};

/** The same work, failing as `databaseError` says. */
export const withDatabaseErrors = async <T>(work: Promise<T>): Promise<T> => {
	try {
		return await work;
	} catch (error) {
		throw databaseError(error);
	}
};

/** The typed client wraps the database's own code. */
const codeOf = (error: Error): string => {
	const wrapped = path(error, "meta", "driverAdapterError", "cause", "originalCode");
	const code = wrapped ?? path(error, "code");
	return typeof code === "string" ? code : "";
};

const path = (value: unknown, ...names: readonly string[]): unknown =>
	names.reduce<unknown>(
		(inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
		value,
	);
