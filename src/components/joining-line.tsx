import "../shared/text/en/joining.ts";
import { countText } from "../shared/text/figures.ts";
import { text } from "../shared/text/text.ts";
import type { WireJoinProgress } from "../shared/wire/room-calls.ts";

/** How far it has come, in words. */
function joiningText({ server, stage, done, total }: WireJoinProgress): string {
	if (stage === "asking") return text("joining.asking", { server });
	if (stage === "receiving" || total === undefined) {
		return text("joining.receiving", { server, done: countText(done) });
	}
	return text("joining.checking", { done: countText(done), total: countText(total) });
}

/** Coming into a room through another server: read out as it goes on. */
export function JoiningLine({ progress }: { readonly progress: WireJoinProgress | undefined }) {
	return (
		<p className="joining" role="status">
			{progress === undefined ? "" : joiningText(progress)}
		</p>
	);
}
