import { useCallback, useState } from "react";
import { askEngine } from "../crypto/ask-engine.ts";
import { clientEngine } from "../crypto/client-engine.ts";
import type { RestoreProgress } from "../crypto/recovery-call.ts";

/** Brings the keys of the backup here, and says how far that is. It goes on in the engine when the page is left. */
export function useRestore() {
	const [state, setState] = useState<{ readonly progress: RestoreProgress | undefined; readonly isDone: boolean }>({
		progress: undefined,
		isDone: false,
	});
	const begin = useCallback(async (): Promise<void> => {
		const engine = await clientEngine();
		const stop = engine?.onNews((news) => {
			if (news.kind === "restore") setState({ progress: news.progress, isDone: false });
		});
		const outcome = await askEngine("restoreKeys", {}).catch(() => undefined);
		stop?.();
		setState(({ progress }) => ({ progress: outcome?.progress ?? progress, isDone: true }));
	}, []);
	return { state, begin };
}
