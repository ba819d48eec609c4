import { CatchUpView } from "./catch-up-view.tsx";
import { useCatchUp } from "./catch-up-view-model.ts";
import { ConsentDialogView } from "./consent-dialog-view.tsx";

interface CatchUpPartProps {
	readonly roomId: string;
	/** The message that the address names. */
	readonly eventId: string | undefined;
}

/** The assistant's pane with what it asks first. */
export function CatchUpPart({ roomId, eventId }: CatchUpPartProps) {
	const { dialog, ...catchUp } = useCatchUp(roomId, eventId);
	return <CatchUpView {...catchUp} dialog={dialog !== undefined && <ConsentDialogView {...dialog} />} />;
}
