import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { isChange, type OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import { dismissChange, editMessage } from "../../client/rooms/message-changes.ts";
import { type Draft, drafts, setDraft } from "../../client/store/drafts.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import type { ComposerTarget } from "./composer-view.tsx";

/** The longest text that a message may hold, in UTF-16 units: the limit of the server's schema. */
const longest = 20_000;
const emptyDraft: Draft = { text: "" };

/** What is written in a room: a new message, an answer, or a change of an own message. */
export function useComposer(roomId: string, members: readonly WireMember[] | undefined) {
	const draft = useObservable(drafts, (all) => all.get(roomId)) ?? emptyDraft;
	const userId = useClientState((state) => state.me?.userId);
	const room = useRoom(roomId);
	const refused = useObservable(clientOutbox.items, (items) => items.find((entry) => isRefusedChange(entry, roomId)));
	const body = draft.text.trim();
	const isTooLong = draft.text.length > longest;
	const nameOf = (id: string) =>
		id === userId
			? text("common.you")
			: (room?.names.get(id) ?? members?.find((one) => one.userId === id)?.displayName ?? localpartOf(id));
	return {
		body: draft.text,
		target: targetOf(draft, nameOf),
		canSubmit: body !== "" && !isTooLong && userId !== undefined,
		isTooLong,
		refusal: refused && refusalOf(refused),
		onDismissRefusal: () => refused && dismissChange(refused.transactionId),
		onBody: (next: string) => setDraft(roomId, { ...draft, text: next }),
		onDropTarget: () => setDraft(roomId, { text: draft.target?.kind === "edit" ? "" : draft.text }),
		onSubmit: () => {
			if (userId === undefined) return;
			const { target } = draft;
			if (target?.kind === "edit") {
				editMessage(roomId, target.event.eventId, body);
			} else {
				clientOutbox.add({ userId, roomId, body, replyTo: target?.event.eventId });
			}
			setDraft(roomId, emptyDraft);
		},
	};
}

function isRefusedChange(entry: OutboxEntry, roomId: string): boolean {
	return isChange(entry) && entry.roomId === roomId && entry.state.kind === "failed";
}

/** What was taken back, and why, in words. */
function refusalOf(entry: OutboxEntry): string | undefined {
	if (!isChange(entry) || entry.state.kind !== "failed") return undefined;
	const { code } = entry.state;
	const reason = failureText(isAppErrorCode(code) ? code : "internal");
	return `${text(`change.${entry.change.kind}`)} ${reason}`;
}

function targetOf({ target }: Draft, nameOf: (userId: string) => string): ComposerTarget | undefined {
	if (target === undefined) return undefined;
	const { kind, event } = target;
	return {
		kind,
		eventId: event.eventId,
		senderId: event.sender,
		senderName: nameOf(event.sender),
		text: bodyOf(event) ?? text("message.deleted"),
	};
}
