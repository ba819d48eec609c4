import { askEngine } from "../crypto/ask-engine.ts";
import { clientEngine } from "../crypto/client-engine.ts";

/** The device that let this one in hands the backup's key over within moments; without one nobody waits for ever. */
const longestMs = 20_000;

/** Ends once the backup can be read here, or is not to be. */
export async function whenBackupOpen(): Promise<void> {
	const engine = await clientEngine();
	if (engine === undefined) return;
	await new Promise<void>((resolve) => {
		const end = (): void => {
			stop();
			clearTimeout(timer);
			resolve();
		};
		const stop = engine.onNews((news) => {
			if (news.kind === "backup" && news.state.kind === "on") end();
		});
		const timer = setTimeout(end, longestMs);
		askEngine("recoveryStatus", {}).then(
			({ backup }) => {
				if (backup.kind === "on") end();
			},
			() => undefined,
		);
	});
}
