import { useAssistant } from "../../client/hooks/use-assistant.ts";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
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
	const { isOffered, place } = useAssistant(roomId);
	return isOffered && <Offered roomId={roomId} place={place} />;
}

function Offered({ roomId, place }: AboveComposerPartProps & { readonly place: AiPlace }) {
	const consent = useConsent(roomId, place);
	const replies = useReplies(roomId, consent);
	const offer = useOffer(roomId, consent);
	const writing = useWritingDialogs(roomId, consent);
	return (
		<>
			{offer !== undefined && <OfferView {...offer} host={place.name} />}
			{offer === undefined && replies !== undefined && <RepliesView {...replies} host={place.name} />}
			<WritingDialogsView {...writing} />
			{consent.dialog !== undefined && <ConsentDialogView {...consent.dialog} />}
		</>
	);
}
