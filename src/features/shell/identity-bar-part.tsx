import { IdentityBarView } from "./identity-bar-view.tsx";
import { useIdentityBar } from "./identity-bar-view-model.ts";

/** On its own, so that it is fetched after what people came for. */
export function IdentityBarPart() {
	return <IdentityBarView {...useIdentityBar()} />;
}
