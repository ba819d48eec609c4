import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { ConsentDialogView } from "./consent-dialog-view.tsx";
import { useConsent } from "./consent-view-model.ts";
import { OfferView } from "./offer-view.tsx";
import { useOffer } from "./offer-view-model.ts";
import { RepliesView } from "./replies-view.tsx";
import { useReplies } from "./replies-view-model.ts";
import { WritingDialogsView } from "./writing-dialogs-view.tsx";
import { useWritingDialogs } from "./writing-dialogs-view-model.ts";

interface AboveComposerPartProps {
	readonly roomId: string;
}

/** What the assistant offers to whoever is about to write. */
export function AboveComposerPart({ roomId }: AboveComposerPartProps) {
	const { isOffered, host } = useAssistant(roomId);
	return isOffered && <Offered roomId={roomId} host={host} />;
}

function Offered({ roomId, host }: AboveComposerPartProps & { readonly host: string }) {
	const consent = useConsent(roomId, host);
	const replies = useReplies(roomId, consent);
	const offer = useOffer(roomId, consent);
	const writing = useWritingDialogs(roomId, consent);
	return (
		<>
			{offer !== undefined && <OfferView {...offer} host={host} />}
			{offer === undefined && replies !== undefined && <RepliesView {...replies} host={host} />}
			<WritingDialogsView {...writing} />
			{consent.dialog !== undefined && <ConsentDialogView {...consent.dialog} />}
		</>
	);
}
