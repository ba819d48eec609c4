import { writingWish } from "../../client/assistant/writing-wishes.ts";
import { drafts } from "../../client/drafts/drafts.ts";
import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { WritingMenuView } from "./writing-menu-view.tsx";

/** The assistant's button in the composer. */
export function WritingMenuPart({ roomId }: { readonly roomId: string }) {
	const { isOffered } = useAssistant(roomId);
	const hasText = useObservable(drafts, (all) => (all.get(roomId)?.text ?? "").trim() !== "");
	return (
		isOffered && <WritingMenuView hasText={hasText} onChoose={(what) => writingWish.set(() => ({ roomId, what }))} />
	);
}
