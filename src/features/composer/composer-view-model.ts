import { useMutation } from "@tanstack/react-query";
import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { editMessage } from "../../client/rooms/message-changes.ts";
import { type Draft, drafts, setDraft } from "../../client/store/drafts.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
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
	const edit = useMutation({ mutationFn: (change: Change) => editMessage(roomId, change.eventId, change.body) });
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
		error: edit.error === null ? undefined : failureText(failureOf(edit.error).code),
		onBody: (next: string) => {
			edit.reset();
			setDraft(roomId, { ...draft, text: next });
		},
		onDropTarget: () => setDraft(roomId, { text: draft.target?.kind === "edit" ? "" : draft.text }),
		onSubmit: () => {
			if (userId === undefined) return;
			const { target } = draft;
			if (target?.kind === "edit") {
				edit.mutate({ eventId: target.event.eventId, body }, { onError: () => setDraft(roomId, draft) });
			} else {
				clientOutbox.add({ userId, roomId, body, replyTo: target?.event.eventId });
			}
			setDraft(roomId, emptyDraft);
		},
	};
}

interface Change {
	readonly eventId: string;
	readonly body: string;
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
