import { NetBarView } from "./net-bar-view.tsx";
import { useNetBar } from "./net-bar-view-model.ts";

/** On its own, so that nothing else is drawn again while its seconds count down. */
export function NetBarPart() {
	return <NetBarView {...useNetBar()} />;
}
