import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { ConsentDialogView } from "./consent-dialog-view.tsx";
import { useConsent } from "./consent-view-model.ts";
import { TranslationView } from "./translation-view.tsx";
import { useTranslation } from "./translation-view-model.ts";

interface TranslationPartProps {
	readonly roomId: string;
	readonly eventId: string;
	readonly onClose: () => void;
}

/** A message in the language of its reader, over the page. */
export function TranslationPart(props: TranslationPartProps) {
	const { place } = useAssistant(props.roomId);
	const consent = useConsent(props.roomId, place);
	const translation = useTranslation({ ...props, consent });
	if (consent.dialog !== undefined) return <ConsentDialogView {...consent.dialog} />;
	return translation && <TranslationView {...translation} place={place} onClose={props.onClose} />;
}
