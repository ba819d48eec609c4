import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askIn, isAskedIn } from "../../client/assistant/consent-choice.ts";
import type { Gathered } from "../../client/assistant/gather-messages.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { type ConsentSnapshot, consentTo } from "./consent-snapshot.ts";

/** What is given where nobody's messages are. */
export const noMessages: Gathered = { messages: [], closedCount: 0, isWhole: true };

interface Question {
	readonly snapshot: ConsentSnapshot;
	readonly answer: (isSent: boolean) => void;
}

/** Asks before anything of a room goes to the assistant, unless the person said here that they need not be asked. */
export function useConsent(roomId: string, host: string) {
	const userId = useClientState(({ me }) => me?.userId);
	const client = useQueryClient();
	const queryKey = ["asked before the assistant", userId, roomId];
	const isAsked = useQuery({ queryKey, queryFn: () => isAskedIn(roomId), staleTime: 0 });
	const [question, setQuestion] = useState<Question | undefined>();
	const choose = async (isWanted: boolean): Promise<void> => {
		await askIn(roomId, isWanted);
		await client.invalidateQueries({ queryKey });
	};
	const close = (isSent: boolean): void => {
		question?.answer(isSent);
		setQuestion(undefined);
	};
	return {
		/** Whether what is shown may be sent. It never answers where the page is left before. */
		ask: async (given: Gathered): Promise<boolean> => {
			if (!(await isAskedIn(roomId))) return true;
			return new Promise((answer) => setQuestion({ snapshot: consentTo(given, host), answer }));
		},
		/** False: the person need not be asked. */
		isAsked: isAsked.data ?? true,
		onAskAgain: () => void choose(true),
		dialog: question && {
			consent: question.snapshot,
			onSend: (isAskedNext: boolean) => {
				if (!isAskedNext) void choose(false);
				close(true);
			},
			onClose: () => close(false),
		},
	};
}
