import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { ConsentDialogView } from "./consent-dialog-view.tsx";
import { useConsent } from "./consent-view-model.ts";
import { WritingMenuView } from "./writing-menu-view.tsx";
import { useWritingMenu } from "./writing-menu-view-model.ts";

interface WritingMenuPartProps {
	readonly roomId: string;
}

/** The assistant's button in the composer. */
export function WritingMenuPart({ roomId }: WritingMenuPartProps) {
	const { isOffered, host } = useAssistant(roomId);
	return isOffered && <Offered roomId={roomId} host={host} />;
}

function Offered({ roomId, host }: WritingMenuPartProps & { readonly host: string }) {
	const consent = useConsent(roomId, host);
	const menu = useWritingMenu(roomId, consent);
	return (
		<>
			<WritingMenuView {...menu} />
			{consent.dialog !== undefined && <ConsentDialogView {...consent.dialog} />}
		</>
	);
}
