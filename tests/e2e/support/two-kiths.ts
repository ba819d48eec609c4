import type { KithHomeserver } from "../../interop/kith/kith-homeserver.ts";
import { startTwoKiths } from "../../interop/start-two-kiths.ts";
import { buildWhenStale } from "./build-when-stale.ts";
import { test } from "./kith-test.ts";

/** Two servers that know nothing of each other: one whose people open browsers, and another. */
export interface FarAndNear extends AsyncDisposable {
	readonly far: KithHomeserver;
	readonly near: KithHomeserver;
}

/** Starts them within the test's time, which has to be enough for two servers and what has to be built first. */
export async function startFarAndNear(): Promise<FarAndNear> {
	test.setTimeout(240_000);
	await buildWhenStale();
	const pair = await startTwoKiths("12");
	return { far: pair.first, near: pair.second, [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose]() };
}
