import { AppError } from "../../../shared/app-error.ts";

const storageFull = new Set(["53100", "ENOSPC"]);
const unreachable = /^(08|57P0|53300|40001|40P01|25006|XX001$)|^E(CONN|PIPE|TIMEDOUT|HOST)/;

/**
 * What a failed database call means to a caller: `storage-full` (nothing was written), `unavailable` (it cannot be
 * reached or is going down; a retry under the same transaction id is safe), or the error itself, which is a defect.
 */
export const databaseError = (error: unknown): unknown => {
	if (error instanceof AppError || !(error instanceof Error)) return error;
	const code = "code" in error && typeof error.code === "string" ? error.code : "";
	if (storageFull.has(code)) return new AppError("storage-full", { cause: error });
	if (
		unreachable.test(code) ||
		/Connection terminated|timeout exceeded when trying to connect|not queryable/.test(error.message)
	) {
		return new AppError("unavailable", { cause: error, retryAfterMs: 1000 });
	}
	return error;
};
