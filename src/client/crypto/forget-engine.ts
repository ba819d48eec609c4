import { clientEngine, closeEngine } from "./client-engine.ts";
import { deleteCryptoDatabases } from "./crypto-databases.ts";

/** Ends the engine and deletes what it kept: all that this browser could read of the account. */
export async function forgetEngine(userId: string | undefined): Promise<void> {
	const engine = await clientEngine()?.catch(() => undefined);
	if (engine !== undefined)
		await Promise.race([engine.call("forget", {}).catch(() => undefined), pause(forgetWithinMs)]);
	closeEngine();
	if (userId !== undefined) await deleteCryptoDatabases(userId);
}

/** An engine that does not answer must not keep anybody signed in. */
const forgetWithinMs = 3_000;

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
