import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { beginChatRun } from "../../client/assistant/chat-runs.ts";
import { findMessages, inOrder } from "../../client/assistant/find-messages.ts";
import { heldMessages } from "../../client/assistant/gather-messages.ts";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import { meaningOf } from "../../client/meaning/read-meaning.ts";
import "../../shared/text/en/assistant.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { useConsent } from "./consent-view-model.ts";

/** A question about a chat: its messages are looked for here, and no more than those found are sent. */
export function useAsk(roomId: string, isBusy: boolean, consent: ReturnType<typeof useConsent>) {
	const [typed, setTyped] = useState("");
	const question = typed.trim();
	const ask = useMutation({
		mutationFn: async () => {
			const held = await heldMessages(roomId);
			const { messages: found, isFound } = await findMessages(
				question,
				held.messages,
				await meaningOf(question, roomId),
			);
			if (found.length === 0) return "nothing";
			const messages = inOrder(found);
			if (!(await consent.ask({ ...held, question, messages }))) return "cancelled";
			const search = { count: held.messages.length, since: held.messages[0]?.message.at ?? 0, isFound };
			const given = found.map(({ message }) => message);
			beginChatRun({ kind: "ask", roomId, language: ownLanguage(), question, messages: given }, messages, search);
			setTyped("");
			return "begun";
		},
	});
	const nothing = ask.data === "nothing" ? text("assistant.nothing") : undefined;
	return {
		question: typed,
		canAsk: question !== "" && !isBusy && !ask.isPending,
		problem: ask.isError ? failureText("internal") : nothing,
		onQuestion: setTyped,
		onAsk: () => ask.mutate(),
	};
}
